import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import type { Target, Work } from '../work';
import {
	chunksOf,
	fanOut,
	fetchToken,
	QUERY_PATH,
	checksOnly,
	type Contender,
	type PageBody,
	type Ready,
} from './contender';
import { packageWith, runOnEngine, storeCredential } from './engine';

const TYPE = 'bench.bareLoop';

type ReadingWork = ReturnType<typeof checksOnly>;

interface Asked {
	applicationId?: string;
	ids?: string[];
}

function queriesOf(work: ReadingWork): Asked[] {
	if (work.kind === 'ids') return chunksOf(work.lists).map((ids) => ({ ids }));
	if (work.kind === 'all') return [{}];
	return work.ids.map((applicationId) => ({ applicationId }));
}

/** One request after the other with n8n's helper: a fixed token, no checks, no retries. */
async function fetchAll(
	context: IExecuteFunctions,
	{ url }: Target,
	token: string,
	work: ReadingWork,
	intervalMs: number,
): Promise<INodeExecutionData[]> {
	const checks: IDataObject[] = [];
	for (const { applicationId, ids } of queriesOf(work)) {
		let page_token: string | undefined;
		do {
			const sentAt = performance.now();
			const { data } = (await context.helpers.httpRequest({
				method: 'POST',
				url: url + QUERY_PATH,
				qs: { page_size: 20, page_token, external_application_id: applicationId },
				headers: {
					Authorization: `Bearer ${token}`,
					'Content-Type': 'application/json; charset=utf-8',
				},
				body: JSON.stringify(ids ? { external_background_check_id_list: ids } : {}),
			})) as PageBody;
			for (const check of data?.items ?? []) checks.push(check);
			page_token = data?.has_more ? data.page_token : undefined;
			const left = intervalMs - (performance.now() - sentAt);
			if (left > 0) await sleep(left);
		} while (page_token !== undefined);
	}
	const output = work.kind === 'ids' ? fanOut(work.lists, checks) : checks;
	return output.map((json) => ({ json, pairedItem: { item: 0 } }));
}

/** @param intervalMs least time between two requests */
async function load(target: Target, asked: Work, intervalMs: number): Promise<Ready> {
	const work = checksOnly(asked);
	const token = await fetchToken(target);
	const { credentials } = storeCredential(target);
	return async () => {
		const node: INodeType = {
			description: {
				name: 'bareLoop',
				displayName: 'Bare Loop',
				description: 'A loop over the helper',
				group: ['input'],
				version: 1,
				defaults: { name: 'Bare Loop' },
				inputs: ['main'],
				outputs: ['main'],
				properties: [],
			},
			async execute() {
				return [await fetchAll(this, target, token, work, intervalMs)];
			},
		};
		const pkg = await packageWith(TYPE, node);
		const { items, errors } = await runOnEngine({ pkg, credentials, type: TYPE });
		return { ids: () => items.map(({ json }) => json.id as string), errors };
	};
}

/** The floor: the least that a node can do with n8n's helper, on the same engine. */
export const bareLoop: Contender = async (target, work) => await load(target, work, 0);

/**
 * The same at the pace of this node. A process that sleeps between requests takes more CPU for each
 * than one that is busy all the time; this tells what of the difference is the pace.
 */
export const pacedLoop: Contender = async (target, work, { requestsPerSecond = Infinity }) =>
	await load(target, work, 1000 / requestsPerSecond);
