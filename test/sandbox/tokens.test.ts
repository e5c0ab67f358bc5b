import { startSandbox } from '../../sandbox';
import type { Sandbox, SandboxApp } from '../../sandbox';
import { askToken, batchQueryPath, post, send, tokenPath } from './client';

let sandbox: Sandbox;
let now: number;

const disabled: SandboxApp = {
	appId: 'cli_sandbox_disabled',
	appSecret: 'secret',
	scopes: [],
	enabled: false,
	ipAllowed: true,
};

beforeEach(async () => {
	now = Date.UTC(2025, 3, 2);
	sandbox = await startSandbox({ now: () => now, apps: [disabled] });
});

afterEach(async () => await sandbox.close());

function later(minutes: number): void {
	now += minutes * 60_000;
}

async function codeWith(token: string): Promise<number> {
	const headers = { authorization: `Bearer ${token}` };
	const reply = await post(sandbox.url + batchQueryPath, {}, headers);
	return reply.json.code;
}

test('the answer is flat and says how many seconds are left', async () => {
	const { status, json } = await askToken(sandbox);
	expect(status).toBe(200);
	expect(json).toEqual({
		code: 0,
		msg: 'ok',
		tenant_access_token: expect.stringMatching(/^t-[0-9a-z]+$/) as string,
		expire: 7200,
	});
});

test('the same token comes back while 30 minutes are left, with a smaller expire', async () => {
	const first = (await askToken(sandbox)).json;
	later(90);
	const second = (await askToken(sandbox)).json;
	expect(second.tenant_access_token).toBe(first.tenant_access_token);
	expect(second.expire).toBe(1800);
});

test('below 30 minutes a new token is issued, and both are valid until they expire', async () => {
	const first = (await askToken(sandbox)).json.tenant_access_token;
	later(91);
	const second = (await askToken(sandbox)).json;
	expect(second.tenant_access_token).not.toBe(first);
	expect(second.expire).toBe(7200);
	expect(await codeWith(first)).toBe(0);
	expect(await codeWith(second.tenant_access_token)).toBe(0);
	later(29);
	expect(await codeWith(first)).toBe(99991663);
	expect(await codeWith(second.tenant_access_token)).toBe(0);
});

test('the lifetime of a token can be a fraction of a second', async () => {
	sandbox.options.tokenLifeSeconds = 0.4;
	const { tenant_access_token: token, expire } = (await askToken(sandbox)).json;
	expect(expire).toBe(0.4);
	now += 399;
	expect(await codeWith(token)).toBe(0);
	now += 1;
	expect(await codeWith(token)).toBe(99991663);
});

test('expireTokens ends every token, and the next request gets a new one', async () => {
	const first = (await askToken(sandbox)).json.tenant_access_token;
	sandbox.expireTokens();
	expect(await codeWith(first)).toBe(99991663);
	const second = (await askToken(sandbox)).json.tenant_access_token;
	expect(second).not.toBe(first);
	expect(await codeWith(second)).toBe(0);
});

const secret = 'secret';

test.each([
	['no body', ''],
	['no JSON', 'app_id=cli_x'],
	['no app_id', { app_secret: secret }],
	['an empty app_id', { app_id: '', app_secret: secret }],
	['an app_id of another format', { app_id: 'my-app', app_secret: secret }],
	['no app_secret', { app_id: 'cli_x' }],
	['an empty app_secret', { app_id: 'cli_x', app_secret: '' }],
	['a number as app_secret', { app_id: 'cli_x', app_secret: 1 }],
])('%s gives 10003 with HTTP 200', async (_case, body) => {
	const reply = await post(sandbox.url + tokenPath, body);
	expect(reply.status).toBe(200);
	expect(reply.json).toEqual({ code: 10003, data: {}, msg: 'invalid param' });
});

test('an unknown app, a wrong secret and a disabled app give 10014 with HTTP 200', async () => {
	const unknown = await askToken(sandbox, { ...sandbox.app, appId: 'cli_unknown' });
	expect(unknown.json).toEqual({ code: 10014, msg: 'app id not exists' });
	const wrong = await askToken(sandbox, { ...sandbox.app, appSecret: 'wrong' });
	expect(wrong.json).toEqual({ code: 10014, msg: 'app secret invalid' });
	const off = await askToken(sandbox, disabled);
	expect(off.json.code).toBe(10014);
	expect([unknown.status, wrong.status, off.status]).toEqual([200, 200, 200]);
});

test('the token endpoint accepts only POST and returns a log ID in the header', async () => {
	expect((await send(sandbox.url + tokenPath)).status).toBe(404);
	expect((await askToken(sandbox)).headers['x-tt-logid']).toMatch(/^20250402000000/);
});
