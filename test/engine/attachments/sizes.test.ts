import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { jsonAnswer, jsonBody, specialAttachments } from '../../../sandbox';
import { type BinaryMode, readBinary } from '../../harness';
import { answering, useFileHost } from './fileHost';
import {
	type AttachmentTenant,
	contentOf,
	failedIn,
	fieldsOf,
	sizesOf,
	useAttachmentTenant,
} from './tenant';

const openTenant = useAttachmentTenant();
const startHost = useFileHost();

const { pdf, png } = specialAttachments;

type Serve = (response: ServerResponse, content: Buffer) => void;

/** Serves the file from a separate host. @returns the requests to it */
async function serving({ sandbox }: AttachmentTenant, serve: Serve, once?: true) {
	const content = await contentOf(pdf);
	const host = await startHost((response) => {
		if (once && host.requests.length > 1) response.end(content);
		else serve(response, content);
	});
	const when = ({ path }: { path: string }) => path.includes(pdf.id);
	sandbox.fault({ api: 'attachment', when, always: true, do: answering({ url: host.url }) });
	return host.requests;
}

const announcing =
	(change: (content: Buffer) => Buffer, headers: Record<string, string> = {}): Serve =>
	(response, content) => {
		const body = change(content);
		response.writeHead(200, { 'content-length': body.length, ...headers }).end(body);
	};

const HTML = Buffer.from('<!DOCTYPE html><title>Log in</title>');
const GZIP = { 'content-encoding': 'gzip' };
/** Zeros compress to nearly nothing, so the first half unpacks to more bytes than were sent. */
const halfOfPacked = (content: Buffer) => {
	const packed = gzipSync(Buffer.concat([content, Buffer.alloc(1e6)]));
	return packed.subarray(0, packed.length - 500);
};

/** Files that came as a whole, as far as the transfer shows. */
const UNEXPECTED: Array<[string, Serve]> = [
	['short', announcing((content) => content.subarray(0, -1))],
	[
		'short, in pieces',
		(response, content) => void response.write(content.subarray(9), () => response.end()),
	],
	[
		'short, until the connection ends',
		(response, content) => {
			response.removeHeader('transfer-encoding');
			response.writeHead(200, { connection: 'close' });
			response.useChunkedEncodingByDefault = false;
			response.end(content.subarray(9));
		},
	],
	['empty', announcing(() => Buffer.of())],
	[
		'empty, in pieces',
		(response) => void response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(),
	],
	['longer', announcing((content) => Buffer.concat([content, Buffer.of(0)]))],
	['doubled', announcing((content) => Buffer.concat([content, content]))],
	['a web page', announcing(() => HTML, { 'content-type': 'text/html' })],
	[
		'an error in JSON',
		announcing(() => Buffer.from('{"code":1}'), { 'content-type': 'application/json' }),
	],
	[
		'packed and cut off, in pieces',
		(response, content) => void response.writeHead(200, GZIP).end(halfOfPacked(content)),
	],
];

describe.each<BinaryMode>(['default', 'filesystem', 'database'])('binary mode %s', (binaryMode) => {
	test.each(UNEXPECTED)(
		'%s, twice: the file is passed on, and both item and run say so',
		async (_what, serve) => {
			const tenant = await openTenant();
			const requests = await serving(tenant, serve);
			tenant.addCheck([pdf, png]);
			const result = await tenant.download({}, { binaryMode });
			expect(result.error?.message).toBeUndefined();
			const [item] = result.output();
			expect(fieldsOf(item)).toEqual(['attachment_0', 'attachment_1']);
			const [received] = await sizesOf(item);
			expect(received).not.toBe(pdf.size);
			expect(item!.json.attachments_unexpected).toEqual([{ ...pdf, received }]);
			expect(requests).toHaveLength(2);
			expect(result.hints()).toEqual([
				{
					message:
						'1 downloaded file does not have the size that Feishu lists, even after a second download. Check the files named in attachments_unexpected before you use them.',
					location: 'outputPane',
					type: 'warning',
				},
			]);
		},
	);

	test.each(UNEXPECTED)(
		'%s, once: it is fetched again, without a message',
		async (_what, serve) => {
			const tenant = await openTenant();
			const requests = await serving(tenant, serve, true);
			const check = tenant.addCheck([pdf]);
			const result = await tenant.download({}, { binaryMode });
			const [item] = result.output();
			const binary = item!.binary!.attachment_0!;
			expect((await contentOf(pdf)).equals(await readBinary(binary))).toBe(true);
			expect([item!.json, result.hints(), requests.length]).toEqual([check, [], 2]);
		},
	);
});

test.each<[string, Serve, string]>([
	[
		'fewer bytes than announced',
		(response, content) => {
			response.writeHead(200, { 'content-length': content.length });
			response.write(content.subarray(9), () => response.destroy());
		},
		'The file server could not be reached: the connection was lost',
	],
	[
		'fewer bytes than announced, packed',
		announcing((content) => gzipSync(content, { level: 0 }).subarray(0, -50), GZIP),
		'The file download was cut off',
	],
	[
		'packed with a wrong byte',
		announcing((content) => gzipSync(content).fill(255, 20, 40), GZIP),
		'The file server could not be reached: the connection failed',
	],
])('%s: the transfer itself was cut off, which is an error', async (_what, serve, message) => {
	const tenant = await openTenant();
	const requests = await serving(tenant, serve);
	tenant.addCheck([pdf, png]);
	const stopped = await tenant.download();
	expect(stopped.error?.message).toBe(message);
	expect(stopped.error?.description).toMatch(/tried 5 times/);
	expect(requests).toHaveLength(5);
	const continued = await tenant.download(
		{},
		{ nodeSettings: { onError: 'continueRegularOutput' } },
	);
	const [item] = continued.output();
	expect([fieldsOf(item), continued.hints()]).toEqual([['attachment_1'], []]);
	expect(failedIn(item)).toMatchObject([{ ...pdf, message }]);
	expect(item!.json).not.toHaveProperty('attachments_unexpected');
});

test.each<[string, Serve]>([
	['whole', (response, content) => void response.end(content)],
	['packed', announcing((content) => gzipSync(content), GZIP)],
])('%s: one request, no message', async (_what, serve) => {
	const tenant = await openTenant();
	const requests = await serving(tenant, serve);
	const check = tenant.addCheck([pdf]);
	const result = await tenant.download();
	expect(result.output().map(({ json }) => json)).toEqual([check]);
	expect([requests.length, result.hints()]).toEqual([1, []]);
	expect(requests[0]?.headers['accept-encoding']).toBe('identity');
});

test.each<[string, unknown, boolean]>([
	['no size', undefined, true],
	['none', null, true],
	['an empty text', '', true],
	['the right size as text', String(pdf.size), true],
	['nothing', 0, false],
	['another size as text', '5', false],
])('Feishu lists %s', async (_what, size, isExpected) => {
	const tenant = await openTenant();
	tenant.addCheck([pdf]);
	tenant.sandbox.fault({
		api: 'batch_query',
		do: (_request, answer) => {
			const body = jsonBody(answer) as { data: { items: object[] } };
			const items = body.data.items.map((item) => ({
				...item,
				attachment_list: [{ id: pdf.id, size }],
			}));
			return jsonAnswer(200, { ...body, data: { items, has_more: false } });
		},
	});
	const result = await tenant.download();
	const [item] = result.output();
	expect(await sizesOf(item)).toEqual([pdf.size]);
	const told = isExpected ? undefined : [{ id: pdf.id, size, received: pdf.size }];
	expect(item!.json.attachments_unexpected).toEqual(told);
	expect(result.hints()).toHaveLength(isExpected ? 0 : 1);
	expect(tenant.fetched()).toHaveLength(isExpected ? 1 : 2);
});

test('files of several items are counted in one hint', async () => {
	const tenant = await openTenant();
	await serving(
		tenant,
		announcing(() => HTML),
	);
	tenant.addCheck([pdf, png]);
	tenant.addCheck([pdf]);
	const result = await tenant.download();
	expect(result.hints().map(({ message }) => message)).toEqual([
		expect.stringMatching(/^2 downloaded files do not have the size that Feishu lists/),
	]);
});
