import { concerning, FeishuError, isParameterError } from '../shared/feishu/failure';
import type { FeishuClient } from '../shared/feishu/client';
import {
	backgroundChecksByIds,
	scanBackgroundChecks,
	type BackgroundCheckPage,
	type RequestSettings,
} from '../shared/hire/backgroundChecks';
import type { BackgroundCheck } from '../shared/hire/types';
import { inTurns, type Steps } from '../shared/inTurns';
import type { ChunkJob, IdsQuery, Plan, ScanJob, ScanQuery } from './plan';

/** Requests under way at once, at least: enough for the full rate at round trips of a second. */
const MIN_AT_ONCE = 10;

/** What came out of the plan, for `results.ts` to hand to the items. */
export class Answers {
	/** The pages that an item asked for, whole. */
	readonly pages = new Map<ScanQuery | IdsQuery, BackgroundCheckPage[]>();

	readonly checks = new Map<string, BackgroundCheck>();

	/** Why an ID or an item has no answer. */
	readonly errors = new Map<string | ScanQuery | IdsQuery, unknown>();
}

/**
 * Sends the requests of a plan side by side and collects the answers.
 *
 * @param onError called with each failure; when it throws, no further request leaves
 * @throws what `onError` throws
 */
export async function runPlan(
	client: FeishuClient,
	{ scans, chunks }: Plan,
	onError: (error: unknown, concerned: string | ScanQuery | IdsQuery) => void,
): Promise<Answers> {
	const answers = new Answers();
	const pagesOfChunks = new Map<ChunkJob, BackgroundCheckPage[]>();
	/** Set once it is clear that every further request would fail the same way. */
	let appWideError: FeishuError | undefined;

	function fail(error: unknown, concerned: ReadonlyArray<string | ScanQuery | IdsQuery>): void {
		if (error instanceof FeishuError && error.failure.appWide) appWideError = error;
		for (const each of concerned) {
			answers.errors.set(each, error);
			onError(error, each);
		}
	}

	async function* runScan(job: ScanJob): AsyncGenerator<void> {
		const pages: BackgroundCheckPage[] = [];
		let count = 0;
		try {
			for await (const page of scanBackgroundChecks(client, job)) {
				pages.push(page);
				count += page.items.length;
				if (job.limit !== undefined && count >= job.limit) break;
				yield;
			}
			for (const item of job.items) answers.pages.set(item, pages);
		} catch (error) {
			fail(error, job.items);
		}
	}

	async function* runChunk(job: ChunkJob): AsyncGenerator<void> {
		const { ids, item, ...settings } = job;
		if (!item) {
			yield* askForIds(ids, settings);
			return;
		}
		try {
			const pages: BackgroundCheckPage[] = [];
			for await (const page of backgroundChecksByIds(client, ids, settings)) {
				pages.push(page);
				yield;
			}
			pagesOfChunks.set(job, pages);
		} catch (error) {
			fail(error, [item]);
		}
	}

	/**
	 * Asks for IDs. When Feishu refuses one of them, halves the list until that one is alone: at most
	 * 2·log2(20) further requests, because a half whose other half was fine is not asked for whole again.
	 *
	 * @returns whether all of them were answered
	 */
	async function* askForIds(
		ids: readonly string[],
		settings: RequestSettings,
		hasRefusedId = false,
	): AsyncGenerator<void, boolean> {
		if (!hasRefusedId || ids.length === 1) {
			try {
				const found: BackgroundCheck[] = [];
				let pages = 0;
				for await (const page of backgroundChecksByIds(client, ids, settings)) {
					found.push(...page.items);
					pages += 1;
					yield;
				}
				for (const check of found) answers.checks.set(check.id as string, check);
				// A deletion between two pages can move a check to the page already read: it looks missing.
				const missing = ids.filter((id) => !answers.checks.has(id));
				if (pages > 1 && missing.length > 0 && missing.length < ids.length) {
					yield* askForIds(missing, settings);
				}
				return true;
			} catch (error) {
				if (ids.length === 1 || !isParameterError(error)) {
					fail(ids.length === 1 ? concerning(error, ids[0]) : error, ids);
					return false;
				}
			}
		}
		const half = ids.length >> 1;
		const firstHalfIsFine = yield* askForIds(ids.slice(0, half), settings);
		yield* askForIds(ids.slice(half), settings, firstHalfIsFine);
		return false;
	}

	function start(job: ScanJob | ChunkJob): Steps {
		if (appWideError) {
			fail(appWideError, 'items' in job ? job.items : job.item ? [job.item] : job.ids);
			return nothing();
		}
		return 'items' in job ? runScan(job) : runChunk(job);
	}

	const jobs = [...scans, ...chunks];
	const atOnce = jobs.reduce((most, job) => Math.max(most, job.requestsPerSecond), MIN_AT_ONCE);
	await inTurns(jobs, atOnce, start);
	// Chunks of one item end in any order; its pages come in the order of its IDs.
	for (const job of chunks) {
		const pages = pagesOfChunks.get(job);
		if (job.item && pages) {
			answers.pages.set(job.item, [...(answers.pages.get(job.item) ?? []), ...pages]);
		}
	}
	return answers;
}

async function* nothing(): AsyncGenerator<void> {}
