import type { IPollFunctions } from 'n8n-workflow';
import type { FeishuClient } from '../shared/feishu/client';
import { concerning, FeishuError } from '../shared/feishu/failure';
import {
	scanBackgroundChecks,
	type BackgroundCheckPage,
} from '../shared/hire/api/backgroundChecks';
import type { CheckedId } from '../shared/hire/checkedId';
import type { BackgroundCheck } from '../shared/hire/types';
import { Semaphore } from '../shared/semaphore';
import type { TriggerSettings } from './readParameters';

/** What n8n reports if it does not limit polls (n8n-core `poll-context.js`). */
const NO_BUDGET_MS = 300_000;

/**
 * Reads every watched check, several applications in parallel.
 *
 * @param take called for each check
 * @param onPage called for each page; throws to abort the poll
 * @throws FeishuError if a page cannot be read. The rest is then useless, and the caller aborts the
 * other scans through the client's signal
 */
export async function scanAll(
	client: FeishuClient,
	settings: TriggerSettings,
	take: (check: BackgroundCheck) => void,
	onPage: (page: { has_more: boolean }) => void,
): Promise<void> {
	async function scan(externalApplicationId: CheckedId | null): Promise<void> {
		for await (const page of pagesOf(client, settings, externalApplicationId)) {
			page.items.forEach(take);
			onPage(page);
		}
	}

	const slots = Semaphore.forRates(settings.request.requestsPerSecond);
	const { signal } = client;
	await Promise.all(
		listsOf(settings).map(async (list) => await slots.run(async () => await scan(list), signal)),
	);
}

/** All watched pages, one application after another. @throws FeishuError */
export async function* pagesInOrder(
	client: FeishuClient,
	settings: TriggerSettings,
): AsyncGenerator<BackgroundCheckPage> {
	for (const externalApplicationId of listsOf(settings)) {
		yield* pagesOf(client, settings, externalApplicationId);
	}
}

/** The watched lists: one per application, or the whole tenant's (null). */
function listsOf({ externalApplicationIds }: TriggerSettings): ReadonlyArray<CheckedId | null> {
	return externalApplicationIds ?? [null];
}

async function* pagesOf(
	client: FeishuClient,
	{ request }: TriggerSettings,
	externalApplicationId: CheckedId | null,
): AsyncGenerator<BackgroundCheckPage> {
	try {
		yield* scanBackgroundChecks(client, { externalApplicationId }, request);
	} catch (error) {
		throw externalApplicationId === null ? error : concerning(error, externalApplicationId);
	}
}

/**
 * Limits a poll, from now on, to the time that n8n gives it.
 *
 * @returns a function to call with each page; throws a FeishuError if the time is up and there are
 * more pages
 */
export function budgetOf(context: IPollFunctions): (page: { has_more: boolean }) => void {
	const startedAt = performance.now();
	// n8n 1.x does not have this method.
	const budgetMs = context.getPollBudgetMs?.() ?? NO_BUDGET_MS;
	return ({ has_more }) => {
		const isLate = budgetMs < NO_BUDGET_MS && performance.now() - startedAt > budgetMs;
		if (isLate && has_more) throw overBudget(budgetMs);
	};
}

/** n8n's durable polling drops a slow poll and only logs it. This error makes it visible. */
function overBudget(budgetMs: number): FeishuError {
	return new FeishuError({
		message: `The poll did not finish within the ${Math.round(budgetMs / 1000)} s that n8n allows for it`,
		reaction: 'fail',
		advice:
			'Watch fewer external applications, or ask your n8n administrator to raise N8N_SCHEDULER_POLL_TIMEOUT. By default, a poll reads at most 200 background checks or 1,600 orders per second.',
	});
}
