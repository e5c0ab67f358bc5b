import type { RequestRecord, Sandbox } from '../../sandbox';
import type { CredentialStore } from '../harness';
import { CREDENTIAL, credentialFor, idsOf } from '../harness/tenant';
import { query } from './support/runs';
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
	test('never sends the token of the app before', async () => {
		await query(store);
		const old = store.read(CREDENTIAL_ID).accessToken;
		const { appId, appSecret } = addApp(sandbox);
		store.edit(CREDENTIAL_ID, { appId, appSecret });
		sandbox.resetLog();

		expect(idsOf(await query(store))).toEqual(all);
		expect(tokens()).toBe(1);
		expect(queries().map(tokenOf)).not.toContain(old);
	});

	test('asks for a new token after the secret alone has changed', async () => {
		await query(store);
		const app = sandbox.apps.at(-1)!;
		app.appSecret = 'another-secret-0001';
		store.edit(CREDENTIAL_ID, { appSecret: app.appSecret });
		sandbox.resetLog();

		expect(idsOf(await query(store))).toEqual(all);
		expect(tokens()).toBe(1);
	});

	test('never sends the old token to another host', async () => {
		await query(store);
		const old = store.read(CREDENTIAL_ID).accessToken as string;
		const other = await startTenant(CHECKS, { apps: sandbox.apps });
		try {
			store.edit(CREDENTIAL_ID, { customBaseUrl: other.url });
			expect(idsOf(await query(store))).toEqual(all);
			expect(JSON.stringify(other.log)).not.toContain(old);
			expect(other.requests('token')).toHaveLength(1);
		} finally {
			await other.close();
		}
	});

	test('gives nothing away to another host while an execution with the old one runs', async () => {
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

describe.each([
	['n8n 2.x, which stores what is new', false],
	['n8n 1.x, which stores the whole credential that it was handed', true],
])('edited while an execution runs, whose token then comes due: %s', (_version, storesWhole) => {
	/** Starts a run of eight pages in two seconds, edits the credential in its midst and waits for its end. */
	async function editInTheMidst(edit: () => void) {
		store.storesWhole = storesWhole;
		sandbox.options.tokenLifeSeconds = 1.5;
		sandbox.options.latencyMs = 5;
		const running = query(store, { options: { pageSize: 1, requestsPerSecond: 4 } });
		while (queries().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
		edit();
		return await running;
	}

	test('a new secret of the same app stays, and the execution goes on with it', async () => {
		const app = sandbox.apps.at(-1)!;
		const result = await editInTheMidst(() => {
			app.appSecret = 'another-secret-0001';
			store.edit(CREDENTIAL_ID, { appSecret: app.appSecret });
		});

		expect(idsOf(result)).toEqual(all);
		expect(tokens()).toBe(2);
		expect(store.read(CREDENTIAL_ID).appSecret).toBe('another-secret-0001');
	});

	test('another app stays, and the execution says that it cannot go on', async () => {
		const other = addApp(sandbox);
		const result = await editInTheMidst(() => {
			store.edit(CREDENTIAL_ID, { appId: other.appId, appSecret: other.appSecret });
		});

		expect(result.error?.message).toMatch(/changed to another app while the node was running/);
		expect(result.output()).toEqual([]);
		expect(tokens()).toBe(1);
		expect(store.read(CREDENTIAL_ID)).toMatchObject({
			appId: other.appId,
			appSecret: other.appSecret,
		});
		expect(idsOf(await query(store))).toEqual(all);
	});
});

test('a credential typed in anew starts without a token', async () => {
	const typed = credentialFor(sandbox.url, addApp(sandbox));
	store.add(CREDENTIAL, { ...typed, accessToken: 't-somebody-elses' }, 'typed');
	store.edit(CREDENTIAL_ID, { ...typed, accessToken: 't-somebody-elses' });

	expect(idsOf(await query(store))).toEqual(all);
	expect(queries().map(tokenOf)).not.toContain('t-somebody-elses');
});
