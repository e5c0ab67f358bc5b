import type {
	INode,
	INodeExecutionData,
	INodeParameters,
	IPairedItemData,
	IVersionedNodeType,
} from 'n8n-workflow';
import { CREDENTIAL } from '../../harness/tenant';
import { DATE_MS, RESULT, type Work } from '../work';
import {
	inputItems,
	PATHS,
	type Contender,
	type Page,
	type Settings,
	type Target,
} from './contender';
import { packageWith, requireInstalled, runOnEngine, storeCredential } from './engine';

const MODULE = 'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js';
const TYPE = 'n8n-nodes-base.httpRequest';
const VERSION = 4.2;

/** "Update a Parameter in Each Request", as n8n's documentation shows it for a page token. */
const PAGINATION = {
	paginationMode: 'updateAParameterInEachRequest',
	parameters: {
		parameters: [
			{ type: 'qs', name: 'page_token', value: '={{ $response.body.data.page_token }}' },
		],
	},
	paginationCompleteWhen: 'other',
	completeExpression: '={{ !$response.body.data.has_more }}',
};

/** The body as on Feishu's page "创建外部背调", without the optional `external_id`. */
const CREATED = {
	external_application_id: '{{ $json.applicationId }}',
	name: '{{ $json.name }}',
	result: RESULT,
	date: DATE_MS,
};

const IDS = '={{ JSON.stringify({ external_background_check_id_list: [$json.value] }) }}';

/** The parameters of the node. @throws Error for work that needs several such nodes */
function parametersOf(
	{ kind }: Work,
	{ url }: Target,
	{ timeoutMs }: Settings,
	batchSize: number,
): INodeParameters {
	if (kind === 'candidates') throw new Error('One HTTP Request node cannot do this');
	const query = [{ name: 'page_size', value: '20' }];
	if (kind === 'applications') {
		query.push({ name: 'external_application_id', value: '={{ $json.value }}' });
	}
	const isCreating = kind === 'create';
	return {
		method: 'POST',
		url: url + (isCreating ? PATHS.create : PATHS.query),
		authentication: 'predefinedCredentialType',
		nodeCredentialType: CREDENTIAL,
		...(!isCreating && { sendQuery: true, queryParameters: { parameters: query } }),
		sendBody: true,
		specifyBody: 'json',
		jsonBody: isCreating ? `=${JSON.stringify(CREATED)}` : kind === 'ids' ? IDS : '{}',
		options: {
			...(timeoutMs !== undefined && { timeout: timeoutMs }),
			batching: { batch: { batchSize, batchInterval: 1000 } },
			...((kind === 'applications' || kind === 'all') && {
				pagination: { pagination: PAGINATION },
			}),
		},
	};
}

/**
 * The node's settings. With many items, a refused query should cost only its own rows. Creations
 * are retried, with n8n's default number of tries and wait between them.
 */
function nodeSettings({ kind }: Work): Partial<INode> {
	if (kind === 'create') return { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
	return kind === 'all' ? {} : { onError: 'continueRegularOutput' };
}

/** n8n's HTTP Request node with a stored credential of this package. Each call is an execution. */
async function open(target: Target, work: Work, settings: Settings) {
	const { HttpRequest } = requireInstalled(MODULE) as { HttpRequest: new () => IVersionedNodeType };
	const pkg = await packageWith(TYPE, new HttpRequest());
	const { credentials, stored } = storeCredential(target);
	const credential = { [CREDENTIAL]: { id: stored.id, name: stored.name } };
	// Feishu allows ten requests a second, and twenty for creations.
	const parameters = parametersOf(work, target, settings, work.kind === 'create' ? 20 : 10);
	return async (items: INodeExecutionData[]) =>
		await runOnEngine(
			{
				pkg,
				credentials,
				type: TYPE,
				typeVersion: VERSION,
				parameters,
				items,
				nodeSettings: { ...nodeSettings(work), credentials: credential },
			},
			settings.stop,
		);
}

const nameOf = ({ json }: INodeExecutionData): string => json.name as string;

/** n8n's HTTP Request node with its own paging and batching, all items in one execution. */
export const httpRequestNode: Contender = async (target, work, settings) => {
	const execute = await open(target, work, settings);
	const input = inputItems(work);
	return async () => {
		const { items, errors } = await execute(input);
		const failed = items.flatMap(
			({ json }) => (json.error as { message?: string } | undefined)?.message ?? [],
		);
		const rowsOf = ({ json, pairedItem }: INodeExecutionData): string[] => {
			if (work.kind !== 'create') {
				return ((json.data as Page | undefined)?.items ?? []).map(({ id }) => id);
			}
			return input
				.slice((pairedItem as IPairedItemData).item)
				.slice(0, 1)
				.map(nameOf);
		};
		return { rows: () => items.flatMap(rowsOf), errors: [...errors, ...failed] };
	};
};

/** Creates with one execution per item, as started by a webhook. Only the failed item is retried. */
export const httpRequestOneByOne: Contender = async (target, work, settings) => {
	const execute = await open(target, work, settings);
	return async () => {
		const names: string[] = [];
		const errors: string[] = [];
		for (const item of inputItems(work)) {
			if (settings.stop?.aborted) break;
			const run = await execute([item]);
			errors.push(...run.errors);
			if (run.errors.length === 0) names.push(nameOf(item));
		}
		return { rows: () => names, errors };
	};
};
