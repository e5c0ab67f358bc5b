import { startSandbox } from '../../sandbox';
import type { RequestRecord, Sandbox } from '../../sandbox';
import { bearer, batchQueryPath, post, queryOf, send } from './client';
import type { Reply } from './client';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => await sandbox.close());

async function control<T = { error: string }>(
	method: string,
	path: string,
	body?: unknown,
): Promise<Reply<T>> {
	const data = body === undefined ? undefined : JSON.stringify(body);
	return await send<T>(`${sandbox.url}/sandbox/${path}`, { method, data });
}

test('state returns what a client needs and what exists', async () => {
	const { json } = await control('GET', 'state');
	expect(json).toMatchObject({
		url: sandbox.url,
		checks: 360,
		applications: 36,
		orders: 40,
		requests: 0,
		apps: [{ appId: sandbox.app.appId, appSecret: sandbox.app.appSecret }],
		options: { requestsPerSecond: 10, open: { unfiltered: 'all' } },
	});
});

test('the log holds what arrived, as it arrived, without the control requests', async () => {
	// The sandbox's clock, which is not affected by a step of the machine's clock.
	const startedAt = sandbox.now();
	const query = await queryOf(sandbox);
	await query({ page_size: '2' }, '{ "a": 1 }');
	const all = (await control<RequestRecord[]>('GET', 'log')).json;
	expect(all.map((record) => record.api)).toEqual(['token', 'batch_query']);
	const [record] = (await control<RequestRecord[]>('GET', 'log?api=batch_query')).json;
	expect(record).toMatchObject({
		n: 2,
		method: 'POST',
		path: batchQueryPath,
		query: { page_size: '2' },
		body: '{ "a": 1 }',
		status: 200,
		code: 0,
		headers: { 'content-type': 'application/json; charset=utf-8' },
	});
	expect(record?.remotePort).toBeGreaterThan(0);
	expect(record?.at).toBeGreaterThanOrEqual(startedAt);
	expect(record?.at).toBeLessThanOrEqual(sandbox.now());
});

test('reset forgets log, count, hooks and faults', async () => {
	const query = await queryOf(sandbox);
	await query();
	await post(`${sandbox.url}/open-apis/bot/v2/hook/abc`, { msg_type: 'text' });
	sandbox.fault({ api: 'batch_query', do: 'html' });
	expect((await control('POST', 'reset')).status).toBe(200);
	expect([sandbox.log, sandbox.hooks]).toEqual([[], []]);
	expect((await query()).status).toBe(200);
	expect(sandbox.log[0]?.n).toBe(1);
});

test('faults are switched on and off', async () => {
	const query = await queryOf(sandbox);
	await control('POST', 'faults', { api: 'batch_query', always: true, do: 'html' });
	expect((await query()).status).toBe(502);
	expect((await query()).status).toBe(502);
	await control('DELETE', 'faults');
	expect((await query()).status).toBe(200);
});

test('tokens are expired, options and apps changed', async () => {
	const query = await queryOf(sandbox);
	await control('POST', 'expire-tokens');
	expect((await query()).json.code).toBe(99991663);
	const patch = { latencyMs: 1, requestsPerSecond: null, open: { unfiltered: 'error' } };
	const { json } = await control('POST', 'options', patch);
	expect(json).toMatchObject({ ...patch, tokenLifeSeconds: 7200 });
	expect(sandbox.options.open).toMatchObject({ unfiltered: 'error', emptyIdList: 'all' });
	expect((await (await queryOf(sandbox))()).json.code).toBe(1002002);
	await control('POST', `apps/${sandbox.app.appId}`, { scopes: [] });
	const headers = await bearer(sandbox);
	expect((await post(sandbox.url + batchQueryPath, {}, headers)).json.code).toBe(99991672);
});

test('checks are added, changed and removed', async () => {
	const check = { id: '1', external_application_id: '2', result: '进行中' };
	await control('POST', 'checks', check);
	expect(sandbox.checks.byId('1')).toEqual(check);
	const changed = await control('PUT', 'checks/1', { result: '已通过' });
	expect(changed.json).toEqual({ ...check, result: '已通过' });
	expect((await control('DELETE', 'checks/1')).json).toEqual({ removed: true });
	expect((await control('DELETE', 'checks/1')).json).toEqual({ removed: false });
});

test('orders are added, changed, reported on and removed, on applications that can be added', async () => {
	const added = await control<{ id: string }>('POST', 'ordinary-applications', { talent_id: '3' });
	const { id } = added.json;
	expect(sandbox.ordinaryApplications.byTalent('3')).toEqual([{ id, talent_id: '3' }]);
	await control('POST', 'orders', { id: '1', application_id: id, order_status: 2 });
	expect((await control<unknown[]>('GET', 'orders')).json).toContainEqual(sandbox.orders.byId('1'));
	await control('PUT', 'orders/1', { order_status: 3 });
	await control('POST', 'reports/1', { result: '绿灯' });
	expect(sandbox.orders.byId('1')).toMatchObject({
		order_status: 3,
		conclusion: '绿灯',
		feedback_info_list: [{ result: '绿灯' }],
	});
	expect((await control('DELETE', 'orders/1')).json).toEqual({ removed: true });
	expect((await control('POST', 'reports/1', {})).json.error).toBe('no order 1');
	expect((await control('POST', 'orders', {})).json.error).toBe('an order needs an application_id');
});

test('an impossible request is refused with an explanation', async () => {
	expect((await control('PUT', 'checks/1', {})).json.error).toBe('no check 1');
	expect((await control('POST', 'checks', {})).json.error).toBe('a check needs an id');
	expect((await control('POST', 'checks', [])).status).toBe(400);
	expect((await control('POST', 'apps/cli_x', {})).json.error).toBe('no app cli_x');
	expect((await control('GET', 'nothing')).status).toBe(404);
});

test('the bot webhook keeps what is posted to it', async () => {
	const url = `${sandbox.url}/open-apis/bot/v2/hook/abc-123`;
	const body = { msg_type: 'text', content: { text: '背调更新' } };
	const reply = await post(url, body);
	expect(reply.json).toEqual({ code: 0, msg: 'success', data: {} });
	expect(sandbox.hooks).toEqual([body]);
	expect((await post(url, 'no JSON')).json.code).toBe(9499);
});

test('a port in use fails the start with a clear message', async () => {
	const port = Number(new URL(sandbox.url).port);
	await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
});
