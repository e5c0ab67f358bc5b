import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { download, whileMoving } from '../../nodes/shared/feishu/download';
import type { NodeContext } from '../../nodes/shared/feishu/http';

const limits = { timeoutMs: 1000, maxBytes: 10, allowLoopback: false };

/** A context whose helper gives these answers, one after the other, and keeps the requests. */
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

test('with the API elsewhere, plain http on this machine is refused as well', async () => {
	const { context, requests } = contextWith();
	const file = download(context, 'http://127.0.0.1/a.pdf', limits);
	await expect(file).rejects.toThrow('is not https');
	expect(requests).toEqual([]);
	const redirect = contextWith({ statusCode: 302, headers: { location: 'http://localhost/' } });
	await expect(download(redirect.context, 'https://f.example.com/', limits)).rejects.toThrow(
		'is not https',
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
	for (const key of ['headers', 'auth']) expect(requests[0]).not.toHaveProperty(key);
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

test('a file that stands still is given up, and closed', async () => {
	const body = new PassThrough();
	body.write('abc');
	const { context, requests } = contextWith({ body });
	const file = await download(context, 'https://f.example.com/a', limits);
	await expect(whileMoving(buffer(file.stream), file, 100)).rejects.toThrow('stood still');
	expect(requests.map(isAborted)).toEqual([true]);
});

test('a transfer that failed says why, one that came whole does not', async () => {
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
