import { setTimeout as pause } from 'node:timers/promises';
import { type Sandbox, startSandbox } from '../../sandbox';
import { bearerToken } from '../../sandbox/gateway/gateway';
import { type AuthenticatedHelper, callWithCredential } from '../harness';
import { useTenant, type Tenant } from '../harness/tenant';

const openTenant = useTenant();

const PATH = '/open-apis/hire/v1/external_background_checks/batch_query';
const HELPERS: AuthenticatedHelper[] = [
	'httpRequestWithAuthentication',
	'requestWithAuthentication',
];

interface Body {
	code: number;
	data?: { items: object[] };
}

/** Calls a URL as n8n's HTTP Request node does. `more` are further request options. */
async function call(
	{ credentials, credentialId, sandbox }: Tenant,
	helper: AuthenticatedHelper,
	url = sandbox.url + PATH,
	more: object = {},
): Promise<Body> {
	const options = {
		[helper === 'requestWithAuthentication' ? 'uri' : 'url']: url,
		method: 'POST',
		body: { external_background_check_id_list: ['7318840216653955117'] },
		json: true,
		...more,
	};
	return (await callWithCredential(credentials, credentialId, options, helper)) as Body;
}

const codes = ({ log }: Sandbox) => log.map(({ api, code }) => `${api} ${code}`);

describe.each(HELPERS)('with %s', (helper) => {
	test('the credential signs a request, and keeps its token for the next', async () => {
		const tenant = await openTenant();
		for (let times = 1; times <= 2; times++) {
			const { code, data } = await call(tenant, helper);
			expect([code, data?.items]).toEqual([0, [tenant.sandbox.checks.byId('7318840216653955117')]]);
		}
		expect(codes(tenant.sandbox)).toEqual(['token 0', 'batch_query 0', 'batch_query 0']);
		expect(tenant.credentials.updates).toBe(1);
	});

	test('other APIs of the same host can be called, too', async () => {
		const tenant = await openTenant();
		const url = `${tenant.sandbox.url}/open-apis/hire/v1/attachments/7318840001265436717?type=3`;
		const answer = await call(tenant, helper, url, { method: 'GET', body: undefined });
		expect(answer).toMatchObject({ code: 0, data: { attachment: { id: '7318840001265436717' } } });
	});

	test('the token is shared with our own node', async () => {
		const tenant = await openTenant();
		await call(tenant, helper);
		expect((await tenant.query({ operation: 'getMany', limit: 1 })).output()).toHaveLength(1);
		await call(tenant, helper);
		expect(tenant.sandbox.requests('token')).toHaveLength(1);
		expect(new Set(tenant.queries().map(bearerToken)).size).toBe(1);
	});

	test('after a run of our own node, which stores nothing, it gets and stores a token', async () => {
		const tenant = await openTenant();
		await tenant.query({ operation: 'getMany', limit: 1 });
		expect(tenant.credentials.updates).toBe(0);
		for (let times = 1; times <= 2; times++) expect((await call(tenant, helper)).code).toBe(0);
		expect(tenant.sandbox.requests('token')).toHaveLength(2);
		expect(tenant.credentials.updates).toBe(1);
	});

	test('an expired token is renewed before the request is sent', async () => {
		const tenant = await openTenant({ tokenLifeSeconds: 0.5 });
		await call(tenant, helper);
		await pause(500);
		expect((await call(tenant, helper)).code).toBe(0);
		expect(codes(tenant.sandbox)).toEqual(['token 0', 'batch_query 0', 'token 0', 'batch_query 0']);
	});

	test('after an edit the old token is not sent', async () => {
		const tenant = await openTenant();
		await call(tenant, helper);
		tenant.sandbox.resetLog();
		tenant.credentials.edit(tenant.credentialId, { appSecret: 'wrong' });
		await expect(call(tenant, helper)).rejects.toThrow(/code 10014.*app secret invalid/);
		expect(tenant.queries()).toEqual([]);
	});

	test.each([
		['another host', (_url: string, other: string) => other + PATH],
		['another port', (url: string) => `${url.slice(0, url.lastIndexOf(':'))}:9${PATH}`],
		['https instead of http', (url: string) => url.replace('http:', 'https:') + PATH],
		[
			'a host that only looks alike',
			(url: string, other: string) => other.replace('//', `//${url.slice(7)}@`) + PATH,
		],
		['no address', () => PATH],
	])('the token does not go to %s', async (_name, urlOf) => {
		const tenant = await openTenant();
		await call(tenant, helper);
		const { headers } = tenant.queries()[0]!;
		const other = await startSandbox();
		try {
			const error = await call(tenant, helper, urlOf(tenant.sandbox.url, other.url)).then(
				() => undefined,
				(thrown: Error) => thrown,
			);
			expect(error?.message).toContain(`sends its token only to ${tenant.sandbox.url}.`);
			expect(JSON.stringify(error)).not.toContain(headers.authorization?.slice(7));
			expect(other.log).toEqual([]);
			expect(tenant.queries()).toHaveLength(1);
		} finally {
			await other.close();
		}
	});

	test.each([302, 307, 308])(
		'the token does not follow a redirect (%i) to another host',
		async (status) => {
			const tenant = await openTenant();
			const other = await startSandbox();
			try {
				tenant.sandbox.fault({
					api: 'batch_query',
					always: true,
					do: { kind: 'redirect', to: other.url, status },
				});
				await call(tenant, helper, undefined, { followAllRedirects: true }).catch(() => {});
				expect(other.log.length).toBeGreaterThan(0);
				expect(other.log.map(({ headers }) => headers.authorization)).toEqual(
					other.log.map(() => undefined),
				);
			} finally {
				await other.close();
			}
		},
	);
});

// Feishu reports an expired token with HTTP 400 or 200, which not all of n8n's helpers recognize.
describe('a token that Feishu has ended before its time', () => {
	test('is renewed by the helper of the HTTP Request node', async () => {
		const tenant = await openTenant();
		await call(tenant, 'requestWithAuthentication');
		tenant.sandbox.expireTokens();
		expect((await call(tenant, 'requestWithAuthentication')).code).toBe(0);
		expect(codes(tenant.sandbox).slice(2)).toEqual([
			'batch_query 99991663',
			'token 0',
			'batch_query 0',
		]);
	});

	test('is an error with the other helper, until its time is over; our node goes on with another', async () => {
		const tenant = await openTenant({ tokenLifeSeconds: 3 });
		await call(tenant, 'httpRequestWithAuthentication');
		const [ended] = tenant.queries().map(bearerToken);
		tenant.sandbox.expireTokens();
		tenant.sandbox.resetLog();
		await expect(call(tenant, 'httpRequestWithAuthentication')).rejects.toThrow();
		expect(codes(tenant.sandbox)).toEqual(['batch_query 99991663']);

		tenant.sandbox.resetLog();
		for (let times = 1; times <= 2; times++) {
			expect((await tenant.query({ operation: 'getMany', limit: 1 })).output()).toHaveLength(1);
		}
		// It has a token of its own, and does not return to the stored one.
		expect(codes(tenant.sandbox)).toEqual([
			'batch_query 99991663',
			'token 0',
			'batch_query 0',
			'batch_query 0',
		]);
		expect(tenant.credentials.read(tenant.credentialId).accessToken).toBe(ended);
		await expect(call(tenant, 'httpRequestWithAuthentication')).rejects.toThrow();

		await pause(2900);
		expect((await call(tenant, 'httpRequestWithAuthentication')).code).toBe(0);
		expect(tenant.credentials.read(tenant.credentialId).accessToken).not.toBe(ended);
	});

	test.each(HELPERS)('is recognized by the code of an answer with HTTP 200: %s', async (helper) => {
		const tenant = await openTenant({ open: { expiredTokenStatus: 200 } });
		await call(tenant, helper);
		tenant.sandbox.expireTokens();
		expect((await call(tenant, helper)).code).toBe(99991663);
	});
});
