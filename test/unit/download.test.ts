import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { download, whileMoving } from '../../nodes/shared/feishu/download';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import type { NodeContext } from '../../nodes/shared/feishu/http';

const limits = { timeoutMs: 1000, maxBytes: 10, allowLoopback: false };

/** A context whose helper gives these answers, one after another, and keeps the requests. */
function contextWith(...answers: Array<Record<string, unknown>>) {
	const requests: Array<Record<string, unknown>> = [];
	const httpRequest = (request: Record<string, unknown>) => {
		requests.push(request);
		const plain = { statusCode: 200, headers: {}, body: Readable.from([]) };
		return Promise.resolve({ ...plain, ...answers.shift() });
	};
	return { context: { helpers: { httpRequest } } as unknown as NodeContext, requests };
}

const isAborted = ({ abortSignal }: Record<string, unknown>) =>
	(abortSignal as AbortSignal).aborted;

test('if the API is elsewhere, plain http on this machine is refused as well', async () => {
	const { context, requests } = contextWith();
	const file = download(context, 'http://127.0.0.1/a.pdf', limits);
	await expect(file).rejects.toThrow(
		'The file was not downloaded, because its address does not use https',
	);
	expect(requests).toEqual([]);
	const redirect = contextWith({ statusCode: 302, headers: { location: 'http://localhost/' } });
	await expect(download(redirect.context, 'https://f.example.com/', limits)).rejects.toThrow(
		'The file was not downloaded, because its address does not use https',
	);
	expect(redirect.requests).toHaveLength(1);
});

test('a request for a file carries no credential and follows no redirect by itself', async () => {
	const { context, requests } = contextWith({ headers: { 'content-type': 'application/pdf' } });
	const file = await download(context, 'https://f.example.com/a?sign=1', limits);
	expect(file.contentType).toBe('application/pdf');
	expect(requests).toMatchObject([
		{ url: 'https://f.example.com/a?sign=1', encoding: 'stream', disableFollowRedirect: true },
	]);
	expect(requests[0]?.headers).toEqual({ 'Accept-Encoding': 'identity' });
	expect(requests[0]).not.toHaveProperty('auth');
});

test.each([
	['a redirect', { statusCode: 301, headers: { location: '/b' } }],
	['a refusal', { statusCode: 403 }],
	['a file too large', { headers: { 'content-length': '11' } }],
])('the connection of %s is closed', async (_kind, answer) => {
	const { context, requests } = contextWith(answer, { statusCode: 404 });
	await expect(download(context, 'https://f.example.com/a', limits)).rejects.toThrow();
	expect(requests.map(isAborted)).toEqual(requests.map(() => true));
});

test('a body may be as large as the limit, and not a byte larger', async () => {
	for (const [sizes, fails] of [
		[[4, 6], false],
		[[4, 7], true],
	] as const) {
		const body = Readable.from(sizes.map((size) => Buffer.alloc(size)));
		const { context } = contextWith({ body });
		const file = await download(context, 'https://f.example.com/a', limits);
		const read = await buffer(file.stream).then(
			({ length }) => length,
			(error: Error) => error.constructor.name,
		);
		expect(read).toBe(fails ? 'TooLargeError' : 10);
		expect(Boolean(file.failure())).toBe(fails);
	}
});

test('a stalled file is given up, and closed', async () => {
	const body = new PassThrough();
	body.write('abc');
	const { context, requests } = contextWith({ body });
	const file = await download(context, 'https://f.example.com/a', limits);
	await expect(whileMoving(buffer(file.stream), file, 100)).rejects.toMatchObject({
		failure: {
			message: 'The file download stalled',
			reaction: 'retry',
			advice: 'Run the workflow again later.',
		},
	});
	expect(requests.map(isAborted)).toEqual([true]);
});

test('a failed transfer says why, a complete one does not', async () => {
	const body = new PassThrough();
	const { context } = contextWith({ body }, { body: Readable.from([Buffer.from('whole')]) });
	const broken = await download(context, 'https://f.example.com/a', limits);
	body.destroy(new Error('socket hang up'));
	await expect(buffer(broken.stream)).rejects.toThrow('socket hang up');
	expect(broken.failure()).toMatchObject({ message: 'socket hang up' });
	const whole = await download(context, 'https://f.example.com/a', limits);
	await buffer(whole.stream);
	expect([whole.bytes(), whole.failure()]).toEqual([5, undefined]);
});

/** The failure that this answer causes. */
const failureOf = async (answer: Record<string, unknown>, address = 'https://f.example.com/a') =>
	await download(contextWith(answer).context, address, limits).then(
		() => undefined,
		(error: unknown) => (error instanceof FeishuError ? error.failure : undefined),
	);

const elsewhere = { location: 'https://g.example.com/b' };

test.each([300, 302, 399])('HTTP %i with an address is a redirect', async (statusCode) => {
	const { context, requests } = contextWith({ statusCode, headers: elsewhere });
	await download(context, 'https://f.example.com/a', limits);
	expect(requests.map(({ url }) => url)).toEqual([
		'https://f.example.com/a',
		'https://g.example.com/b',
	]);
});

test('HTTP 200 with an address is the file', async () => {
	const { context, requests } = contextWith({ headers: elsewhere });
	await download(context, 'https://f.example.com/a', limits);
	expect(requests).toHaveLength(1);
});

test.each([
	[201, 'fail', elsewhere],
	[302, 'fail', {}],
	[400, 'fail', elsewhere],
	[404, 'fail', {}],
	[408, 'retry', {}],
	[429, 'retry', {}],
	[500, 'retry', {}],
	[503, 'retry', {}],
])('HTTP %i is not a file: %s', async (statusCode, reaction, headers) => {
	expect(await failureOf({ statusCode, headers })).toMatchObject({
		message: `The file could not be downloaded (HTTP ${statusCode})`,
		advice: 'Run the workflow again later.',
		httpStatus: statusCode,
		reaction,
	});
});

test.each(['https://user@f.example.com/a', 'https://:word@f.example.com/a', 'no address'])(
	'%s is not fetched',
	async (address) => {
		expect(await failureOf({}, address)).toMatchObject({
			message: 'The file was not downloaded, because its address is not a plain URL',
			advice:
				'If it keeps happening, report it to the maintainers of this node or to Feishu support.',
			reaction: 'fail',
		});
	},
);

test('a file announced as large as the limit is accepted', async () => {
	const { context } = contextWith({ headers: { 'content-length': '10' } });
	await expect(download(context, 'https://f.example.com/a', limits)).resolves.toBeDefined();
});

test('a file with one byte received counts as arriving', async () => {
	const body = new PassThrough();
	const { context } = contextWith({ body });
	const file = await download(context, 'https://f.example.com/a', limits);
	const read = buffer(file.stream);
	body.write('a');
	while (file.bytes() === 0) await pause(1);
	setTimeout(() => body.end('b'), 20);
	expect(String(await whileMoving(read, file, 1000))).toBe('ab');
});
