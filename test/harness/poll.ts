import type { IDataObject, INodeExecutionData, IWorkflowSettings } from 'n8n-workflow';
import { executionAdditionalData } from './additionalData';
import { useBinaryMode } from './binary';
import type { CredentialStore } from './credentialStore';
import { core, n8nWorkflow } from './engine';
import { createNodeTypes } from './nodeTypes';
import { type LoadedPackage, loadPackage } from './package';
import { asWorkflow, buildNode, type NodeOptions } from './workflow';

export interface PollOptions extends NodeOptions {
	credentials: CredentialStore;
	pkg?: LoadedPackage;
	/** The node's static data. A poll changes it, even if it throws (n8n then keeps it in memory). */
	staticData?: IDataObject;
	/** Distinguishes workflows that poll at the same time. */
	workflowId?: string;
	/** How long n8n says that the poll may take; by default n8n's own. null: n8n says nothing, as in 1.x. */
	budgetMs?: number | null;
	/** The workflow's settings, such as its time zone. */
	settings?: IWorkflowSettings;
}

/** A polling trigger in a workflow, as n8n holds it from one activation to the next. */
export interface ActivePoll {
	/**
	 * Polls once. All polls of an activation share one context and one object of static data.
	 * @returns the items of the first output; null if there are none
	 * @throws what the poll throws
	 */
	run: () => Promise<INodeExecutionData[] | null>;
	/** A copy of the node's static data. */
	staticData: () => IDataObject;
	/** Whether n8n has anything to write to its database (n8n `workflow-static-data.service.js`). */
	hasChanged: () => boolean;
}

/** Puts a polling trigger into n8n-core's PollContext. @throws if the node does not poll */
export async function activatePoll(options: PollOptions): Promise<ActivePoll> {
	const { credentials: store, staticData = {} } = options;
	const mode = 'trigger';
	const pkg = options.pkg ?? (await loadPackage());
	await useBinaryMode('default');

	const built = buildNode(options, 'Trigger', pkg, store);
	const json = asWorkflow({
		nodes: [built],
		connections: {},
		settings: options.settings,
		staticData: { [`node:${built.name}`]: structuredClone(staticData) },
	});
	if (options.workflowId) json.id = options.workflowId;
	const workflow = new n8nWorkflow.Workflow({ ...json, nodeTypes: createNodeTypes(pkg) });
	const node = workflow.nodes[built.name];
	if (!node) throw new Error('The workflow has lost its node');
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (!type.poll) throw new Error(`Node type "${node.type}" does not poll`);

	const additionalData = executionAdditionalData(pkg, store, mode, json);
	const context = new core.PollContext(workflow, node, additionalData, mode, 'activate');
	const { budgetMs } = options;
	if (budgetMs !== undefined) {
		Object.assign(context, { getPollBudgetMs: budgetMs === null ? undefined : () => budgetMs });
	}
	return {
		staticData: () => n8nWorkflow.deepCopy(workflow.getStaticData('node', node)),
		hasChanged: () => workflow.staticData.__dataChanged === true,
		run: async () => {
			await workflow.expression.acquireIsolate();
			try {
				const outputs = await type.poll?.call(context);
				return outputs?.[0] ?? null;
			} finally {
				await workflow.expression.releaseIsolate();
			}
		},
	};
}

/**
 * Lets a polling trigger poll once, in n8n-core's PollContext.
 * @returns the items of its first output; null if it found nothing
 * @throws what the poll throws, and Error if the node does not poll
 */
export async function pollNode(
	options: PollOptions,
): Promise<{ items: INodeExecutionData[] | null }> {
	const { staticData = {} } = options;
	const active = await activatePoll(options);
	try {
		return { items: await active.run() };
	} finally {
		for (const key of Object.keys(staticData)) delete staticData[key];
		Object.assign(staticData, active.staticData());
	}
}
