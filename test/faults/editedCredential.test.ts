import type { RequestRecord, Sandbox } from '../../sandbox';
import type { CredentialStore } from '../harness';
import { CREDENTIAL, credentialFor, idsOf } from '../harness/tenant';
import { query, storeToken } from './support/runs';
import { addApp, APPLICATION, startTenant, storeFor } from './support/tenant';

const CREDENTIAL_ID = 'credential1';
const CHECKS = 8;

let sandbox: Sandbox;
let store: CredentialStore;
let all: string[];

beforeEach(async () => {
	sandbox = await startTenant(CHECKS);
	store = storeFor(sandbox);
	all = sandbox.checks.byApplication(APPLICATION).map(({ id }) => id);
});
afterEach(async () => await sandbox.close());

const tokens = () => sandbox.requests('token').length;
const queries = () => sandbox.requests('batch_query');
const tokenOf = ({ headers }: RequestRecord) => headers.authorization?.replace('Bearer ', '');

describe('an edited credential', () => {
	// An edit keeps the fields that the form does not show, including a token that HTTP Request has
	// stored.
	test('never sends the token of the previous app', async () => {
		const old = await storeToken(store, sandbox, CREDENTIAL_ID);
		await query(store);
		expect(new Set(queries().map(tokenOf))).toEqual(new Set([old]));
		const { appId, appSecret } = addApp(sandbox);
		store.edit(CREDENTIAL_ID, { appId, appSecret });
		expect(store.read(CREDENTIAL_ID).accessToken).toBe(old);
		sandbox.resetLog();

		expect(idsOf(await query(store))).toEqual(all);
		expect(tokens()).toBe(1);
		expect(queries().map(tokenOf)).not.toContain(old);
	});

	test('requests a new token after only the secret has changed', async () => {
		await storeToken(store, sandbox, CREDENTIAL_ID);
		await query(store);
		const app = sandbox.apps.at(-1)!;
		app.appSecret = 'another-secret-0001';
		store.edit(CREDENTIAL_ID, { appSecret: app.appSecret });
		expect(store.read(CREDENTIAL_ID).accessToken).toMatch(/^t-/);
		sandbox.resetLog();

		expect(idsOf(await query(store))).toEqual(all);
		expect(tokens()).toBe(1);
	});

	test('never sends the old token to another host', async () => {
		const old = await storeToken(store, sandbox, CREDENTIAL_ID);
		await query(store);
		const other = await startTenant(CHECKS, { apps: sandbox.apps });
		try {
			store.edit(CREDENTIAL_ID, { customBaseUrl: other.url });
			expect(store.read(CREDENTIAL_ID).accessToken).toBe(old);
			expect(idsOf(await query(store))).toEqual(all);
			expect(JSON.stringify(other.log)).not.toContain(old);
			expect(other.requests('token')).toHaveLength(1);
		} finally {
			await other.close();
		}
	});

	test('sends nothing to another host while an execution with the old one runs', async () => {
		sandbox.options.latencyMs = 30;
		const other = await startTenant(CHECKS, { apps: sandbox.apps });
		try {
			const running = query(store);
			await new Promise((resolve) => setTimeout(resolve, 80));
			store.edit(CREDENTIAL_ID, { customBaseUrl: other.url });
			const edited = query(store);
			expect(idsOf(await running)).toEqual(all);
			expect(idsOf(await edited)).toEqual(all);
			const known = new Set(queries().map(tokenOf));
			expect(other.requests('batch_query').some((request) => known.has(tokenOf(request)))).toBe(
				false,
			);
		} finally {
			await other.close();
		}
	});
});

describe('edited while an execution runs, whose token then expires', () => {
	/** Starts a run of eight pages in two seconds, edits the credential during it, and waits for its end. */
	async function editInTheMidst(edit: () => void) {
		sandbox.options.tokenLifeSeconds = 1.5;
		sandbox.options.latencyMs = 5;
		const running = query(store, { options: { pageSize: 1, requestsPerSecond: 4 } });
		while (queries().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
		edit();
		return await running;
	}

	const appsThatAsked = () =>
		sandbox.requests('token').map(({ body }) => (JSON.parse(body) as { app_id: string }).app_id);

	test('a secret that has become invalid ends the execution with one clear error', async () => {
		const app = sandbox.apps.at(-1)!;
		const result = await editInTheMidst(() => {
			app.appSecret = 'another-secret-0001';
			store.edit(CREDENTIAL_ID, { appSecret: app.appSecret });
		});

		expect(result.error?.message).toBe('Feishu refused the App ID or App Secret (code 10014)');
		expect(result.error?.description).toMatch(/App ID and App Secret/);
		expect(result.output()).toEqual([]);
		// It continued until its token was used up, then requested the next one once.
		expect(queries().every(({ code }) => code === 0)).toBe(true);
		expect(queries().length).toBeGreaterThan(2);
		expect(queries().length).toBeLessThan(CHECKS);
		expect(sandbox.requests('token').map(({ code }) => code)).toEqual([0, 10014]);
		expect(store.read(CREDENTIAL_ID).appSecret).toBe('another-secret-0001');
		expect(store.updates).toBe(0);

		sandbox.resetLog();
		expect(idsOf(await query(store))).toEqual(all);
		expect(sandbox.requests('token').map(({ code }) => code)).toEqual([0]);
	});

	test('another app applies from the next execution on: this one finishes as the app that it started as', async () => {
		const { appId } = sandbox.apps.at(-1)!;
		const other = addApp(sandbox);
		const result = await editInTheMidst(() => {
			store.edit(CREDENTIAL_ID, { appId: other.appId, appSecret: other.appSecret });
		});

		expect(idsOf(result)).toEqual(all);
		expect(appsThatAsked()).toEqual([appId, appId]);
		expect(store.read(CREDENTIAL_ID)).toMatchObject({
			appId: other.appId,
			appSecret: other.appSecret,
		});
		expect(store.updates).toBe(0);

		sandbox.resetLog();
		expect(idsOf(await query(store))).toEqual(all);
		expect(appsThatAsked()).toEqual([other.appId]);
	});
});

test('a newly entered credential starts without a token', async () => {
	const typed = credentialFor(sandbox.url, addApp(sandbox));
	store.add(CREDENTIAL, { ...typed, accessToken: 't-somebody-elses' }, 'typed');
	store.edit(CREDENTIAL_ID, { ...typed, accessToken: 't-somebody-elses' });

	expect(idsOf(await query(store))).toEqual(all);
	expect(queries().map(tokenOf)).not.toContain('t-somebody-elses');
});
