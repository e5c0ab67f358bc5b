import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import type { FaultRule, Sandbox } from '../../sandbox';
import type { CredentialStore } from '../harness';
import { idsOf } from '../harness/tenant';
import { setLimits } from './support/limits';
import { query } from './support/runs';
import { APPLICATION, startTenant, storeFor } from './support/tenant';

/** A state of a run in which the user clicks Stop. */
interface Situation {
	name: string;
	rule?: FaultRule;
	latencyMs?: number;
	parameters?: INodeParameters;
	options?: INodeParameters;
	/** The requests that have arrived by then: to batch_query and to the token endpoint. */
	arrived: [number, number];
}

const manyIds = Array.from({ length: 600 }, (_, index) => String(8_000_000 + index)).join(' ');

const situations: Situation[] = [
	{ name: 'during a request', latencyMs: 3000, arrived: [0, 1] },
	{
		name: 'during a later request',
		rule: { api: 'batch_query', nth: 2, do: 'hang' },
		arrived: [2, 1],
	},
	{
		name: 'while an answer drips',
		rule: { api: 'batch_query', nth: 2, do: { kind: 'slow', bytesPerSecond: 20 } },
		arrived: [2, 1],
	},
	{
		name: 'in the wait before a retry',
		rule: { api: 'batch_query', nth: 2, do: { kind: 'html', status: 502 } },
		arrived: [2, 1],
	},
	{
		name: 'in the pause of the rate limit',
		rule: { api: 'batch_query', nth: 2, do: { kind: 'rate_limit', reset: 30 } },
		arrived: [2, 1],
	},
	{
		name: 'while it waits for a token',
		rule: { api: 'token', nth: 1, do: { kind: 'delay', ms: 900 } },
		arrived: [0, 1],
	},
	{
		name: 'while it waits for its turn',
		options: { requestsPerSecond: 1 },
		arrived: [1, 1],
	},
	{
		name: 'with 30 requests waiting',
		parameters: { operation: 'getByIds', externalBackgroundCheckIds: manyIds },
		rule: { api: 'batch_query', always: true, do: 'hang' },
		options: { requestsPerSecond: 1, pageSize: 20 },
		arrived: [1, 1],
	},
];

let sandbox: Sandbox;
let store: CredentialStore;

beforeEach(async () => {
	// The first backoff is drawn from half an hour, so that the test would not see its end.
	setLimits({ backoffMs: 1_800_000, maxBackoffMs: 1_800_000, totalMs: 3_600_000 });
	sandbox = await startTenant(6);
	store = storeFor(sandbox);
});
afterEach(async () => await sandbox.close());

/** How long a run of three pages takes on this machine right now, in ms. */
async function ordinaryMs(): Promise<number> {
	const another = await startTenant(6);
	const startedAt = performance.now();
	await query(storeFor(another));
	const ms = performance.now() - startedAt;
	await another.close();
	return ms;
}

describe.each(['stopWorkflow', 'continueRegularOutput'] as const)(
	'Stop (on error: %s)',
	(onError) => {
		test.each(situations)(
			'$name ends the run immediately, and nothing more is sent',
			async (at) => {
				if (at.rule) sandbox.fault(at.rule);
				sandbox.options.latencyMs = at.latencyMs ?? 0;
				const sent = () => [
					sandbox.requests('batch_query').length,
					sandbox.requests('token').length,
				];
				let pressedAt = 0;
				async function pressStop(cancel: () => void): Promise<void> {
					while (sent().join() !== at.arrived.join()) await sleep(10);
					await sleep(100);
					pressedAt = performance.now();
					cancel();
				}
				const result = await query(store, {
					parameters: at.parameters,
					options: at.options,
					nodeSettings: { onError },
					onStart: ({ cancel }) => void pressStop(cancel),
				});
				const ms = performance.now() - pressedAt;

				expect(result.status).toBe('canceled');
				// Under Continue On Fail, n8n itself passes the input on.
				expect(result.output().filter(({ json }) => 'id' in json || 'error' in json)).toEqual([]);
				expect(ms).toBeLessThan(10 * (await ordinaryMs()));
				expect(sent()).toEqual(at.arrived);
				await sleep(800);
				expect(sent()).toEqual(at.arrived);
			},
		);
	},
);

test('leaves nothing behind: the next execution of the app runs as usual', async () => {
	sandbox.fault({ api: 'token', nth: 1, do: { kind: 'delay', ms: 600 } });
	const stopped = await query(store, { onStart: ({ cancel }) => void setTimeout(cancel, 200) });
	expect(stopped.status).toBe('canceled');

	const ids = sandbox.checks.byApplication(APPLICATION).map(({ id }) => id);
	expect(idsOf(await query(store))).toEqual(ids);
	expect(sandbox.requests('token')).toHaveLength(1);
});

test('a failed input item aborts the pending requests of the others', async () => {
	sandbox.fault({
		api: 'batch_query',
		when: ({ query: { external_application_id } }) => external_application_id === '404',
		do: { kind: 'answer', status: 400, code: 1002002 },
	});
	const result = await query(store, {
		parameters: { operation: 'getByApplication', externalApplicationId: '={{ $json.id }}' },
		options: { requestsPerSecond: 5, pageSize: 1 },
		items: [{ json: { id: APPLICATION } }, { json: { id: '404' } }],
	});
	expect(result.error?.message).toMatch(/1002002/);
	const sent = sandbox.requests('batch_query').length;
	await sleep(700);
	expect(sandbox.requests('batch_query')).toHaveLength(sent);
});
