import { StoppedError } from '../../nodes/shared/feishu/abort';
import { FeishuClient, type FeishuRequest } from '../../nodes/shared/feishu/client';
import type { FeishuHireCredential } from '../../nodes/shared/feishu/credential';
import type { Endpoint, NodeContext } from '../../nodes/shared/feishu/http';
import { endpoints } from '../../nodes/shared/hire/endpoints';

let apps = 0;

interface Options {
	url: string;
	timeout: number;
}

type Answering = (options: Options, token: string) => object | Promise<object>;

const OK = { code: 0, data: {} };

/**
 * A node of an app for which no token was requested yet.
 *
 * @param answer the body of the answer to each request
 * @param token the body of the answer of the token endpoint
 */
function nodeOf(
	answer: Answering = () => OK,
	token: () => object | Promise<object> = () => ({
		code: 0,
		tenant_access_token: 't-1',
		expire: 7200,
	}),
) {
	let stored: FeishuHireCredential = {
		region: 'https://open.feishu.cn',
		appId: `cli_${++apps}`,
		appSecret: 'the-secret',
	};
	const answered = async (body: object | Promise<object>) => ({
		statusCode: 200,
		headers: {},
		body: await body,
	});
	const getCredentials = jest.fn(async () => await Promise.resolve(stored));
	const httpRequest = jest.fn(async () => await answered(token()));
	const httpRequestWithAuthentication = jest.fn(
		async (
			_type: string,
			options: Options,
			{ credentialsDecrypted: { data } }: { credentialsDecrypted: { data: FeishuHireCredential } },
		) => await answered(answer(options, data.accessToken ?? '')),
	);
	const context = {
		getCredentials,
		helpers: { httpRequest, httpRequestWithAuthentication },
	} as unknown as NodeContext;
	return {
		open: async (signal?: AbortSignal) => await FeishuClient.open(context, 1500, signal),
		edit: (change: Partial<FeishuHireCredential>) => (stored = { ...stored, ...change }),
		readings: getCredentials.mock.calls,
		/** Requests to the token endpoint. */
		tokens: httpRequest.mock.calls,
		/** Requests to the API. */
		sent: httpRequestWithAuthentication.mock.calls,
	};
}

const { queryChecks, deleteCheck, createCheck, uploadAttachment } = endpoints;

/** The error of a call. */
const errorOf = async (client: FeishuClient, endpoint: Endpoint, request: FeishuRequest = {}) =>
	await client.call(endpoint, request).then(
		() => undefined,
		(error: unknown) => error,
	);

test('the answer is returned in full', async () => {
	const { open, sent } = nodeOf(() => ({ code: 0, data: { items: [] }, msg: 'ok' }));
	const client = await open();
	expect(await client.call(deleteCheck, { id: 'a/b' })).toEqual({
		code: 0,
		data: { items: [] },
		msg: 'ok',
	});
	expect(sent[0]?.[1]).toMatchObject({
		method: 'DELETE',
		url: 'https://open.feishu.cn/open-apis/hire/v1/external_background_checks/a%2Fb',
		timeout: 1500,
	});
});

test('a transfer may take longer than other requests', async () => {
	const { open, sent } = nodeOf();
	await (await open()).call(uploadAttachment, { transferMs: 700 });
	expect(sent[0]?.[1].timeout).toBe(2200);
});

test('a credential is read once; an edit applies to the next client', async () => {
	const { open, edit, readings, sent } = nodeOf();
	const client = await open();
	await client.call(queryChecks, {});
	edit({ region: 'https://open.larksuite.com' });
	await client.call(queryChecks, {});
	expect(readings).toHaveLength(1);
	await (await open()).call(queryChecks, {});
	expect(sent.map(([, { url }]) => new URL(url).host)).toEqual([
		'open.feishu.cn',
		'open.feishu.cn',
		'open.larksuite.com',
	]);
});

test('plain http is only for a sandbox on this machine', async () => {
	const { open, edit } = nodeOf();
	expect((await open()).isOnThisMachine).toBe(false);
	edit({ region: 'custom', customBaseUrl: 'http://127.0.0.1:8080' });
	expect((await open()).isOnThisMachine).toBe(true);
	edit({ customBaseUrl: 'http://example.com' });
	await expect(open()).rejects.toThrow('must start with https://');
});

describe('a token', () => {
	test('that Feishu refuses is renewed once for a request', async () => {
		let count = 0;
		const { open, sent, tokens } = nodeOf(
			(_options, token) => (token === 't-1' ? { code: 99991663, msg: 'stale' } : OK),
			() => ({ code: 0, tenant_access_token: `t-${++count}`, expire: 7200 }),
		);
		expect(await (await open()).call(queryChecks, {})).toEqual(OK);
		expect([sent, tokens].map(({ length }) => length)).toEqual([2, 2]);
	});

	test('that Feishu refuses twice ends the call, and the run', async () => {
		const { open, sent, tokens } = nodeOf(() => ({ code: 99991663, msg: 'stale' }));
		const client = await open();
		const error = await errorOf(client, queryChecks);
		expect(error).toMatchObject({ failure: { code: 99991663, appWide: true } });
		expect(await errorOf(client, createCheck)).toMatchObject({ failure: { code: 99991663 } });
		expect([sent, tokens].map(({ length }) => length)).toEqual([2, 2]);
	});

	test('that cannot be fetched ends the call with the error of the token endpoint', async () => {
		const { open, sent, tokens } = nodeOf(undefined, () => ({
			code: 10014,
			msg: 'the-secret is invalid',
		}));
		const client = await open();
		const calls = [queryChecks, queryChecks, createCheck].map(
			async (endpoint) => await errorOf(client, endpoint),
		);
		for (const error of await Promise.all(calls)) {
			expect(error).toMatchObject({
				failure: { code: 10014, feishuMessage: '*** is invalid', unsent: true },
			});
		}
		expect([sent, tokens].map(({ length }) => length)).toEqual([0, 1]);
	});

	test('is awaited by all calls, until they are stopped', async () => {
		const stop = new AbortController();
		const { open, sent, tokens } = nodeOf(undefined, () => new Promise(() => {}));
		const client = await open(stop.signal);
		const calls = [queryChecks, createCheck].map(
			async (endpoint) => await errorOf(client, endpoint),
		);
		await new Promise((resolve) => setImmediate(resolve));
		stop.abort();
		for (const error of await Promise.all(calls)) {
			expect(error).toBeInstanceOf(StoppedError);
			expect(error).toMatchObject({ outcome: 'notDone' });
		}
		expect([sent, tokens].map(({ length }) => length)).toEqual([0, 1]);
	});
});

describe('an error that every further request would meet', () => {
	/** Refuses queries with this code, and answers everything else. */
	const withCode = (code: number) => nodeOf(({ url }) => (/query/.test(url) ? { code } : OK));

	test('ends all later calls, which send nothing', async () => {
		const { open, sent } = withCode(99991662);
		const client = await open();
		const first = await errorOf(client, queryChecks);
		expect(first).toMatchObject({ failure: { code: 99991662, appWide: true } });
		expect(await errorOf(client, queryChecks)).toBe(first);
		expect(sent).toHaveLength(1);
	});

	test('ends those that wait for their slot', async () => {
		const { open, sent } = withCode(99991662);
		const client = await open();
		const calls = Array.from({ length: 5 }, async () => await errorOf(client, queryChecks));
		const errors = await Promise.all(calls);
		expect(new Set(errors)).toHaveProperty('size', 1);
		expect(sent).toHaveLength(1);
	});

	test('leaves a later write undone', async () => {
		const { open } = withCode(99991662);
		const client = await open();
		await errorOf(client, queryChecks);
		expect(await errorOf(client, createCheck)).toMatchObject({
			failure: { code: 99991662, outcome: 'notDone', first: undefined },
		});
	});

	test('affects one endpoint alone when a scope is missing: each has its own', async () => {
		const { open, sent } = withCode(99991672);
		const client = await open();
		const error = await errorOf(client, queryChecks);
		expect(error).toMatchObject({ failure: { scopes: queryChecks.scopes } });
		expect(await client.call(createCheck, {})).toEqual(OK);
		expect(await errorOf(client, queryChecks)).toBe(error);
		expect(sent).toHaveLength(2);
	});

	test('does not affect the next run', async () => {
		let code = 99991662;
		const { open } = nodeOf(() => ({ code }));
		await errorOf(await open(), queryChecks);
		code = 0;
		expect(await (await open()).call(queryChecks, {})).toEqual({ code: 0 });
	});
});

test('an error of one request does not end any other', async () => {
	const { open, sent } = nodeOf(({ url }) => (/query/.test(url) ? { code: 1002002 } : OK));
	const client = await open();
	for (let count = 0; count < 2; count++) {
		expect(await errorOf(client, queryChecks)).toMatchObject({ failure: { code: 1002002 } });
	}
	expect(await client.call(createCheck, {})).toEqual(OK);
	expect(sent).toHaveLength(3);
});

describe('a stop', () => {
	test('before a call lets no request be sent', async () => {
		const { open, sent, tokens } = nodeOf();
		const client = await open(AbortSignal.abort());
		expect(await errorOf(client, queryChecks)).toBeInstanceOf(StoppedError);
		expect(sent).toHaveLength(0);
		expect(tokens).toHaveLength(0);
	});

	test('before a call leaves no unhandled rejection', async () => {
		// Node would end the process for one, and Jest fails the test.
		const { open } = nodeOf(undefined, () => ({ code: 10014, msg: 'no' }));
		const client = await open(AbortSignal.abort());
		expect(await errorOf(client, queryChecks)).toBeInstanceOf(StoppedError);
		await new Promise((resolve) => setImmediate(resolve));
	});

	test('ends a read immediately, and a write after a grace period', async () => {
		const stop = new AbortController();
		const { open, sent } = nodeOf(() => new Promise(() => {}));
		const client = await open(stop.signal);
		const ended: string[] = [];
		const calls = [queryChecks, createCheck].map(async (endpoint) => {
			const error = await errorOf(client, endpoint);
			ended.push(endpoint.effect);
			return error;
		});
		while (sent.length < 2) await new Promise((resolve) => setImmediate(resolve));
		jest.useFakeTimers();
		try {
			stop.abort();
			await jest.advanceTimersByTimeAsync(1999);
			expect(ended).toEqual(['read']);
			await jest.advanceTimersByTimeAsync(1);
			const [read, write] = await Promise.all(calls);
			expect(read).toBeInstanceOf(StoppedError);
			expect(write).toBeInstanceOf(StoppedError);
			expect(write).toMatchObject({ outcome: 'unknown' });
		} finally {
			jest.useRealTimers();
		}
	});

	test('waits for the answer to a write already sent', async () => {
		const stop = new AbortController();
		let answer: (body: object) => void = () => {};
		const { open, sent } = nodeOf(() => new Promise<object>((resolve) => (answer = resolve)));
		const call = (await open(stop.signal)).call(createCheck, {});
		while (sent.length < 1) await new Promise((resolve) => setImmediate(resolve));
		stop.abort();
		answer(OK);
		expect(await call).toEqual(OK);
	});
});
