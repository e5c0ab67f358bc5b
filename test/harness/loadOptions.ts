import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { baseAdditionalData } from './additionalData';
import type { CredentialStore } from './credentialStore';
import { core, n8nWorkflow } from './engine';
import { createNodeTypes } from './nodeTypes';
import { type LoadedPackage, loadPackage } from './package';
import { asWorkflow, buildNode, type NodeOptions } from './workflow';

/** A method of a node's `methods.listSearch`. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

export interface SearchOptions extends NodeOptions {
	credentials: CredentialStore;
	pkg?: LoadedPackage;
	/** The name of the node's method, or the function itself. */
	search: string | ListSearch;
	/** The parameter to fill, as n8n's editor names it. */
	path?: string;
	/** The text in the search box. */
	filter?: string;
	/** The token of the previous page. */
	paginationToken?: string;
}

/** The node that n8n makes up for such a request (n8n, `dynamic-node-parameters.service.js`). */
const TEMPORARY_NODE = 'Temp-Node';

/**
 * Fills the list of a resource locator once, in n8n-core's LoadOptionsContext, as n8n does for its
 * editor (n8n, `dynamic-node-parameters.service.js`).
 * @returns the rows and the token as they are sent to the editor
 * @throws what the method throws, and Error if the node has no such method
 */
export async function searchList(options: SearchOptions): Promise<INodeListSearchResult> {
	const { credentials: store, search, path = '', filter, paginationToken } = options;
	const pkg = options.pkg ?? (await loadPackage());
	const built = buildNode(options, TEMPORARY_NODE, pkg, store);
	const workflow = new n8nWorkflow.Workflow({
		...asWorkflow({ nodes: [built], connections: {} }),
		nodeTypes: createNodeTypes(pkg),
	});
	const node = workflow.getNode(built.name);
	if (!node) throw new Error('The node is not in its workflow');
	const { methods } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const method = typeof search === 'string' ? methods?.listSearch?.[search] : search;
	if (!method) throw new Error(`"${node.type}" has no such list`);

	const additionalData: IWorkflowExecuteAdditionalData = {
		...baseAdditionalData(pkg, store),
		currentNodeParameters: node.parameters,
	};
	const context = new core.LoadOptionsContext(workflow, node, additionalData, path);
	// n8n 1.x has none.
	const expression: Partial<typeof workflow.expression> = workflow.expression;
	await expression.acquireIsolate?.();
	try {
		const result = await method.call(context, filter, paginationToken);
		return JSON.parse(JSON.stringify(result)) as INodeListSearchResult;
	} finally {
		await expression.releaseIsolate?.();
	}
}
