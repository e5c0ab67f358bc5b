import { jsonAnswer, jsonBody, startSandbox } from '../../sandbox';
import type { PlainFault, Sandbox } from '../../sandbox';
import { askToken, idsIn, queryOf } from './client';
import type { Query } from './client';

let sandbox: Sandbox;
let query: Query;
const api = 'batch_query';

beforeEach(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	query = await queryOf(sandbox);
});

afterEach(async () => await sandbox.close());

function strike(fault: PlainFault): void {
	sandbox.fault({ api, do: fault });
}

async function causeOf(work: Promise<unknown>): Promise<string> {
	try {
		await work;
	} catch (error) {
		const { code, name } = error as Error & { code?: string };
		return code ?? name;
	}
	return 'no error';
}

test('a given answer: an error envelope, or any body', async () => {
	sandbox.fault({ api, do: { kind: 'answer', status: 500, code: 1002001, msg: 'system error' } });
	const envelope = await query();
	expect([envelope.status, envelope.json.code]).toEqual([500, 1002001]);
	expect(envelope.json.error.log_id).toBe(envelope.headers['x-tt-logid']);
	const headers = { 'retry-after': '3' };
	sandbox.fault({ api, do: { kind: 'answer', status: 503, body: { a: 1 }, headers } });
	const other = await query();
	expect([other.status, other.json]).toEqual([503, { a: 1 }]);
	expect(other.headers['retry-after']).toBe('3');
	expect((await query()).json.code).toBe(0);
	expect(sandbox.requests(api).map(({ status, code }) => [status, code])).toEqual([
		[500, 1002001],
		[503, undefined],
		[200, 0],
	]);
});

test('reset: the connection breaks before an answer', async () => {
	strike('reset');
	expect(await causeOf(query())).toBe('ECONNRESET');
	expect(sandbox.log.at(-1)?.status).toBe(0);
	expect((await query()).json.code).toBe(0);
});

test('hang: no answer until the sandbox closes', async () => {
	strike('hang');
	const hanging = causeOf(query());
	const quick = await Promise.race([
		hanging,
		new Promise((resolve) => setTimeout(resolve, 100, 'still hanging')),
	]);
	expect(quick).toBe('still hanging');
	await sandbox.close();
	expect(await hanging).not.toBe('no error');
});

test('cut: the body ends before the length it announced', async () => {
	strike('cut');
	expect(await causeOf(query())).toBe('ERR_BAD_RESPONSE');
	expect((await query()).json.code).toBe(0);
});

test('no_http: bytes that no client can read, and the connection ends', async () => {
	strike('no_http');
	expect(await causeOf(query())).toBe('HPE_INVALID_CONSTANT');
	expect(sandbox.log.at(-1)?.status).toBe(0);
	expect((await query()).json.code).toBe(0);
});

test('truncated, html, empty, no_code: complete answers that are not an envelope', async () => {
	strike('truncated');
	const truncated = await query();
	expect(truncated.status).toBe(200);
	expect(() => truncated.json).toThrow(SyntaxError);
	expect(truncated.text).toContain('{"code":0');
	strike('html');
	const html = await query();
	expect([html.status, html.headers['content-type']]).toEqual([502, 'text/html']);
	sandbox.fault({ api, do: { kind: 'html', status: 504 } });
	expect((await query()).status).toBe(504);
	strike('empty');
	const empty = await query();
	expect([empty.status, empty.text]).toEqual([200, '']);
	strike('no_code');
	const noCode = await query();
	expect(noCode.status).toBe(200);
	expect(noCode.json).not.toHaveProperty('code');
	expect(noCode.json.data.items).toHaveLength(10);
});

test('expire: the token is refused, and stays refused', async () => {
	const before = (await askToken(sandbox)).json.tenant_access_token;
	strike('expire');
	const reply = await query();
	expect([reply.status, reply.json.code]).toEqual([400, 99991663]);
	expect((await query()).json.code).toBe(99991663);
	expect((await askToken(sandbox)).json.tenant_access_token).not.toBe(before);
});

test('rate_limit: with a chosen reset, or none', async () => {
	sandbox.fault({ api, do: { kind: 'rate_limit', reset: 2, status: 400 } });
	const limited = await query();
	expect([limited.status, limited.json.code]).toEqual([400, 99991400]);
	expect(limited.headers['x-ogw-ratelimit-reset']).toBe('2');
	sandbox.fault({ api, do: { kind: 'rate_limit', reset: null } });
	const silent = await query();
	expect([silent.status, silent.headers['x-ogw-ratelimit-reset']]).toEqual([429, undefined]);
});

test('token_missing: more to come, but no token', async () => {
	strike('token_missing');
	const { data } = (await query()).json;
	expect(data.has_more).toBe(true);
	expect(data).not.toHaveProperty('page_token');
	expect(data.items).toHaveLength(10);
});

test('token_repeats: the requested token comes back, from the first page or a later one', async () => {
	strike('token_repeats');
	const { page_token: first } = (await query()).json.data;
	for (let n = 0; n < 2; n++) {
		const { data } = (await query({ page_token: first })).json;
		expect(data).toMatchObject({ has_more: true, page_token: first });
	}
	sandbox.clearFaults();
	const { page_token: second } = (await query()).json.data;
	sandbox.resetLog();
	sandbox.fault({ api, nth: 1, do: 'token_repeats' });
	expect((await query({ page_token: second })).json.data.page_token).toBe(second);
	expect((await query({ page_token: second })).json.data.page_token).not.toBe(second);
});

test('endless: new tokens forever, the same items', async () => {
	strike('endless');
	const tokens = new Set<string>();
	let token: string | undefined;
	const firstPage = idsIn(await query());
	for (let n = 0; n < 30; n++) {
		const reply = await query(token === undefined ? {} : { page_token: token });
		expect(idsIn(reply)).toEqual(firstPage);
		token = reply.json.data.page_token;
		tokens.add(token);
	}
	expect(tokens.size).toBe(30);
});

test('redirect: elsewhere, or with the same path on another host', async () => {
	const other = await startSandbox({ requestsPerSecond: null });
	sandbox.fault({ api, do: { kind: 'redirect', to: other.url, status: 307 } });
	expect((await query({ page_size: '3' })).json.code).toBe(99991661);
	expect(other.log[0]).toMatchObject({ api, query: { page_size: '3' } });
	// A correct client drops the token on the way to another host.
	expect(other.log[0]?.headers.authorization).toBeUndefined();
	await other.close();
});

test('delay: the ordinary answer, later', async () => {
	sandbox.fault({ api, do: { kind: 'delay', ms: 80 } });
	const begin = performance.now();
	expect((await query()).json.code).toBe(0);
	expect(performance.now() - begin).toBeGreaterThan(75);
});

test('a function: the test has the last word, and its exception is a system error', async () => {
	const edit = (answer: Parameters<typeof jsonBody>[0]) =>
		jsonAnswer(200, { ...jsonBody(answer), msg: 'ok' });
	sandbox.fault({ api, do: (_request, answer) => edit(answer) });
	expect((await query()).json).toMatchObject({ code: 0, msg: 'ok' });
	const shown = jest.spyOn(console, 'error').mockImplementation(() => {});
	sandbox.fault({
		api,
		do: () => {
			throw new Error('of the test');
		},
	});
	const broken = await query();
	expect([broken.status, broken.json.code]).toEqual([500, 1002001]);
	expect(shown).toHaveBeenCalledTimes(1);
	shown.mockRestore();
});
