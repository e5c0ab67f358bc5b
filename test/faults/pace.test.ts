import type { Sandbox } from '../../sandbox';
import { runWorkflow } from '../harness';
import { idsOf, NODE } from '../harness/tenant';
import { setLimits } from './support/limits';
import { query, sideBySide } from './support/runs';
import { APPLICATION, startTenant, storeFor } from './support/tenant';
import { anotherProcess } from './support/workers';

/** Real waits: the limit itself is the point here. */
beforeEach(() => setLimits({}));

let sandbox: Sandbox;
afterEach(async () => await sandbox.close());

const idsIn = () => sandbox.checks.byApplication(APPLICATION).map(({ id }) => id);
const queries = () => sandbox.requests('batch_query');
const turnedAway = () => queries().filter(({ code }) => code === 99991400);
const gaps = (times: number[]) => times.slice(1).map((time, index) => time - times[index]!);

describe('at most 10 requests in any second', () => {
	test('over several nodes of several executions of one app', async () => {
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
		const results = await sideBySide(
			4,
			async () => await runWorkflow({ credentials: store, workflow }),
		);

		for (const result of results) {
			expect(result.output('First').map(({ json }) => json.id)).toEqual(idsIn());
			expect(result.output('Second').map(({ json }) => json.id)).toEqual(idsIn());
		}
		// Not second by second: on a busy machine requests that left apart arrive together.
		const times = queries().map(({ at }) => at);
		expect(times).toHaveLength(4 * 2 * 5);
		expect(times.at(-1)! - times[0]!).toBeGreaterThan(39 * 100);
	});

	test('or as many as options.requestsPerSecond says', async () => {
		sandbox = await startTenant(8);
		const store = storeFor(sandbox);
		await query(store, { options: { requestsPerSecond: 4 } });
		const slow = gaps(queries().map(({ at }) => at));
		expect(Math.min(...slow)).toBeGreaterThan(240);

		sandbox.resetLog();
		await query(storeFor(sandbox), { options: { requestsPerSecond: 50, pageSize: 1 } });
		const fast = queries().map(({ at }) => at);
		expect(fast[7]! - fast[0]!).toBeGreaterThan(7 * 18);
		expect(fast[7]! - fast[0]!).toBeLessThan(7 * Math.min(...slow));
	});
});

test('an execution that is set to be slow does not hold up its fast neighbour', async () => {
	sandbox = await startTenant(20);
	const store = storeFor(sandbox);
	const slow = query(store, { options: { requestsPerSecond: 1, pageSize: 5 } });
	const fast = query(store, { options: { requestsPerSecond: 10, pageSize: 1 } });
	const pagesOf = (size: string) =>
		queries()
			.filter(({ query: { page_size } }) => page_size === size)
			.map(({ at }) => at);
	expect(idsOf(await fast)).toEqual(idsIn());
	// By then the slow one has had two or three of its four pages: the fast one waited for none of them.
	expect(pagesOf('1')).toHaveLength(20);
	expect(pagesOf('5').length).toBeLessThan(4);
	expect(idsOf(await slow)).toEqual(idsIn());
	expect(Math.min(...gaps(pagesOf('5')))).toBeGreaterThan(950);
	// The limit of the app holds for both together.
	expect(sandbox.maxRatePerSecond('batch_query')).toBeLessThanOrEqual(10);
});

describe('when Feishu turns a request away', () => {
	/** Answers that left before the rejection had come back; a connection may still be on its way. */
	const underWayMs = 60;

	async function runFive(reset: number | null, status: number) {
		sandbox = await startTenant(6);
		const store = storeFor(sandbox);
		await query(store, { parameters: { returnAll: false, limit: 1 } });
		sandbox.resetLog();
		sandbox.fault({ api: 'batch_query', nth: 4, do: { kind: 'rate_limit', reset, status } });
		const results = await sideBySide(5, async () => await query(store));
		for (const result of results) expect(idsOf(result)).toEqual(idsIn());
		expect(queries()).toHaveLength(5 * 3 + 1);
		const [rejection] = turnedAway();
		return queries()
			.map(({ at }) => at - rejection!.at)
			.filter((ms) => ms > underWayMs);
	}

	test.each([429, 400, 200])('everybody waits as long as it says (HTTP %i)', async (status) => {
		const after = await runFive(1, status);
		expect(Math.min(...after)).toBeGreaterThanOrEqual(995);
	});

	test('everybody backs off for a second or more when it does not say how long', async () => {
		const after = await runFive(null, 429);
		expect(Math.min(...after)).toBeGreaterThanOrEqual(995);
	});

	test('a huge wait is cut', async () => {
		setLimits({ maxResetMs: 700 });
		// Ten days, if it were not.
		const after = await runFive(1_000_000, 429);
		expect(Math.min(...after)).toBeGreaterThanOrEqual(695);
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
	// What is let in is bounded by the sandbox; what knocks in vain is what the workers get wrong.
	const share = turnedAway().length / queries().length;
	expect(queries()).toHaveLength(60 + turnedAway().length);
	expect(share).toBeLessThan(0.35);
}, 60_000);
