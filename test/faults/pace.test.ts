import type { RequestRecord, Sandbox } from '../../sandbox';
import { type RunResult, runWorkflow } from '../harness';
import { idsOf, NODE } from '../harness/tenant';
import { setLimits } from './support/limits';
import { query, sideBySide } from './support/runs';
import { APPLICATION, startTenant, storeFor } from './support/tenant';
import { anotherProcess } from './support/workers';

/** With real waits, because the limit itself is tested here. */
beforeEach(() => setLimits({}));

let sandbox: Sandbox;
afterEach(async () => await sandbox.close());

const idsIn = () => sandbox.checks.byApplication(APPLICATION).map(({ id }) => id);
const queries = () => sandbox.requests('batch_query');
const turnedAway = () => queries().filter(({ code }) => code === 99991400);

/**
 * Runs it and returns the average time from one query to the next, in ms. From the start of the
 * run, and not the minimum: on a busy machine the first query is late, and queries that were sent
 * apart arrive together.
 */
async function gapIn(run: () => Promise<unknown>) {
	const startedAt = Date.now();
	await run();
	const times = queries().map(({ at }) => at);
	return (times.at(-1)! - startedAt) / (times.length - 1);
}

describe('at most 10 requests in any second', () => {
	test('across several nodes of several executions of one app', async () => {
		sandbox = await startTenant(10);
		const store = storeFor(sandbox);
		const { id, name } = { id: 'credential1', name: 'Feishu' };
		const node = (nodeName: string) => ({
			name: nodeName,
			type: `n8n-nodes-feishu-hire.${NODE}`,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {
				operation: 'getByApplication',
				externalApplicationId: APPLICATION,
				returnAll: true,
				options: { pageSize: 2 },
			},
			credentials: { feishuHireApi: { id, name } },
			executeOnce: true,
		});
		const link = (to: string) => ({ main: [[{ node: to, type: 'main' as const, index: 0 }]] });
		const workflow = {
			nodes: [
				{ ...node('Start'), type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				node('First'),
				node('Second'),
			],
			connections: { Start: link('First'), First: link('Second') },
		};
		let results: RunResult[] = [];
		const gap = await gapIn(async () => {
			results = await sideBySide(
				4,
				async () => await runWorkflow({ credentials: store, workflow }),
			);
		});
		expect(queries()).toHaveLength(4 * 2 * 5);
		expect(gap).toBeGreaterThan(100);
		for (const result of results) {
			expect(result.output('First').map(({ json }) => json.id)).toEqual(idsIn());
			expect(result.output('Second').map(({ json }) => json.id)).toEqual(idsIn());
		}
	});

	test('or as many as options.requestsPerSecond says', async () => {
		sandbox = await startTenant(8);
		const store = storeFor(sandbox);
		const slow = await gapIn(async () => await query(store, { options: { requestsPerSecond: 4 } }));
		expect(slow).toBeGreaterThan(250);

		sandbox.resetLog();
		const quick = { requestsPerSecond: 50, pageSize: 1 };
		const fast = await gapIn(async () => await query(storeFor(sandbox), { options: quick }));
		expect(fast).toBeGreaterThan(20);
		expect(fast).toBeLessThan(slow);
	});
});

test('an execution that is set to be slow does not hold up its fast neighbour', async () => {
	sandbox = await startTenant(20);
	const store = storeFor(sandbox);
	const isOf = (size: string) => (record: RequestRecord) => record.query.page_size === size;
	let slow = query(store, { options: { requestsPerSecond: 1, pageSize: 5 } });
	const gap = await gapIn(async () => {
		const fast = query(store, { options: { requestsPerSecond: 10, pageSize: 1 } });
		expect(idsOf(await fast)).toEqual(idsIn());
	});
	// By then the slow one has had two or three of its four pages: the fast one did not wait for
	// them.
	expect(queries().filter(isOf('1'))).toHaveLength(20);
	expect(queries().filter(isOf('5')).length).toBeLessThan(4);
	// The app's limit holds for both together.
	expect(gap).toBeGreaterThan(100);
	expect(idsOf(await slow)).toEqual(idsIn());

	sandbox.resetLog();
	slow = query(store, { options: { requestsPerSecond: 1, pageSize: 5 } });
	expect(await gapIn(async () => await slow)).toBeGreaterThan(1000);
});

describe('when Feishu rejects a request', () => {
	/** How many of twelve requests reach Feishu within `ms` milliseconds after a rejection. */
	async function earlyOnes(ms: number, reset: number | null, status: number) {
		sandbox = await startTenant(6);
		const store = storeFor(sandbox);
		await query(store, { parameters: { returnAll: false, limit: 1 } });
		sandbox.resetLog();
		sandbox.fault({ api: 'batch_query', nth: 4, do: { kind: 'rate_limit', reset, status } });
		const results = await sideBySide(5, async () => await query(store));
		for (const result of results) expect(idsOf(result)).toEqual(idsIn());
		expect(queries()).toHaveLength(5 * 3 + 1);
		const [rejection] = turnedAway();
		return queries().filter(({ at }) => at > rejection!.at && at < rejection!.at + ms).length;
	}

	// Each of the four other executions may have had one request in flight. If nobody waited, there
	// would be nine.
	test.each([429, 400, 200])('all requests wait as long as it says (HTTP %i)', async (status) => {
		expect(await earlyOnes(995, 1, status)).toBeLessThanOrEqual(4);
	});

	test('all requests back off for a second or more if it does not say how long', async () => {
		expect(await earlyOnes(995, null, 429)).toBeLessThanOrEqual(4);
	});

	test('a huge wait is capped', async () => {
		setLimits({ maxResetMs: 700 });
		// Ten days, if it were not capped.
		expect(await earlyOnes(695, 1_000_000, 429)).toBeLessThanOrEqual(4);
	});
});

test('several processes share one budget without talking to each other', async () => {
	sandbox = await startTenant(40, { requestsPerSecond: 10 });
	const store = storeFor(sandbox);
	const workers = await Promise.all([1, 2, 3].map(async () => await anotherProcess()));
	const results = await Promise.all(
		workers.map(async (pkg) => await query(store, { pkg, options: { requestsPerSecond: 10 } })),
	);

	for (const result of results) expect(idsOf(result)).toEqual(idsIn());
	// The sandbox limits how many pass; the rejected ones are the workers' mistakes.
	const share = turnedAway().length / queries().length;
	expect(queries()).toHaveLength(60 + turnedAway().length);
	expect(share).toBeLessThan(0.35);
}, 60_000);
