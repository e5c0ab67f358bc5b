import type { RequestRecord, Sandbox } from '../../sandbox';
import type { CredentialStore } from '../harness';
import { idsOf } from '../harness/tenant';
import { setLimits, shortWaits } from './support/limits';
import { query, sideBySide, storeToken } from './support/runs';
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

describe('one refresh, however many requests find the token expired', () => {
	beforeEach(() => (sandbox.options.latencyMs = 40));

	test('requests one token when 20 executions start without one', async () => {
		const results = await sideBySide(20, async () => await query(store));

		for (const result of results) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(1);
		expect(refused()).toEqual([]);
	});

	test('requests one token when 20 executions find theirs expired', async () => {
		await query(store);
		sandbox.resetLog();
		sandbox.expireTokens();
		const results = await sideBySide(20, async () => await query(store));

		for (const result of results) expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(1);
		expect(refused().length).toBeGreaterThan(1);
		expect(queries()).toHaveLength(20 * 4 + refused().length);
	});

	test('requests one token when 20 requests of one execution find it expired', async () => {
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

	test('requests one token when it expired while 20 requests waited for their turn', async () => {
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

test('renews ahead of time: a scan that takes three token lifetimes never meets a refusal', async () => {
	await sandbox.close();
	sandbox = await startTenant(200, { tokenLifeSeconds: 2 });
	const options = { pageSize: 1, requestsPerSecond: 45 };
	const result = await query(storeFor(sandbox), { options });

	expect(idsOf(result)).toHaveLength(200);
	expect(queries().every(({ code }) => code === 0)).toBe(true);
	expect(queries()).toHaveLength(200);
	// At this rate it takes 4.6 s, longer on a busy machine; each token is used for 1.8 s.
	const times = queries().map(({ at }) => at);
	const lives = Math.ceil((times.at(-1)! - times[0]!) / 1800);
	expect(lives).toBeGreaterThanOrEqual(3);
	expect(Math.abs(tokens() - lives)).toBeLessThanOrEqual(1);
});

describe('what n8n stores', () => {
	test('is nothing, and the credential is decrypted once per execution: each process requests one token', async () => {
		const before = store.read(CREDENTIAL_ID);
		await query(store, { items: [{ json: {} }, { json: {} }] });
		await query(store);
		expect(store.decryptions).toBe(2);
		expect(tokens()).toBe(1);

		sandbox.resetLog();
		const worker = await anotherProcess();
		for (let execution = 1; execution <= 2; execution++) await query(store, { pkg: worker });
		expect(store.decryptions).toBe(4);
		expect(tokens()).toBe(1);
		expect(store.updates).toBe(0);
		expect(store.read(CREDENTIAL_ID)).toEqual(before);
	});

	test('is a token when HTTP Request runs: every process uses it', async () => {
		const stored = await storeToken(store, sandbox, CREDENTIAL_ID);
		const before = store.read(CREDENTIAL_ID);
		await query(store);
		await query(store, { pkg: await anotherProcess() });

		expect(queries().map(tokenOf)).toEqual(Array(8).fill(stored));
		expect(tokens()).toBe(1);
		expect(store.read(CREDENTIAL_ID)).toEqual(before);
	});

	test('is useless when Feishu has revoked it: each process renews it once, for itself', async () => {
		const stored = await storeToken(store, sandbox, CREDENTIAL_ID);
		const before = store.read(CREDENTIAL_ID);
		sandbox.expireTokens();
		for (const pkg of [undefined, await anotherProcess()]) {
			sandbox.resetLog();
			for (let execution = 1; execution <= 2; execution++) {
				expect(idsOf(await query(store, { pkg }))).toEqual(all);
			}
			expect(refused().map(tokenOf)).toEqual([stored]);
			expect(tokens()).toBe(1);
		}
		expect(store.read(CREDENTIAL_ID)).toEqual(before);
	});

	test.each([
		['in the memory of the process', false],
		['stored with the credential', true],
	])(
		'does not bring back a refused token that an execution still holds: %s',
		async (_where, isStored) => {
			// The old token claims a long life, the new one a short one, as after a revocation.
			if (isStored) await storeToken(store, sandbox, CREDENTIAL_ID);
			await query(store);
			expect(tokens()).toBe(1);
			sandbox.options.latencyMs = 30;
			sandbox.options.tokenLifeSeconds = 600;
			const running = sideBySide(5, async () => await query(store, { options: { pageSize: 1 } }));
			await new Promise((resolve) => setTimeout(resolve, 100));
			sandbox.expireTokens();
			for (const result of await running) expect(idsOf(result)).toEqual(all);
			expect(tokens()).toBe(2);
		},
	);
});

test('each process renews its own token', async () => {
	const worker = await anotherProcess();
	sandbox.options.tokenLifeSeconds = 2;
	await query(store);
	await new Promise((resolve) => setTimeout(resolve, 1900));
	await query(store, { pkg: worker });
	expect(tokens()).toBe(2);
	await query(store);

	expect(tokens()).toBe(3);
	expect(refused()).toEqual([]);
});

test('uses what HTTP Request has renewed in another process', async () => {
	const worker = await anotherProcess();
	sandbox.options.tokenLifeSeconds = 2;
	await query(store);
	await new Promise((resolve) => setTimeout(resolve, 1900));
	const renewed = await storeToken(store, sandbox, CREDENTIAL_ID, worker);
	sandbox.resetLog();
	await query(store);

	expect(queries().map(tokenOf)).toEqual(Array(4).fill(renewed));
	expect(tokens()).toBe(0);
});
