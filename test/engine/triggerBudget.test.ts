import { pollNode, type PollOptions } from '../harness';
import { someChecks, useTrigger } from '../harness/triggerInN8n';

const openTrigger = useTrigger();

/** n8n's longest budget means none (n8n-core `poll-context.js`). */
const NO_BUDGET_MS = 300_000;

const now = performance.now.bind(performance);
let aheadMs = 0;

// For good: if the clock went back, whatever shares this process would wait.
beforeAll(() => {
	performance.now = () => now() + aheadMs;
});

/** Polls three pages. This much time passes after the first. */
async function pollFor(passesMs: number, options: Partial<PollOptions>) {
	const { tenant } = await openTrigger({ checks: someChecks(50) });
	tenant.sandbox.fault({
		api: 'batch_query',
		nth: 1,
		do: (_request, answer) => {
			aheadMs += passesMs;
			return answer;
		},
	});
	const type = 'feishuHireTrigger';
	const parameters = { options: { requestsPerSecond: 100, includeExistingOnFirstRun: true } };
	const { items } = await pollNode({
		type,
		credentials: tenant.credentials,
		parameters,
		...options,
	});
	return items?.length;
}

test('a poll may take as long as n8n allows', async () => {
	// Less than this process has been running.
	const budgetMs = Math.round(performance.now());
	expect(await pollFor(1, { budgetMs })).toBe(50);
});

test('the error of a longer poll says how long it may take', async () => {
	await expect(pollFor(61_000, { budgetMs: 60_000 })).rejects.toThrow(
		'The poll did not finish within the 60 s that n8n allows for it',
	);
});

test.each([
	['says that there is no limit', NO_BUDGET_MS],
	['knows of no limit', null],
])('where n8n %s a poll takes as long as it needs', async (_what, budgetMs) => {
	expect(await pollFor(NO_BUDGET_MS + 1000, { budgetMs })).toBe(50);
});
