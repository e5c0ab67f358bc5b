import type { FaultAction, Sandbox } from '../../sandbox';
import { testCredential } from '../harness';
import { useTenant, type Tenant } from '../harness/tenant';

const openTenant = useTenant();

/** Clicks "Test" in the credential dialog. */
const press = async ({ credentials, credentialId }: Tenant) =>
	await testCredential(credentials, credentialId);

const OK = { status: 'OK', message: 'Connection successful!' };

test('green, and then the next query works without another token', async () => {
	const tenant = await openTenant();
	expect(await press(tenant)).toEqual(OK);
	expect(tenant.sandbox.log.map(({ api }) => api)).toEqual(['token', 'batch_query']);
	const result = await tenant.query({ operation: 'getMany', limit: 1 });
	expect(result.output()).toHaveLength(1);
	expect(tenant.sandbox.requests('token')).toHaveLength(1);
});

test.each(['null', 'missing', 'array', 'noData'] as const)(
	'green for a tenant without checks: %s',
	async (emptyAnswer) => {
		expect(await press(await openTenant({ checks: [], open: { emptyAnswer } }))).toEqual(OK);
	},
);

test('requests one check, and nothing else', async () => {
	const tenant = await openTenant();
	await press(tenant);
	const [request] = tenant.queries();
	expect(request).toMatchObject({ method: 'POST', query: { page_size: '1' }, body: '{}' });
	expect(request!.headers['content-type']).toBe('application/json; charset=utf-8');
	expect(Object.keys(request!.headers).filter((name) => /test/i.test(name))).toEqual([]);
	expect(tenant.sandbox.requests('token')).toHaveLength(1);
});

test('a stored token proves nothing: each test fetches one, and leaves it in the credential', async () => {
	const tenant = await openTenant();
	await press(tenant);
	expect(await press(tenant)).toEqual(OK);
	expect(tenant.sandbox.requests('token')).toHaveLength(2);
	tenant.sandbox.app.appSecret = 'changed in the developer console';
	expect((await press(tenant)).message).toMatch(/app secret invalid/);
});

test('a stored token that Feishu has ended does not make it red', async () => {
	const tenant = await openTenant();
	await press(tenant);
	tenant.sandbox.expireTokens();
	expect(await press(tenant)).toEqual(OK);
});

test('spaces pasted around App ID and App Secret are trimmed, and the query works as well', async () => {
	const tenant = await openTenant();
	const { appId, appSecret } = tenant.sandbox.app;
	tenant.credentials.edit(tenant.credentialId, {
		appId: ` ${appId}\n`,
		appSecret: `\t${appSecret} `,
	});
	expect(await press(tenant)).toEqual(OK);
	const result = await tenant.query({ operation: 'getMany', limit: 1 });
	expect(result.output()).toHaveLength(1);
	expect(tenant.sandbox.requests('token')).toHaveLength(1);
});

type Spoil = (tenant: Tenant) => void;
const edit =
	(patch: Record<string, string | number>): Spoil =>
	({ credentials, credentialId }) =>
		credentials.edit(credentialId, patch);
const app =
	(change: Partial<Sandbox['app']>): Spoil =>
	({ sandbox }) =>
		Object.assign(sandbox.app, change);
const answer =
	(api: 'token' | 'batch_query', action: FaultAction): Spoil =>
	({ sandbox }) =>
		sandbox.fault({ api, always: true, do: action });
const code = (value: number): FaultAction => ({ kind: 'answer', status: 400, code: value });

// The message must say what the user can do, because the dialog shows nothing else.
test.each<[string, Spoil, RegExp[]]>([
	[
		'an unknown app ID',
		edit({ appId: 'cli_unknown' }),
		[/code 10014/, /app id not exists/, /region/],
	],
	['a malformed app ID', edit({ appId: '' }), [/App ID/, /code 10003/, /Credentials & Basic Info/]],
	['an app ID that is a number', edit({ appId: 42 }), [/App ID of the credential is not text/]],
	[
		'an app secret that is a number',
		edit({ appSecret: 42 }),
		[/App Secret of the credential is not text/],
	],
	['a wrong secret', edit({ appSecret: 'wrong' }), [/code 10014/, /app secret invalid/]],
	['a wrong secret, as documented', answer('token', code(10015)), [/App Secret/, /code 10015/]],
	['a disabled app', app({ enabled: false }), [/code 10014/, /disabled/]],
	[
		'a missing scope',
		app({ scopes: ['hire:attachment'] }),
		[
			/App ID and App Secret are right/,
			/hire:external_application:readonly/,
			/99991672/,
			/publish/,
		],
	],
	[
		'an IP that is not allowed',
		app({ ipAllowed: false }),
		[/IP address/, /99991401/, /allow-list/],
	],
	['an app disabled meanwhile', answer('batch_query', code(99991662)), [/disabled/, /99991662/]],
	[
		'an app that is not installed',
		answer('batch_query', code(99991673)),
		[/install it in your tenant/, /99991673/],
	],
	['too many requests', answer('batch_query', { kind: 'rate_limit' }), [/99991400/, /few seconds/]],
	[
		'a code nobody knows',
		answer('batch_query', code(4711)),
		[/refused the test with an unknown code/],
	],
	['a system error', answer('batch_query', code(1002001)), [/Feishu Hire/, /1002001/]],
	[
		'a host that is not Feishu',
		answer('token', { kind: 'html', status: 200 }),
		[/cut off or not JSON/, /Base URL/],
	],
	[
		'a host that knows no such path',
		answer('token', { kind: 'html', status: 404 }),
		[/HTTP 404/, /Base URL/],
	],
	[
		'a host that redirects',
		answer('token', { kind: 'redirect', to: 'https://a.example/' }),
		[/redirect/],
	],
	['a gateway that fails', answer('token', { kind: 'html' }), [/HTTP 502/]],
	['an empty answer', answer('token', { kind: 'empty' }), [/empty/]],
	[
		'an answer without a token',
		answer('token', { kind: 'answer', status: 200, body: { code: 0, msg: 'ok' } }),
		[/^[^.]*returned no tenant access token\. If there is a gateway/],
	],
	...[0, null, 'soon', -1].map((expire): [string, Spoil, RegExp[]] => [
		`a token that is good for ${expire} seconds`,
		answer('token', {
			kind: 'answer',
			status: 200,
			body: { code: 0, msg: 'ok', tenant_access_token: 'a-token', expire },
		}),
		[/did not say how long the tenant access token is valid/, /gateway/],
	]),
	[
		'a page in place of the checks',
		answer('batch_query', { kind: 'html', status: 200 }),
		[/did not come from Feishu/],
	],
	[
		'a connection that breaks',
		answer('token', { kind: 'reset' }),
		[/could not be reached/, /connection was lost/],
	],
	[
		'an unreachable host',
		edit({ customBaseUrl: 'http://127.0.0.1:9' }),
		[/could not be reached/, /firewall/],
	],
	['plain http', edit({ customBaseUrl: 'http://open.feishu.example' }), [/must start with https/]],
	[
		'user info in the URL',
		edit({ customBaseUrl: 'https://a:b@open.feishu.example' }),
		[/user name/],
	],
	['no URL', edit({ customBaseUrl: '' }), [/no base URL/]],
	['a text that is no URL', edit({ customBaseUrl: 'feishu' }), [/not a valid URL/]],
])('red for %s, with a clear message', async (_name, spoil, words) => {
	const tenant = await openTenant();
	spoil(tenant);
	const { status, message } = await press(tenant);
	expect(status).toBe('Error');
	for (const each of words) expect(message).toMatch(each);
	expect(message).not.toMatch(/\bE[A-Z]{5,}|[Bb]ad request|undefined|status code/);
	expect(message).not.toContain(tenant.sandbox.app.appSecret);
});

test('the test follows no redirect', async () => {
	const tenant = await openTenant();
	const other = await openTenant();
	answer('batch_query', { kind: 'redirect', to: other.sandbox.url })(tenant);
	expect((await press(tenant)).status).toBe('Error');
	expect(other.sandbox.log).toEqual([]);
});

test('for a tenant that takes no unfiltered query, it says so and what works all the same', async () => {
	const tenant = await openTenant({ open: { unfiltered: 'error' } });
	expect((await press(tenant)).message).toMatch(
		/App Secret and scope are right.*all background checks will not work/,
	);
	const result = await tenant.query({
		operation: 'getByApplication',
		externalApplicationId: '7318839904418072621',
	});
	expect(result.output()).toHaveLength(2);
});

test.each(['/', '/open-apis', '/open-apis/?a=b#c', '?a=b', '#c', ' '])(
	'the base URL may end in %j: requests go to the host itself',
	async (end) => {
		const tenant = await openTenant();
		tenant.credentials.edit(tenant.credentialId, { customBaseUrl: tenant.sandbox.url + end });
		expect(await press(tenant)).toEqual(OK);
		const result = await tenant.query({ operation: 'getMany', limit: 1 });
		expect(result.output()).toHaveLength(1);
		expect(new Set(tenant.sandbox.log.map(({ api }) => api))).toEqual(
			new Set(['token', 'batch_query']),
		);
	},
);
