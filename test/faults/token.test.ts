import type { RequestRecord, Sandbox } from '../../sandbox';
import type { CredentialStore } from '../harness';
import { idsOf } from '../harness/tenant';
import { setLimits, shortWaits } from './support/limits';
import { query, sideBySide } from './support/runs';
import { APPLICATION, startTenant, storeFor } from './support/tenant';
import { anotherProcess } from './support/workers';

const CREDENTIAL_ID = 'credential1';
const CHECKS = 8;

let sandbox: Sandbox;
let store: CredentialStore;
let all: string[];

beforeEach(async () => {
	setLimits(shortWaits);
	sandbox = await startTenant(CHECKS);
	store = storeFor(sandbox);
	all = sandbox.checks.byApplication(APPLICATION).map(({ id }) => id);
});
afterEach(async () => await sandbox.close());

const tokens = () => sandbox.requests('token').length;
const queries = () => sandbox.requests('batch_query');
const refused = () => queries().filter(({ code }) => code === 99991663);
const tokenOf = ({ headers }: RequestRecord) => headers.authorization?.replace('Bearer ', '');

describe('one refresh, however many notice at once', () => {
	beforeEach(() => (sandbox.options.latencyMs = 40));

	test('asks for one token when 20 executions start without any', async () => {
		const results = await sideBySide(20, async () => await query(store));

		for (const result of results) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(1);
		expect(refused()).toEqual([]);
	});

	test('asks for one token when 20 executions find theirs expired', async () => {
		await query(store);
		sandbox.resetLog();
		sandbox.expireTokens();
		const results = await sideBySide(20, async () => await query(store));

		for (const result of results) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(1);
		expect(refused().length).toBeGreaterThan(1);
		expect(queries()).toHaveLength(20 * 4 + refused().length);
	});

	test('asks for one token when 20 requests of one execution find it expired', async () => {
		await query(store);
		sandbox.resetLog();
		sandbox.expireTokens();
		const unknown = Array.from({ length: 400 - CHECKS }, (_, index) => String(8000 + index));
		const result = await query(store, {
			parameters: {
				operation: 'getByIds',
				externalBackgroundCheckIds: [...all, ...unknown].join(' '),
			},
			options: { pageSize: 20 },
		});

		expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(1);
		expect(refused().length).toBeGreaterThan(1);
		expect(queries()).toHaveLength(20 + refused().length);
	});

	test('asks for one token when it came due while 20 requests waited for their turn', async () => {
		setLimits({});
		sandbox.options.tokenLifeSeconds = 0.9;
		sandbox.fault({ api: 'batch_query', nth: 1, do: { kind: 'rate_limit', reset: 1 } });
		const results = await sideBySide(
			20,
			async () => await query(store, { parameters: { returnAll: false, limit: 2 } }),
		);

		for (const result of results) expect(idsOf(result)).toEqual(all.slice(0, 2));
		expect(tokens()).toBe(2);
		expect(refused()).toEqual([]);
	});
});

test('renews ahead of time: a scan over three lives of a token never meets a refusal', async () => {
	await sandbox.close();
	sandbox = await startTenant(200, { tokenLifeSeconds: 2 });
	const options = { pageSize: 1, requestsPerSecond: 45 };
	const result = await query(storeFor(sandbox), { options });

	expect(idsOf(result)).toHaveLength(200);
	expect(queries().every(({ code }) => code === 0)).toBe(true);
	expect(queries()).toHaveLength(200);
	// At this rate it takes 4.6 s, on a busy machine longer; each token is used for 1.8 s.
	const times = queries().map(({ at }) => at);
	const lives = Math.ceil((times.at(-1)! - times[0]!) / 1800);
	expect(lives).toBeGreaterThanOrEqual(3);
	expect(Math.abs(tokens() - lives)).toBeLessThanOrEqual(1);
});

describe('the stored token', () => {
	test('is decrypted once per execution and kept for the next one', async () => {
		await query(store, { items: [{ json: {} }, { json: {} }] });
		expect(store.decryptions).toBe(1);
		expect(store.updates).toBe(1);
		expect(store.read(CREDENTIAL_ID).accessToken).toBe(tokenOf(queries()[0]!));

		await query(store, { pkg: await anotherProcess() });
		expect(store.decryptions).toBe(2);
		expect(store.updates).toBe(1);
		expect(tokens()).toBe(1);
	});

	test('is replaced when it was refreshed, also for another process', async () => {
		await query(store);
		const old = store.read(CREDENTIAL_ID).accessToken;
		sandbox.expireTokens();
		await query(store);
		const renewed = store.read(CREDENTIAL_ID).accessToken;
		expect(renewed).not.toBe(old);

		sandbox.resetLog();
		await query(store, { pkg: await anotherProcess() });
		expect(queries().map(tokenOf)).toEqual(Array(4).fill(renewed));
		expect(tokens()).toBe(0);
	});

	test('does not come back from an execution that still holds a refused one', async () => {
		// The old token claims to live long, the new one lives shortly: as after a revocation.
		await query(store);
		sandbox.options.latencyMs = 30;
		sandbox.options.tokenLifeSeconds = 600;
		const running = sideBySide(5, async () => await query(store, { options: { pageSize: 1 } }));
		await new Promise((resolve) => setTimeout(resolve, 100));
		sandbox.expireTokens();
		for (const result of await running) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(2);
	});
});

test('uses what another process has renewed', async () => {
	const worker = await anotherProcess();
	sandbox.options.tokenLifeSeconds = 2;
	await query(store);
	await new Promise((resolve) => setTimeout(resolve, 1900));
	await query(store, { pkg: worker });
	const renewed = store.read(CREDENTIAL_ID).accessToken;
	sandbox.resetLog();
	await query(store);

	expect(queries().map(tokenOf)).toEqual(Array(4).fill(renewed));
	expect(tokens()).toBe(0);
});
