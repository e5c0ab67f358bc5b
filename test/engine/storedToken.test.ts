import { setTimeout as pause } from 'node:timers/promises';
import type * as CredentialModule from '../../nodes/shared/feishu/credential';
import { type RequestRecord, startSandbox } from '../../sandbox';
import { storeToken } from '../faults/support/runs';
import { packageModule } from '../harness';
import { CREDENTIAL, credentialFor, idsOf, useTenant } from '../harness/tenant';

const openTenant = useTenant();
const { appOf, tokenOwnerOf } = packageModule<typeof CredentialModule>(
	'nodes/shared/feishu/credential',
);

const QUICK = { operation: 'getMany', limit: 1 };
const tokensOf = (requests: RequestRecord[]) =>
	requests.map(({ headers }) => headers.authorization?.replace('Bearer ', ''));

test('a run stores nothing in n8n, whatever becomes of its token', async () => {
	const { query, sandbox, credentials, credentialId } = await openTenant({ tokenLifeSeconds: 1 });
	const before = credentials.read(credentialId);
	await query(QUICK);
	sandbox.expireTokens();
	await query(QUICK);
	await pause(950);
	await query(QUICK);
	expect(sandbox.requests('token')).toHaveLength(3);
	expect(credentials.updates).toBe(0);
	expect(credentials.read(credentialId)).toEqual(before);
});

test('the next execution of the process uses the same token', async () => {
	const { query, sandbox, queries } = await openTenant();
	for (let execution = 1; execution <= 3; execution++) await query(QUICK);
	expect(sandbox.requests('token')).toHaveLength(1);
	expect(queries()).toHaveLength(3);
	expect(new Set(tokensOf(queries())).size).toBe(1);
});

test('a token that HTTP Request has stored is used, and stays as it is', async () => {
	const tenant = await openTenant();
	const { query, queries, sandbox, credentials, credentialId } = tenant;
	const stored = await storeToken(credentials, sandbox, credentialId);
	const before = credentials.read(credentialId);
	for (let execution = 1; execution <= 2; execution++) await query(QUICK);
	expect(tokensOf(queries())).toEqual([stored, stored]);
	expect(sandbox.requests('token')).toHaveLength(1);
	expect(credentials.read(credentialId)).toEqual(before);
	expect(before.accessTokenOwner).toMatch(/^[0-9a-f]{64}$/);
	const minutesLeft = (Number(before.accessTokenRenewAt) - Date.now()) / 60_000;
	expect(minutesLeft).toBeGreaterThan(100);
	expect(minutesLeft).toBeLessThan(118);
});

test('so does the first execution of a process that has never seen it', async () => {
	const { query, queries, sandbox, credentials, credentialId } = await openTenant();
	const answer = await fetch(`${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`, {
		method: 'POST',
		body: JSON.stringify({ app_id: sandbox.app.appId, app_secret: sandbox.app.appSecret }),
	});
	const { tenant_access_token } = (await answer.json()) as { tenant_access_token: string };
	sandbox.resetLog();
	credentials.edit(credentialId, {
		accessToken: tenant_access_token,
		accessTokenOwner: tokenOwnerOf(appOf({ ...credentialFor(sandbox.url, sandbox.app) } as never)),
		accessTokenRenewAt: String(Date.now() + 3_600_000),
	});
	expect((await query(QUICK)).output()).toHaveLength(1);
	expect(sandbox.requests('token')).toHaveLength(0);
	expect(tokensOf(queries())).toEqual([tenant_access_token]);
});

test('the credential is read and decrypted once for an execution, however many pages and items', async () => {
	const { query, queries, credentials } = await openTenant();
	await query({ operation: 'getMany', returnAll: true });
	expect(queries()).toHaveLength(18);
	expect(credentials.decryptions).toBe(1);
	const items = Array.from({ length: 30 }, (_, index) => ({ json: { id: `${index}` } }));
	await query(
		{ operation: 'getByApplication', externalApplicationId: '={{ $json.id }}' },
		{ items },
	);
	expect(credentials.decryptions).toBe(2);
});

test('a token that Feishu has ended is renewed once, and the new one kept for the next execution', async () => {
	const { query, sandbox, queries } = await openTenant();
	await query(QUICK);
	const [old] = tokensOf(queries());
	sandbox.expireTokens();
	const result = await query({ operation: 'getMany', returnAll: true });
	expect(result.output()).toHaveLength(360);
	expect(sandbox.requests('token')).toHaveLength(2);
	const renewed = tokensOf(queries()).at(-1);
	expect(renewed).not.toBe(old);
	await query(QUICK);
	expect(tokensOf(queries()).at(-1)).toBe(renewed);
	expect(sandbox.requests('token')).toHaveLength(2);
});

test('a token is renewed before it expires, not after a refusal', async () => {
	const { query, sandbox } = await openTenant({ tokenLifeSeconds: 1 });
	await query(QUICK);
	await pause(950);
	await query(QUICK);
	expect(sandbox.requests('token')).toHaveLength(2);
	expect(sandbox.log.every(({ code }) => code === 0)).toBe(true);
});

// An edit keeps the fields that the form does not show, including a token that HTTP Request has
// stored.
describe('after the credential is edited the old token is never sent', () => {
	test('another app', async () => {
		const tenant = await openTenant({
			apps: [
				{
					appId: 'cli_second',
					appSecret: 'second secret',
					scopes: ['hire:external_application'],
					enabled: true,
					ipAllowed: true,
				},
			],
		});
		const { query, queries, sandbox, credentials, credentialId } = tenant;
		const old = await storeToken(credentials, sandbox, credentialId);
		await query(QUICK);
		expect(tokensOf(queries())).toEqual([old]);
		sandbox.resetLog();
		credentials.edit(credentialId, { appId: 'cli_second', appSecret: 'second secret' });
		expect((await query(QUICK)).output()).toHaveLength(1);
		expect(JSON.parse(sandbox.requests('token')[0]!.body)).toMatchObject({ app_id: 'cli_second' });
		expect(tokensOf(queries())).not.toContain(old);
	});

	test('another secret, which is wrong', async () => {
		const tenant = await openTenant();
		const { query, queries, sandbox, credentials, credentialId } = tenant;
		await storeToken(credentials, sandbox, credentialId);
		await query(QUICK);
		sandbox.resetLog();
		credentials.edit(credentialId, { appSecret: 'wrong' });
		expect((await query(QUICK)).error?.message).toMatch(/code 10014/);
		expect(queries()).toEqual([]);
	});

	test('another host', async () => {
		const tenant = await openTenant();
		const { query, queries, sandbox, credentials, credentialId } = tenant;
		const old = await storeToken(credentials, sandbox, credentialId);
		await query(QUICK);
		expect(tokensOf(queries())).toEqual([old]);
		const other = await startSandbox({ requestsPerSecond: null });
		try {
			credentials.edit(credentialId, { customBaseUrl: other.url });
			expect((await query(QUICK)).output()).toHaveLength(1);
			expect(other.log.map(({ api }) => api)).toEqual(['token', 'batch_query']);
			expect(tokensOf(other.log)).not.toContain(old);
			expect(queries()).toHaveLength(1);
		} finally {
			await other.close();
		}
	});

	test('and back again', async () => {
		const tenant = await openTenant();
		const { query, sandbox, credentials, credentialId } = tenant;
		await storeToken(credentials, sandbox, credentialId);
		await query(QUICK);
		credentials.edit(credentialId, { appSecret: 'wrong' });
		await query(QUICK);
		credentials.edit(credentialId, { appSecret: sandbox.app.appSecret });
		expect((await query(QUICK)).output()).toHaveLength(1);
	});
});

test("two credentials of two apps do not take each other's token", async () => {
	const { query, queries, sandbox, credentials } = await openTenant({
		apps: [
			{
				appId: 'cli_second',
				appSecret: 'second secret',
				scopes: [],
				enabled: true,
				ipAllowed: true,
			},
		],
	});
	const second = credentials.add(CREDENTIAL, {
		...credentialFor(sandbox.url, sandbox.app),
		appId: 'cli_second',
		appSecret: 'second secret',
	});
	const runs = [query(QUICK), query(QUICK, { credentialId: second.id })];
	const [allowed, refused] = await Promise.all(runs);
	expect(idsOf(allowed!)).toHaveLength(1);
	expect(refused!.error?.message).toMatch(/code 99991672/);
	expect(new Set(tokensOf(queries())).size).toBe(2);
});

test('expressions in the credential are resolved, and stay expressions', async () => {
	const { query, sandbox, credentials, credentialId } = await openTenant();
	const appSecret = `={{ "${sandbox.app.appSecret}" }}`;
	credentials.edit(credentialId, { appSecret });
	expect((await query(QUICK)).output()).toHaveLength(1);
	expect(credentials.read(credentialId).appSecret).toBe(appSecret);
});
