import { startSandbox } from '../../sandbox';
import type { Sandbox, SandboxApp } from '../../sandbox';
import { batchQueryPath, bearer, post, queryOf, send } from './client';
import type { Reply } from './client';

let sandbox: Sandbox;

const second: SandboxApp = {
	appId: 'cli_sandbox_second',
	appSecret: 'secret',
	scopes: ['hire:external_application:readonly'],
	enabled: true,
	ipAllowed: true,
};

beforeEach(async () => {
	// A clock that stands still: all requests of a test fall into one second, however slow the
	// machine.
	sandbox = await startSandbox({ apps: [{ ...second }], now: () => 1_000_000 });
});

afterEach(async () => await sandbox.close());

async function queryWith(headers: Record<string, string>, body: unknown = {}): Promise<Reply> {
	return await post(sandbox.url + batchQueryPath, body, headers);
}

test.each([
	['/open-apis/hire/v1/external_background_checks', 'GET'],
	['/open-apis/hire/v1/attachments/1', 'DELETE'],
	[batchQueryPath, 'GET'],
	[`${batchQueryPath}/`, 'POST'],
	['/', 'GET'],
])('%s by %s is not an API: plain text, HTTP 404', async (path, method) => {
	const reply = await send(sandbox.url + path, { method });
	expect(reply.status).toBe(404);
	expect(reply.text).toBe('404 page not found');
	expect(reply.headers['content-type']).toContain('text/plain');
	expect(reply.headers['x-tt-logid']).toBeTruthy();
});

test.each([
	['no header', {}, 99991661],
	['no Bearer', { authorization: 't-abc' }, 99991661],
	['Bearer alone', { authorization: 'Bearer ' }, 99991661],
	['another format', { authorization: 'Bearer abc' }, 99991671],
	['a user token', { authorization: 'Bearer u-abc' }, 99991668],
	['a JWT', { authorization: 'Bearer eyJhbGciOi.J9.x' }, 99991668],
	['an unknown token', { authorization: 'Bearer t-abc' }, 99991663],
])('%s is refused before parameters are looked at', async (_case, headers, code) => {
	const reply = await queryWith(headers, 'no JSON');
	expect(reply.status).toBe(400);
	expect(reply.json.code).toBe(code);
	const logId = reply.headers['x-tt-logid'];
	expect(logId).toMatch(/^19700101001640[0-9A-F]{18}$/);
	expect(reply.json.error.log_id).toBe(logId);
	expect(reply.headers['x-request-id']).toBeTruthy();
});

test('the status of an expired token can be 200', async () => {
	sandbox.options.open.expiredTokenStatus = 200;
	const reply = await queryWith({ authorization: 'Bearer t-abc' });
	expect([reply.status, reply.json.code]).toEqual([200, 99991663]);
});

test('a disabled app and an IP outside of the allow-list are refused', async () => {
	const headers = await bearer(sandbox);
	sandbox.app.ipAllowed = false;
	expect((await queryWith(headers)).json.code).toBe(99991401);
	expect((await bearer(sandbox)).authorization).toBe(headers.authorization);
	sandbox.app.enabled = false;
	expect((await queryWith(headers)).json.code).toBe(99991662);
});

test('either scope is enough; without both the answer names them as seen in practice', async () => {
	const app = sandbox.apps[1] ?? sandbox.app;
	const headers = await bearer(sandbox, app);
	expect((await queryWith(headers)).json.code).toBe(0);
	app.scopes = ['hire:external_application'];
	expect((await queryWith(headers)).json.code).toBe(0);
	app.scopes = ['hire:attachment'];
	const reply = await queryWith(headers);
	expect(reply.status).toBe(400);
	const logId = reply.headers['x-tt-logid'];
	expect(reply.json).toEqual({
		code: 99991672,
		msg: 'Access denied. One of the following scopes is required: [hire:external_application, hire:external_application:readonly].',
		error: {
			log_id: logId,
			troubleshooter: `排查建议查看(Troubleshooting suggestions): https://open.feishu.cn/search?log_id=${logId}`,
			permission_violations: [
				{ type: 'action_scope_required', subject: 'hire:external_application' },
				{ type: 'action_scope_required', subject: 'hire:external_application:readonly' },
			],
		},
	});
});

test('the eleventh request within a second is refused with the rate headers', async () => {
	const query = await queryOf(sandbox);
	const codes: number[] = [];
	for (let n = 0; n < 10; n++) codes.push((await query()).json.code);
	expect(codes).toEqual(Array(10).fill(0));
	const limited = await query();
	expect([limited.status, limited.json.code]).toEqual([429, 99991400]);
	expect(limited.headers['x-ogw-ratelimit-limit']).toBe('10');
	expect(limited.headers['x-ogw-ratelimit-reset']).toBe('1');
	sandbox.options.open.rateLimitStatus = 200;
	expect((await query()).status).toBe(200);
	expect(sandbox.maxRatePerSecond('batch_query')).toBe(12);
	// Another app has its own budget.
	expect((await queryWith(await bearer(sandbox, sandbox.apps[1]))).json.code).toBe(0);
});

test('the window slides, and refused requests do not keep it shut', async () => {
	let now = 1_000_000;
	const own = await startSandbox({ now: () => now });
	const query = await queryOf(own);
	const codeAt = async (ms: number) => {
		now = 1_000_000 + ms;
		return (await query()).json.code;
	};
	for (let n = 0; n < 10; n++) expect(await codeAt(n * 10)).toBe(0);
	expect(await codeAt(500)).toBe(99991400);
	expect(await codeAt(999)).toBe(99991400);
	expect(await codeAt(1000)).toBe(0);
	expect(await codeAt(1001)).toBe(99991400);
	expect(await codeAt(1010)).toBe(0);
	await own.close();
});

test('null lifts the limit, and a lower limit applies immediately', async () => {
	const query = await queryOf(sandbox);
	sandbox.options.requestsPerSecond = null;
	for (let n = 0; n < 15; n++) expect((await query()).json.code).toBe(0);
	sandbox.options.requestsPerSecond = 1;
	expect((await query()).json.code).toBe(0);
	expect((await query()).json.code).toBe(99991400);
});

test('latency delays every answer', async () => {
	const query = await queryOf(sandbox);
	sandbox.options.latencyMs = 80;
	const start = performance.now();
	await query();
	expect(performance.now() - start).toBeGreaterThan(75);
});
