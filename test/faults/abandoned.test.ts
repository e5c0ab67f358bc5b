import { setTimeout as pause } from 'node:timers/promises';
import type { FaultRule, Sandbox } from '../../sandbox';
import { type CredentialStore, pollNode, runNode } from '../harness';
import { setLimits, shortWaits } from './support/limits';
import { type Relay, relayTo } from './support/relay';
import { query } from './support/runs';
import { APPLICATION, startTenant, storeFor } from './support/tenant';

/** No connection outlives its request: a transfer that nobody waits for any more is aborted. */

let sandbox: Sandbox;
let relay: Relay;
let store: CredentialStore;

beforeEach(async () => {
	setLimits(shortWaits);
	sandbox = await startTenant(6);
	relay = await relayTo(sandbox.url);
	store = storeFor(sandbox);
	store.edit('credential1', { customBaseUrl: relay.url });
});
afterEach(async () => {
	relay.close();
	await sandbox.close();
});

const faults: Array<[string, Pick<FaultRule, 'do'>]> = [
	['no answer', { do: 'hang' }],
	['a body that drips', { do: { kind: 'slow', bytesPerSecond: 20 } }],
];

const runs: Array<[string, () => Promise<string | undefined>]> = [
	['an execution', async () => (await query(store, { options: { timeout: 300 } })).error?.message],
	[
		'a poll',
		async () => {
			const parameters = { options: { timeout: 300, requestsPerSecond: 100 } };
			const polling = pollNode({ credentials: store, type: 'feishuHireTrigger', parameters });
			return await polling.then(
				() => undefined,
				({ message }: Error) => message,
			);
		},
	],
];

describe.each(runs)('in %s', (_run, run) => {
	test.each(faults)('a request that timed out leaves no connection: %s', async (_name, fault) => {
		sandbox.fault({ api: 'batch_query', always: true, ...fault });
		expect(await run()).toMatch(/the request timed out/);
		expect(sandbox.requests('batch_query').length).toBeGreaterThan(0);
		expect(await relay.settled()).toBe(0);
	});

	test.each(faults)('nor does one for a token: %s', async (_name, fault) => {
		setLimits({ ...shortWaits, tokenTimeoutMs: 200 });
		sandbox.fault({ api: 'token', always: true, ...fault });
		expect(await run()).toMatch(/the request timed out/);
		expect(sandbox.requests('token').length).toBeGreaterThan(0);
		expect(await relay.settled()).toBe(0);
	});
});

test.each(faults)('Stop leaves no open connection: %s', async (_name, fault) => {
	sandbox.fault({ api: 'batch_query', always: true, ...fault });
	async function stop(cancel: () => void): Promise<void> {
		while (sandbox.requests('batch_query').length === 0) await pause(10);
		cancel();
	}
	const result = await query(store, { onStart: ({ cancel }) => void stop(cancel) });
	expect(result.status).toBe('canceled');
	expect(await relay.settled()).toBe(0);
});

const upload = async () =>
	await runNode({
		credentials: store,
		type: 'feishuHire',
		parameters: {
			resource: 'externalBackgroundCheck',
			operation: 'create',
			recordOn: 'externalApplication',
			externalApplicationId: APPLICATION,
			name: 'a',
			result: 'b',
			date: '2025-03-10',
			attachments: 'data',
			options: { timeout: 300 },
		},
		items: [
			{
				json: {},
				binary: {
					data: { data: 'YWJj', fileName: 'a.pdf', mimeType: 'application/pdf' },
				},
			},
		],
	});

test.each(faults)('an upload that timed out leaves no connection: %s', async (_name, fault) => {
	sandbox.fault({ api: 'upload', always: true, ...fault });
	expect((await upload()).error?.message).toMatch(/the request timed out/);
	expect(sandbox.requests('upload').length).toBeGreaterThan(0);
	expect(await relay.settled()).toBe(0);
});

test.each(faults)('nor does a creation that timed out: %s', async (_name, fault) => {
	sandbox.fault({ api: 'create_check', always: true, ...fault });
	// If it was carried out all the same, it is found afterwards, without an error.
	await upload();
	expect(sandbox.requests('create_check').length).toBeGreaterThan(0);
	expect(await relay.settled()).toBe(0);
});
