import type {
	IConnections,
	IDataObject,
	INode,
	INodeParameters,
	IWorkflowBase,
	IWorkflowSettings,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore';
import type { LoadedPackage } from './package';

/** A workflow as n8n exports it; only these fields are read. */
export interface WorkflowJson {
	name?: string;
	nodes: Array<Omit<INode, 'id'> & { id?: string }>;
	connections: IConnections;
	settings?: IWorkflowSettings;
	staticData?: IDataObject;
}

/** One node of the package, as the editor would put it on the canvas. */
export interface NodeOptions {
	/** Full (`package.name`, `CUSTOM.name`) or short name. */
	type: string;
	/** The version to use; by default the latest. */
	typeVersion?: number;
	/** Only what differs from the defaults, as the editor stores it. */
	parameters?: INodeParameters;
	/** The credential to use; by default the first stored one that the node accepts. */
	credentialId?: string;
	/** Settings tab: onError, continueOnFail, retryOnFail, maxTries, executeOnce … */
	nodeSettings?: Partial<INode>;
}

/** Adds to an export what n8n's database has. */
export function asWorkflow(json: WorkflowJson): IWorkflowBase {
	const now = new Date();
	return {
		id: 'workflow',
		name: json.name ?? 'Workflow',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: now,
		updatedAt: now,
		nodes: json.nodes.map((node, index) => ({ ...node, id: node.id ?? `node${index}` })),
		connections: json.connections,
		// New workflows of n8n have this order; without it they would run in the one of 2022.
		settings: { executionOrder: 'v1', ...json.settings },
		staticData: json.staticData,
	};
}

/**
 * Sets a credential on every node of the package that accepts its type, as a user does after
 * importing a workflow.
 */
export function withCredential(
	workflow: IWorkflowBase,
	pkg: LoadedPackage,
	store: CredentialStore,
	credentialId: string,
): IWorkflowBase {
	const { type, id, name } = store.find(credentialId);
	const supported = pkg.supportedNodes(type);
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			supported.includes(node.type)
				? { ...node, credentials: { ...node.credentials, [type]: { id, name } } }
				: node,
		),
	};
}

/**
 * Builds the node.
 * @throws if the package has no node of that type
 */
export function buildNode(
	options: NodeOptions,
	name: string,
	pkg: LoadedPackage,
	store: CredentialStore,
): INode {
	const type = pkg.fullType(options.type);
	const nodeType = pkg.node(type);
	if (!nodeType)
		throw new Error(`${pkg.name} has no node "${type}"; it has ${pkg.nodeNames.join()}`);

	const isVersioned = 'nodeVersions' in nodeType;
	const versions = isVersioned ? nodeType.currentVersion : nodeType.description.version;
	const typeVersion = options.typeVersion ?? [versions].flat().at(-1) ?? 1;
	const { description } = isVersioned ? nodeType.getNodeType(typeVersion) : nodeType;

	const chosen = options.credentialId === undefined ? undefined : store.find(options.credentialId);
	const credentials: NonNullable<INode['credentials']> = {};
	for (const accepted of description.credentials ?? []) {
		const credential = chosen ?? store.firstOfType(accepted.name);
		if (credential?.type === accepted.name) {
			credentials[accepted.name] = { id: credential.id, name: credential.name };
		}
	}
	return {
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: options.parameters ?? {},
		...(Object.keys(credentials).length > 0 && { credentials }),
		...options.nodeSettings,
	};
}
