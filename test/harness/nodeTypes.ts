import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { n8nWorkflow } from './engine';
import type { LoadedPackage } from './package';

/** n8n-nodes-base is too large to install for this; these stand in for the few nodes we need. */
export const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
export const NO_OPERATION = 'n8n-nodes-base.noOp';
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

type Description = Pick<INodeTypeDescription, 'name' | 'displayName' | 'group'> &
	Partial<INodeTypeDescription>;

/** A node's description, with what n8n always requires. */
export function describe(description: Description): INodeTypeDescription {
	return {
		version: 1,
		description: description.displayName,
		defaults: { name: description.displayName },
		inputs: [],
		outputs: [],
		properties: [],
		...description,
	};
}

function manualTrigger(startItems: INodeExecutionData[]): INodeType {
	return {
		description: describe({
			name: 'manualTrigger',
			displayName: 'Manual Trigger',
			group: ['trigger'],
			outputs: [n8nWorkflow.NodeConnectionTypes.Main],
		}),
		trigger() {
			const manualTriggerFunction = () => Promise.resolve(this.emit([startItems]));
			return Promise.resolve({ manualTriggerFunction });
		},
	};
}

/** n8n's "No Operation", the node that sends the request of its credential test. */
export function noOperation(): INodeType {
	return {
		description: describe({
			name: 'noOp',
			displayName: 'No Operation, do nothing',
			group: ['organization'],
			inputs: [n8nWorkflow.NodeConnectionTypes.Main],
			outputs: [n8nWorkflow.NodeConnectionTypes.Main],
		}),
		execute() {
			return Promise.resolve([this.getInputData()]);
		},
	};
}

function stickyNote(): INodeType {
	const node = noOperation();
	node.description = describe({
		name: 'stickyNote',
		displayName: 'Sticky Note',
		group: ['input'],
	});
	return node;
}

/**
 * The node types of one run: the package's, and the stand-ins for n8n's own. Imitates
 * n8n/dist/node-types.js.
 * @param startItems what the Manual Trigger emits
 * @param others more node types, by their full names
 * @returns node types whose look-ups throw "Unrecognized node type" as n8n's do
 */
export function createNodeTypes(
	pkg: LoadedPackage,
	startItems: INodeExecutionData[] = [{ json: {} }],
	others: Record<string, INodeType> = {},
): INodeTypes {
	const builtIn: Record<string, INodeType> = {
		...others,
		[MANUAL_TRIGGER]: manualTrigger(startItems),
		[NO_OPERATION]: noOperation(),
		[STICKY_NOTE]: stickyNote(),
	};
	const getByName = (type: string): INodeType | IVersionedNodeType => {
		const node = builtIn[type] ?? pkg.node(type);
		if (!node) throw new n8nWorkflow.UserError(`Unrecognized node type: ${type}`);
		return node;
	};
	return {
		getByName,
		getByNameAndVersion: (type, version) =>
			n8nWorkflow.NodeHelpers.getVersionedNodeType(getByName(type), version),
		getKnownTypes: () => ({}),
	};
}

/**
 * Node types with a single description. n8n resolves expressions and tests credentials with such
 * (n8n/dist/credentials/mock-node-types.js).
 */
export function singleNodeType(nodeType: INodeType): INodeTypes {
	return {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
}
