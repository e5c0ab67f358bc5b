import type { IPollFunctions } from 'n8n-workflow';
import { concerning, FeishuError } from '../shared/feishu/failure';
import type { FeishuClient } from '../shared/feishu/client';
import { scanBackgroundChecks } from '../shared/hire/backgroundChecks';
import type { CheckedId } from '../shared/hire/checkedId';
import type { BackgroundCheck } from '../shared/hire/types';
import { inTurns } from '../shared/inTurns';
import type { TriggerSettings } from './readParameters';

/** Requests under way at once, at least: enough for the full rate at round trips of a second. */
const MIN_AT_ONCE = 10;

/** What n8n says where it does not limit a poll (n8n-core `poll-context.js`). */
const NO_BUDGET_MS = 300_000;

/**
 * Reads every watched check, the applications side by side.
 *
 * @param take gets each check as it comes
 * @throws FeishuError when one page cannot be had: then the rest tells nothing either
 */
export async function scanAll(
	context: IPollFunctions,
	client: FeishuClient,
	settings: TriggerSettings,
	take: (check: BackgroundCheck) => void,
): Promise<void> {
	const startedAt = performance.now();
	// n8n 1.x does not know it.
	const budgetMs = context.getPollBudgetMs?.() ?? NO_BUDGET_MS;

	async function* scan(externalApplicationId: CheckedId | null): AsyncGenerator<void> {
		for await (const page of pagesOf(client, settings, externalApplicationId)) {
			page.items.forEach(take);
			const isLate = budgetMs < NO_BUDGET_MS && performance.now() - startedAt > budgetMs;
			if (isLate && page.has_more) throw overBudget(budgetMs);
			yield;
		}
	}

	const { externalApplicationIds = [null], requestsPerSecond } = settings;
	await inTurns(externalApplicationIds, Math.max(requestsPerSecond, MIN_AT_ONCE), scan);
}

/**
 * The first checks that are found, for a look at what the items hold.
 *
 * @param count how many, at most
 */
export async function firstChecks(
	client: FeishuClient,
	settings: TriggerSettings,
	count: number,
): Promise<BackgroundCheck[]> {
	const found: BackgroundCheck[] = [];
	for (const id of settings.externalApplicationIds ?? [null]) {
		for await (const page of pagesOf(client, { ...settings, pageSize: count }, id)) {
			found.push(...page.items);
			if (found.length >= count) return found.slice(0, count);
		}
	}
	return found;
}

async function* pagesOf(
	client: FeishuClient,
	settings: TriggerSettings,
	externalApplicationId: CheckedId | null,
) {
	try {
		yield* scanBackgroundChecks(client, { externalApplicationId }, settings);
	} catch (error) {
		throw externalApplicationId ? concerning(error, externalApplicationId) : error;
	}
}

/** n8n's durable polling gives up on a poll after some time and only logs it: this is said aloud. */
function overBudget(budgetMs: number): FeishuError {
	return new FeishuError({
		message: `There are more background checks than can be read in the ${Math.round(budgetMs / 1000)} s that this n8n gives a poll`,
		reaction: 'fail',
		advice:
			'Raise N8N_SCHEDULER_POLL_TIMEOUT of n8n above the time of a scan (checks ÷ 20 ÷ requests per second), or watch fewer external applications.',
	});
}
