import type { IHttpRequestOptions, INode } from 'n8n-workflow';
import { baseAdditionalData } from './additionalData';
import type { CredentialStore } from './credentialStore';
import { bareExecuteData, core, n8nWorkflow } from './engine';
import { noOperation, singleNodeType } from './nodeTypes';
import { type LoadedPackage, loadPackage } from './package';

/** The helpers with which n8n's nodes send authenticated requests. */
export type AuthenticatedHelper = 'httpRequestWithAuthentication' | 'requestWithAuthentication';

/**
 * Calls a URL as n8n's HTTP Request node does that has the credential's type as its "predefined
 * credential type": in an ExecuteContext of that node, which n8n-core grants every credential.
 * The node's own handling of options and domains is not part of it.
 * @param requestOptions `uri` and friends for the legacy `requestWithAuthentication`
 * @throws NodeApiError as the helper does
 */
export async function callWithCredential(
	store: CredentialStore,
	id: string,
	requestOptions: IHttpRequestOptions | Record<string, unknown>,
	helper: AuthenticatedHelper = 'httpRequestWithAuthentication',
	pkg?: LoadedPackage,
): Promise<unknown> {
	const loaded = pkg ?? (await loadPackage());
	const { type, name } = store.find(id);
	const node: INode = {
		id: 'call',
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [0, 0],
		parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: type },
		credentials: { [type]: { id, name } },
	};
	const workflow = new n8nWorkflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: singleNodeType(noOperation()),
	});
	const input = [{ json: {} }];
	const context = new core.ExecuteContext(
		workflow,
		node,
		baseAdditionalData(loaded, store),
		'manual',
		n8nWorkflow.createEmptyRunExecutionData(),
		0,
		input,
		{ main: [input] },
		bareExecuteData(node),
		[],
	);
	await workflow.expression.acquireIsolate();
	try {
		return (await context.helpers[helper].call(
			context,
			type,
			requestOptions as IHttpRequestOptions,
		)) as unknown;
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
