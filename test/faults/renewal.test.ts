import type { Sandbox } from '../../sandbox';
import type { CredentialStore } from '../harness';
import { idsOf } from '../harness/tenant';
import { retryLimits, setLimits, shippedLimits, shortWaits } from './support/limits';
import { query, sideBySide } from './support/runs';
import { APPLICATION, OTHER_APPLICATION, startTenant, storeFor } from './support/tenant';

let sandbox: Sandbox;
let store: CredentialStore;
let all: string[];

beforeEach(async () => {
	setLimits(shortWaits);
	sandbox = await startTenant(8);
	store = storeFor(sandbox);
	all = sandbox.checks.byApplication(APPLICATION).map(({ id }) => id);
});
afterEach(async () => await sandbox.close());

const tokens = () => sandbox.requests('token').length;
const queries = () => sandbox.requests('batch_query');

describe('a renewal that goes wrong', () => {
	test('is an error, not a loop, when the fresh token is refused again', async () => {
		sandbox.fault({
			api: 'batch_query',
			always: true,
			do: { kind: 'answer', status: 400, code: 99991663 },
		});
		const result = await query(store);

		expect(result.error?.message).toMatch(/invalid or has expired \(code 99991663\)/);
		expect(queries()).toHaveLength(2);
		expect(tokens()).toBe(2);
	});

	test('does not fail the executions that waited for one that failed for its own reasons', async () => {
		sandbox.options.latencyMs = 20;
		sandbox.fault({
			api: 'batch_query',
			when: ({ query: asked }) => asked.external_application_id === OTHER_APPLICATION,
			do: { kind: 'answer', status: 400, code: 1002002 },
		});
		const [failed, ...others] = await sideBySide(6, async (index) =>
			query(
				store,
				index === 0
					? {
							parameters: {
								operation: 'getByApplication',
								externalApplicationId: OTHER_APPLICATION,
							},
						}
					: {},
			),
		);

		expect(failed!.error?.message).toMatch(/1002002/);
		for (const result of others) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(1);
	});

	test('goes on for the others when the execution that asked is stopped', async () => {
		sandbox.fault({ api: 'token', nth: 1, do: { kind: 'delay', ms: 400 } });
		const stopped = query(store, {
			onStart: ({ cancel }) => void setTimeout(cancel, 100),
		});
		await new Promise((resolve) => setTimeout(resolve, 50));
		const others = sideBySide(5, async () => await query(store));

		expect((await stopped).status).toBe('canceled');
		for (const result of await others) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(1);
	});

	test('does not prevent a retry: a token endpoint that fails once fails no execution', async () => {
		// n8n has been running for longer than a request may take in total.
		setLimits({ ...shortWaits, totalMs: 1000 });
		expect(performance.now()).toBeGreaterThan(retryLimits.totalMs);
		sandbox.options.latencyMs = 20;
		sandbox.fault({ api: 'token', nth: 1, do: { kind: 'html', status: 502 } });
		const results = await sideBySide(10, async () => await query(store));

		for (const result of results) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(2);
	});
});

describe('faults of the token endpoint', () => {
	const faults = [
		{ name: 'connection reset', do: 'reset', title: /connection was lost/ },
		{ name: 'no answer', do: 'hang', title: /the request timed out/ },
		{ name: 'a drip', do: { kind: 'slow', bytesPerSecond: 10 }, title: /the request timed out/ },
		{ name: 'HTTP 503', do: { kind: 'html', status: 503 }, title: /HTTP 503/ },
		{ name: 'HTML', do: { kind: 'html', status: 200 }, title: /cut off or not JSON/ },
		{ name: 'empty', do: 'empty', title: /cut off or not JSON/ },
		{ name: 'cut off', do: 'cut', title: /could not be reached/ },
		{ name: 'code 2200', do: { kind: 'answer', status: 200, code: 2200 }, title: /code 2200/ },
		{
			name: 'no token in it',
			do: { kind: 'answer', status: 200, body: { code: 0, msg: 'ok', expire: 7200 } },
			title: /returned no tenant access token/,
		},
	] as const;

	beforeEach(() => setLimits({ ...shortWaits, tokenTimeoutMs: 600 }));

	test.each(faults)('$name once does not affect the result', async ({ do: action }) => {
		sandbox.fault({ api: 'token', nth: 1, do: action });

		expect(idsOf(await query(store))).toEqual(all);
		expect(tokens()).toBe(2);
		expect(queries()).toHaveLength(4);
	});

	test.each(faults)('$name permanently is one error', async ({ do: action, title }) => {
		sandbox.fault({ api: 'token', always: true, do: action });
		const result = await query(store);

		expect(result.error?.message).toMatch(title);
		expect(result.error?.description).toMatch(/tried 5 times/);
		expect(tokens()).toBe(shippedLimits.tries);
		expect(queries()).toEqual([]);
	});

	test('a rate limit makes it wait', async () => {
		sandbox.fault({ api: 'token', nth: 1, do: { kind: 'rate_limit', reset: 1 } });

		expect(idsOf(await query(store))).toEqual(all);
		expect(tokens()).toBe(2);
	});
});

test.each([0, undefined, null, 'soon', -7200, true, [7200]])(
	'a lifetime of %s seconds is one clear error, after one request',
	async (expire) => {
		const body = { code: 0, msg: 'ok', tenant_access_token: 'a-token', expire };
		sandbox.fault({ api: 'token', always: true, do: { kind: 'answer', status: 200, body } });
		const result = await query(store);

		expect(result.error?.message).toMatch(/did not say how long the tenant access token is valid/);
		expect(tokens()).toBe(1);
		expect(queries()).toEqual([]);
	},
);
