import type { INode, INodeExecutionData, INodeParameters, IVersionedNodeType } from 'n8n-workflow';
import { CREDENTIAL } from '../../harness/tenant';
import type { Target } from '../work';
import {
	idsIn,
	inputItems,
	QUERY_PATH,
	checksOnly,
	type Contender,
	type PageBody,
} from './contender';
import { packageWith, requireInstalled, runOnEngine, storeCredential } from './engine';

const MODULE = 'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js';
const TYPE = 'n8n-nodes-base.httpRequest';
const VERSION = 4.2;

/** "Update a Parameter in Each Request", as n8n's documentation shows it for a page token. */
const PAGINATION = {
	pagination: {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: {
			parameters: [
				{ type: 'qs', name: 'page_token', value: '={{ $response.body.data.page_token }}' },
			],
		},
		paginationCompleteWhen: 'other',
		completeExpression: '={{ !$response.body.data.has_more }}',
	},
};

function parametersOf(
	work: ReturnType<typeof checksOnly>,
	{ url }: Target,
	timeout?: number,
): INodeParameters {
	const query = [{ name: 'page_size', value: '20' }];
	if (work.kind === 'applications') {
		query.push({ name: 'external_application_id', value: '={{ $json.value }}' });
	}
	return {
		method: 'POST',
		url: url + QUERY_PATH,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: CREDENTIAL,
		sendQuery: true,
		queryParameters: { parameters: query },
		sendBody: true,
		specifyBody: 'json',
		jsonBody:
			work.kind === 'ids'
				? '={{ JSON.stringify({ external_background_check_id_list: [$json.value].flat() }) }}'
				: '{}',
		options: {
			...(timeout !== undefined && { timeout }),
			// The API allows 10 requests a second.
			batching: { batch: { batchSize: 10, batchInterval: 1000 } },
			...(work.kind !== 'ids' && { pagination: PAGINATION }),
		},
	};
}

/** What n8n's HTTP Request node is run with. */
interface HttpRequestRun {
	parameters: INodeParameters;
	items: INodeExecutionData[];
	nodeSettings?: Partial<INode>;
}

/** n8n's HTTP Request node with a stored credential of this package; each call is an execution. */
export async function openHttpRequest(target: Target, stop?: AbortSignal) {
	const { HttpRequest } = requireInstalled(MODULE) as { HttpRequest: new () => IVersionedNodeType };
	const pkg = await packageWith(TYPE, new HttpRequest());
	const { credentials, stored } = storeCredential(target);
	const credential = { [CREDENTIAL]: { id: stored.id, name: stored.name } };
	return async ({ nodeSettings, ...run }: HttpRequestRun) =>
		await runOnEngine(
			{
				...run,
				pkg,
				credentials,
				type: TYPE,
				typeVersion: VERSION,
				nodeSettings: { ...nodeSettings, credentials: credential },
			},
			stop,
		);
}

/** n8n's HTTP Request node with its own paging and batching, and this package's credential. */
export const httpRequestNode: Contender = async (target, asked, { timeoutMs, stop }) => {
	const work = checksOnly(asked);
	const httpRequest = await openHttpRequest(target, stop);
	return async () => {
		const { items, errors } = await httpRequest({
			parameters: parametersOf(work, target, timeoutMs),
			items: inputItems(work),
			// With many items a refused request is to cost its own rows, not all of them.
			nodeSettings: work.kind === 'all' ? {} : { onError: 'continueRegularOutput' },
		});
		const failed = items.flatMap(
			({ json }) => (json.error as { message?: string } | undefined)?.message ?? [],
		);
		return {
			ids: () => idsIn(items.map(({ json }) => json as PageBody)),
			errors: [...errors, ...failed],
		};
	};
};
