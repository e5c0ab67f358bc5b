import { concerning, isParameterError } from '../shared/feishu/failure';
import type { FeishuClient } from '../shared/feishu/client';
import { backgroundChecksByIds, scanBackgroundChecks } from '../shared/hire/api/backgroundChecks';
import type { CheckedId } from '../shared/hire/checkedId';
import { askByHalves } from '../shared/hire/bisect';
import type { BackgroundCheck } from '../shared/hire/types';
import { inPool } from '../shared/run/pool';
import { CandidateRun } from './candidateRun';
import type { IdsJob, IdsQuery, ItemQuery, Plan, ScanJob } from './plan';
import { notFull, Taking, type OnError } from './taking';

/** Jobs under way at once, at least: enough for the full rate at round trips of a second. */
const MIN_AT_ONCE = 10;

/** What came out of the plan, for `results.ts` to hand to the items. */
export interface Answers {
	/** By item; those of failed items are not whole. */
	takings: Map<ItemQuery, Taking>;
	/** The checks that were found for the IDs of an item, and for others' IDs. */
	found: Map<IdsQuery, Map<string, BackgroundCheck>>;
}

/**
 * Sends the requests of a plan side by side and collects the answers.
 *
 * @param onError called at least once for each item that has no whole answer
 * @throws what `onError` throws
 */
export async function runPlan(
	client: FeishuClient,
	{ scans, idLists, candidates }: Plan,
	onError: OnError,
): Promise<Answers> {
	const answers: Answers = { takings: new Map(), found: new Map() };
	const open = (queries: Array<Taking['query']>) =>
		queries.map((query) => {
			const taking = new Taking(query);
			answers.takings.set(query, taking);
			return taking;
		});
	const jobs: Array<() => Promise<void>> = [];
	for (const job of scans) {
		jobs.push(async () => await runScan(client, job, open(job.queries), onError));
	}
	for (const job of idLists) {
		const found = new Map<string, BackgroundCheck>();
		for (const query of job.queries) answers.found.set(query, found);
		for (const ids of job.chunks) {
			jobs.push(async () => await runChunk(client, job, ids, found, onError));
		}
	}
	const run = new CandidateRun(client, candidates);
	for (const job of candidates) {
		jobs.push(async () => await run.read(job, open(job.queries), onError));
	}
	const rates = [...scans, ...idLists, ...candidates].map(
		({ settings }) => settings.requestsPerSecond,
	);
	await inPool(jobs, atOnce(rates, candidates.length > 0), async (job) => await job());
	return answers;
}

/** A candidate's job waits for three APIs in turn, so that three times as many keep the slowest busy. */
function atOnce(rates: readonly number[], isForCandidates: boolean): number {
	const most = rates.reduce((high, rate) => Math.max(high, rate), MIN_AT_ONCE);
	return isForCandidates ? 3 * most : most;
}

async function runScan(
	client: FeishuClient,
	{ scope, settings }: ScanJob,
	takings: readonly Taking[],
	onError: OnError,
): Promise<void> {
	let waiting = takings;
	try {
		for await (const page of scanBackgroundChecks(client, scope, settings)) {
			for (const taking of waiting) taking.take(page);
			waiting = notFull(waiting);
			if (waiting.length === 0) return;
		}
	} catch (error) {
		// Whoever is served already has no part in it.
		for (const { query } of waiting) onError(error, query);
	}
}

async function runChunk(
	client: FeishuClient,
	{ settings, askers }: IdsJob,
	chunk: readonly CheckedId[],
	found: Map<string, BackgroundCheck>,
	onError: OnError,
): Promise<void> {
	const fail = (error: unknown, ids: readonly CheckedId[]) => {
		// An ID that Feishu refuses comes alone, and no other error is given one.
		const [only] = ids;
		const told = only === undefined ? error : concerning(error, only);
		// Whoever has all of its checks has no part in what another still waits for.
		const open = ids.filter((id) => !found.has(id));
		const concerned = open.length > 0 ? open : ids;
		const queries = new Set(concerned.flatMap((id) => askers.get(id) ?? []));
		for (const query of queries) onError(told, query);
	};
	const ask = async (ids: readonly CheckedId[]): Promise<void> => {
		let pages = 0;
		for await (const { items } of backgroundChecksByIds(client, ids, settings)) {
			for (const check of items) found.set(check.id ?? '', check);
			pages += 1;
		}
		// A deletion between two pages can move a check to the page already read: it looks missing.
		const missing = ids.filter((id) => !found.has(id));
		if (pages > 1 && missing.length > 0 && missing.length < ids.length) await askFor(missing);
	};
	const askFor = async (ids: readonly CheckedId[]) =>
		await askByHalves(ids, { ask, isDueToOne: isParameterError, failed: fail });
	await askFor(chunk);
}
