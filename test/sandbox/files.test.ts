import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { crc32, inflateRawSync } from 'node:zlib';
import axios from 'axios';
import {
	addCheckWithAttachments,
	fileContent,
	specialAttachments,
	startSandbox,
} from '../../sandbox';
import type { Attachment, Sandbox } from '../../sandbox';
import { bearer, download as fetchFile, send } from './client';

let sandbox: Sandbox;
let headers: { authorization: string };

const { pdf, docx, png, empty, large } = specialAttachments;

beforeEach(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	headers = await bearer(sandbox);
});

afterEach(async () => await sandbox.close());

async function urlOf({ id }: Attachment): Promise<string> {
	const path = `/open-apis/hire/v1/attachments/${id}?type=3`;
	return (await send(sandbox.url + path, { headers })).json.data.attachment.url;
}

async function download(url: string): Promise<Buffer> {
	const { status, data } = await fetchFile(url);
	expect(status).toBe(200);
	return data;
}

async function hashOf(bytes: AsyncIterable<Buffer>): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of bytes) hash.update(chunk);
	return hash.digest('hex');
}

test.each([
	['PDF', pdf, '%PDF-'],
	['DOCX', docx, 'PK\x03\x04'],
	['PNG', png, '\x89PNG'],
])('the %s is real, as long as listed, and the same every time', async (_kind, file, magic) => {
	const bytes = await download(await urlOf(file));
	expect(bytes.length).toBe(file.size);
	expect(bytes.subarray(0, magic.length).toString('latin1')).toBe(magic);
	expect(await download(await urlOf(file))).toEqual(bytes);
	const { headers: told } = await fetchFile(await urlOf(file));
	expect(told['content-type']).toBe(fileContent(file).mime);
	expect(told['content-disposition']).toContain("filename*=UTF-8''%E");
});

test('with padding, the PDF still ends as one, and the DOCX is a complete archive with a comment', async () => {
	const size = 60_000;
	const { attachment_list: files } = addCheckWithAttachments(sandbox.checks, [
		{ name: '报告.pdf', size },
		{ name: '履历.docx', size },
	]);
	const [report, history] = await Promise.all(
		(files ?? []).map(async (file) => await download(await urlOf(file))),
	);
	const [, offset] = /startxref\n(\d+)\n%%EOF\n$/.exec(report?.toString('latin1') ?? '') ?? [];
	expect(report?.subarray(Number(offset)).toString('latin1')).toMatch(/^xref\n/);
	const archive = history ?? Buffer.alloc(0);
	const end = archive.lastIndexOf('PK\x05\x06');
	expect(end + 22 + archive.readUInt16LE(end + 20)).toBe(size);
});

test('the parts of the DOCX and the chunks of the PNG have correct checksums', async () => {
	const archive = await download(await urlOf(docx));
	const packed = archive
		.subarray(30 + archive.readUInt16LE(26))
		.subarray(0, archive.readUInt32LE(18));
	const data = inflateRawSync(packed);
	expect(data.toString()).toMatch(/^<\?xml.*<\/Types>$/s);
	expect(crc32(data)).toBe(archive.readUInt32LE(14));
	const image = await download(await urlOf(png));
	const header = image.subarray(12, 12 + 4 + 13);
	expect(crc32(header)).toBe(image.readUInt32BE(12 + 4 + 13));
});

test('every file of the data set is as long as listed, and contains its ID', async () => {
	const listed = sandbox.checks.all().flatMap((check) => check.attachment_list ?? []);
	for (const attachment of listed.slice(0, 40)) {
		const bytes = await download(await urlOf(attachment));
		expect(bytes.length).toBe(attachment.size);
		expect(bytes.includes(attachment.id)).toBe(true);
	}
});

test('an empty file has no bytes; an unknown extension or a tiny size gives no format', async () => {
	expect(await download(await urlOf(empty))).toHaveLength(0);
	const check = addCheckWithAttachments(sandbox.checks, [
		{ name: '报告.pdf', size: 10 },
		{ name: '报告', size: 100_000 },
	]);
	for (const attachment of check.attachment_list ?? []) {
		expect(await download(await urlOf(attachment))).toHaveLength(attachment.size);
	}
});

test('60 MB arrive as a stream, the same bytes every time', async () => {
	const { headers: told, data } = await axios.get<Readable>(await urlOf(large), {
		responseType: 'stream',
	});
	expect(told['content-length']).toBe(String(60 * 1024 * 1024));
	expect(await hashOf(data)).toBe(await hashOf(fileContent(large).open()));
});

test('files can be cut, reset, slowed down and redirected', async () => {
	const url = await urlOf(pdf);
	sandbox.fault({ api: 'file', do: 'cut' });
	await expect(fetchFile(url)).rejects.toMatchObject({
		code: 'ERR_BAD_RESPONSE',
		response: { headers: { 'content-length': String(pdf.size) } },
	});
	sandbox.fault({ api: 'file', do: 'reset' });
	await expect(fetchFile(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
	sandbox.fault({ api: 'file', do: { kind: 'slow', bytesPerSecond: pdf.size * 4 } });
	const begin = performance.now();
	expect(await download(url)).toHaveLength(pdf.size);
	expect(performance.now() - begin).toBeGreaterThan(200);
	sandbox.fault({ api: 'file', do: { kind: 'redirect', to: 'http://elsewhere.invalid' } });
	const redirected = await fetchFile(url, { maxRedirects: 0 });
	expect(redirected.headers.location).toBe(url.replace(sandbox.url, 'http://elsewhere.invalid'));
});

test('a check that is added with files lists them under IDs of their own', () => {
	const files = [
		{ name: 'a.pdf', size: 2000 },
		{ name: 'a.pdf', size: 2000 },
	];
	const first = addCheckWithAttachments(sandbox.checks, files, { external_application_id: '5' });
	const second = addCheckWithAttachments(sandbox.checks, [large]);
	const ids = [first, second].flatMap((check) => check.attachment_list ?? []).map(({ id }) => id);
	expect(new Set(ids).size).toBe(3);
	expect(ids[2]).toBe(large.id);
	expect(sandbox.checks.byApplication('5')).toEqual([first]);
});
