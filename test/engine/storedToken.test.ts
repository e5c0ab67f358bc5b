import { setTimeout as pause } from 'node:timers/promises';
import type * as CredentialModule from '../../nodes/shared/feishu/credential';
import { type RequestRecord, startSandbox } from '../../sandbox';
import { isVersion2, packageModule } from '../harness';
import { CREDENTIAL, credentialFor, idsOf, useTenant } from '../harness/tenant';

const openTenant = useTenant();
const { appOf, tokenOwnerOf } = packageModule<typeof CredentialModule>(
	'nodes/shared/feishu/credential',
);

const QUICK = { operation: 'getMany', limit: 1 };
const tokensOf = (requests: RequestRecord[]) =>
	requests.map(({ headers }) => headers.authorization?.replace('Bearer ', ''));

test('the token is kept in the credential, and nothing else there changes', async () => {
	const { query, credentials, credentialId, queries } = await openTenant();
	const before = credentials.read(credentialId);
	await query(QUICK);
	const { accessToken, accessTokenOwner, accessTokenRenewAt, ...others } =
		credentials.read(credentialId);
	expect(others).toEqual(before);
	expect(accessToken).toBe(tokensOf(queries())[0]);
	expect(accessTokenOwner).toMatch(/^[0-9a-f]{64}$/);
	const minutesLeft = (Number(accessTokenRenewAt) - Date.now()) / 60_000;
	expect(minutesLeft).toBeGreaterThan(100);
	expect(minutesLeft).toBeLessThan(118);
});

test('the next execution uses the stored token', async () => {
	const { query, sandbox, credentials } = await openTenant();
	for (let execution = 1; execution <= 3; execution++) await query(QUICK);
	expect(sandbox.requests('token')).toHaveLength(1);
	expect(credentials.updates).toBe(1);
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

test('a token that Feishu has ended is renewed once, and the new one kept', async () => {
	const { query, sandbox, credentials, credentialId, queries } = await openTenant();
	await query(QUICK);
	sandbox.expireTokens();
	const result = await query({ operation: 'getMany', returnAll: true });
	expect(result.output()).toHaveLength(360);
	expect(sandbox.requests('token')).toHaveLength(2);
	expect(credentials.updates).toBe(2);
	expect(credentials.read(credentialId).accessToken).toBe(tokensOf(queries()).at(-1));
});

test('a token is renewed before it ends, not by a refusal', async () => {
	const { query, sandbox } = await openTenant({ tokenLifeSeconds: 1 });
	await query(QUICK);
	await pause(950);
	await query(QUICK);
	expect(sandbox.requests('token')).toHaveLength(2);
	expect(sandbox.log.every(({ code }) => code === 0)).toBe(true);
});

describe('after the credential is edited the old token is never sent', () => {
	test('another app', async () => {
		const { query, queries, sandbox, credentials, credentialId } = await openTenant({
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
		await query(QUICK);
		const [old] = tokensOf(queries());
		sandbox.resetLog();
		credentials.edit(credentialId, { appId: 'cli_second', appSecret: 'second secret' });
		expect((await query(QUICK)).output()).toHaveLength(1);
		expect(JSON.parse(sandbox.requests('token')[0]!.body)).toMatchObject({ app_id: 'cli_second' });
		expect(tokensOf(queries())).not.toContain(old);
	});

	test('another secret, which is wrong', async () => {
		const { query, queries, sandbox, credentials, credentialId } = await openTenant();
		await query(QUICK);
		sandbox.resetLog();
		credentials.edit(credentialId, { appSecret: 'wrong' });
		expect((await query(QUICK)).error?.message).toMatch(/code 10014/);
		expect(queries()).toEqual([]);
	});

	test('another host', async () => {
		const { query, queries, credentials, credentialId } = await openTenant();
		await query(QUICK);
		const [old] = tokensOf(queries());
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
		const { query, sandbox, credentials, credentialId } = await openTenant();
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
	// n8n 1.x itself stores the whole credential as it was used, when the token is renewed.
	const kept = isVersion2 ? appSecret : sandbox.app.appSecret;
	expect(credentials.read(credentialId).appSecret).toBe(kept);
});
