import type { INode, INodeParameters, IPairedItemData } from 'n8n-workflow';
import { CREDENTIAL } from '../../harness/tenant';
import { isWriting, type Target, type Work } from '../work';
import { DATE_MS, RESULT, writtenItems } from '../writing';
import type { Contender } from './contender';
import { openHttpRequest } from './httpRequestNode';

const CREATE_PATH = '/open-apis/hire/v1/external_background_checks';

/** The switch in the node's settings, with n8n's own number of tries and wait between them. */
const RETRY_ON_FAIL: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };

/** The body as Feishu "创建外部背调" shows it; without an `external_id`, which is optional there. */
const BODY = {
	external_application_id: '{{ $json.id }}',
	name: '{{ $json.name }}',
	result: RESULT,
	date: DATE_MS,
};

const parametersOf = ({ url }: Target, timeout?: number): INodeParameters => ({
	method: 'POST',
	url: url + CREATE_PATH,
	authentication: 'predefinedCredentialType',
	nodeCredentialType: CREDENTIAL,
	sendBody: true,
	specifyBody: 'json',
	jsonBody: `=${JSON.stringify(BODY)}`,
	options: {
		...(timeout !== undefined && { timeout }),
		// The API allows 20 requests a second.
		batching: { batch: { batchSize: 20, batchInterval: 1000 } },
	},
});

/** @throws Error for other work */
function itemsOf(work: Work) {
	if (!isWriting(work) || work.kind !== 'create') throw new Error('This contender only creates');
	return writtenItems(work);
}

/** n8n's HTTP Request node with Retry On Fail, all items in one execution. */
export const httpRequestAtOnce: Contender = async (target, work, { timeoutMs, stop }) => {
	const wanted = itemsOf(work);
	const httpRequest = await openHttpRequest(target, stop);
	return async () => {
		const { items, errors } = await httpRequest({
			parameters: parametersOf(target, timeoutMs),
			items: wanted.map((json) => ({ json })),
			nodeSettings: RETRY_ON_FAIL,
		});
		const indexes = items.map(({ pairedItem }) => (pairedItem as IPairedItemData).item);
		return { ids: () => indexes.flatMap((index) => wanted[index]?.name ?? []), errors };
	};
};

/** The same with an execution for each item, as a webhook starts it: only its own item is done again. */
export const httpRequestOneByOne: Contender = async (target, work, { timeoutMs, stop }) => {
	const wanted = itemsOf(work);
	const httpRequest = await openHttpRequest(target, stop);
	return async () => {
		const names: string[] = [];
		const errors: string[] = [];
		for (const json of wanted) {
			if (stop?.aborted) break;
			const run = await httpRequest({
				parameters: parametersOf(target, timeoutMs),
				items: [{ json }],
				nodeSettings: RETRY_ON_FAIL,
			});
			errors.push(...run.errors);
			if (run.errors.length === 0) names.push(json.name);
		}
		return { ids: () => names, errors };
	};
};
