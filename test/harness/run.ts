import type {
	INodeExecutionData,
	INodeType,
	IRun,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { executionAdditionalData } from './additionalData';
import { type BinaryMode, useBinaryMode } from './binary';
import type { CredentialStore } from './credentialStore';
import { core, n8nWorkflow, startExecution } from './engine';
import { createNodeTypes, MANUAL_TRIGGER } from './nodeTypes';
import { type LoadedPackage, loadPackage } from './package';
import { RunResult } from './result';
import {
	asWorkflow,
	buildNode,
	type NodeOptions,
	withCredential,
	type WorkflowJson,
} from './workflow';

/** Options of every run. */
interface CommonOptions {
	credentials: CredentialStore;
	/** The package to take nodes from; by default the repository's. */
	pkg?: LoadedPackage;
	/** By default `manual`, like the editor's button. */
	mode?: WorkflowExecuteMode;
	/** Where files are kept; by default in memory. */
	binaryMode?: BinaryMode;
	/** Called once the execution has started. */
	onStart?: (controls: { cancel: () => void }) => void;
}

export interface RunOptions extends CommonOptions {
	workflow: WorkflowJson;
	/** A credential for all nodes that accept its type; if absent, they keep what the workflow names. */
	credentialId?: string;
	/** What the trigger emits; by default one empty item. */
	startItems?: INodeExecutionData[];
	/** Node types besides the package's, by their full names. */
	otherNodes?: Record<string, INodeType>;
}

export interface RunNodeOptions extends CommonOptions, NodeOptions {
	/** The node's input; by default one empty item. */
	items?: INodeExecutionData[];
	workflowSettings?: IWorkflowSettings;
}

/** Names of the nodes in a workflow made by `runNode`. */
export const START_NODE = 'Start';
export const TESTED_NODE = 'Node';

/**
 * Executes a workflow from its trigger with n8n-core's `WorkflowExecute`, as
 * n8n/dist/workflow-runner.js does.
 * @returns the result, even of a failed or cancelled execution, once its last node has returned
 * @throws what keeps the engine from starting: an unknown node type, no start node, and
 * WorkflowHasIssuesError if a required parameter is missing
 */
export async function runWorkflow(options: RunOptions): Promise<RunResult> {
	const { credentials: store, mode = 'manual', startItems = [{ json: {} }] } = options;
	const pkg = options.pkg ?? (await loadPackage());
	await useBinaryMode(options.binaryMode ?? 'default');

	// A copy, because the engine writes into items, and n8n also reads each workflow anew.
	const imported = asWorkflow(structuredClone(options.workflow));
	const json =
		options.credentialId === undefined
			? imported
			: withCredential(imported, pkg, store, options.credentialId);
	const input = structuredClone(startItems);
	const workflow = new n8nWorkflow.Workflow({
		...json,
		nodeTypes: createNodeTypes(pkg, input, options.otherNodes),
	});
	const startNode = workflow.getStartNode();
	if (!startNode) throw new Error('No node to start the workflow from could be found');

	const additionalData = executionAdditionalData(pkg, store, mode, json);
	// n8n stores the execution when this hook first fires: after a cancel at once, with that status,
	// whatever the running node makes of it.
	let stored: IRun | undefined;
	additionalData.hooks?.addHandler('workflowExecuteAfter', (run) => {
		stored ??= run;
	});
	const execution = startExecution(
		new core.WorkflowExecute(additionalData, mode),
		workflow,
		startNode,
		input,
	);
	options.onStart?.({ cancel: () => execution.cancel() });
	const run = await execution;
	return new RunResult(stored ?? run, json);
}

/**
 * Executes one node of the package behind a Manual Trigger; its name is `TESTED_NODE`.
 * @returns as `runWorkflow`; `output()` without a name is the node's, if it ran
 * @throws as `runWorkflow`
 */
export async function runNode(options: RunNodeOptions): Promise<RunResult> {
	const pkg = options.pkg ?? (await loadPackage());
	const main = n8nWorkflow.NodeConnectionTypes.Main;
	return await runWorkflow({
		credentials: options.credentials,
		pkg,
		mode: options.mode,
		binaryMode: options.binaryMode,
		onStart: options.onStart,
		startItems: options.items,
		workflow: {
			nodes: [
				{
					name: START_NODE,
					type: MANUAL_TRIGGER,
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				buildNode(options, TESTED_NODE, pkg, options.credentials),
			],
			connections: { [START_NODE]: { main: [[{ node: TESTED_NODE, type: main, index: 0 }]] } },
			settings: options.workflowSettings,
		},
	});
}
