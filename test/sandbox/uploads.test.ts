import { randomBytes } from 'node:crypto';
import { applicationWithoutCheck, startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { bearer, callOf, download, hirePath, send } from './client';
import { formOf, sha256, upload } from './upload';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
});

afterEach(async () => await sandbox.close());

async function fileOf(id: string): Promise<Buffer> {
	const call = await callOf(sandbox);
	const { attachment } = (await call('GET', `/attachments/${id}?type=3`)).json.data;
	return (await download(attachment.url)).data;
}

test('an upload is answered with message, and comes back byte for byte', async () => {
	const bytes = Buffer.concat([
		randomBytes(200_000),
		Buffer.from('\r\n--\r\n----'),
		randomBytes(9),
	]);
	const reply = await upload(sandbox, formOf(bytes, '背调报告(终版).pdf'));
	expect(reply.json).toEqual({
		code: 0,
		message: 'OK',
		data: {
			id: expect.stringMatching(/^\d{19}$/) as string,
			name: '背调报告(终版).pdf',
			url: expect.stringContaining('/hire/file/blob/') as string,
		},
	});
	expect((await download(reply.json.data.url)).data).toEqual(bytes);
	expect(await fileOf(reply.json.data.id)).toEqual(bytes);
	expect(sandbox.requests('upload')[0]?.upload).toMatchObject({
		name: '背调报告(终版).pdf',
		size: bytes.length,
		sha256: sha256(bytes),
	});
});

test('the file is found under its ID on a check as well', async () => {
	const bytes = randomBytes(3000);
	const { id } = (await upload(sandbox, formOf(bytes, 'a.docx'))).json.data;
	const call = await callOf(sandbox);
	const reply = await call('POST', '/external_background_checks', {
		external_application_id: applicationWithoutCheck,
		attachment_id_list: [id],
	});
	const [file] = reply.json.data.external_background_check.attachment_list ?? [];
	expect(file?.id).not.toBe(id);
	expect(await fileOf(file?.id ?? 'none')).toEqual(bytes);
});

test('for a large file, the hash is kept, not the bytes', async () => {
	sandbox.options.keepUploadsUpTo = 1000;
	const bytes = randomBytes(1001);
	const reply = await upload(sandbox, formOf(bytes, 'large.bin'));
	expect(sandbox.requests('upload')[0]?.upload).toEqual({
		name: 'large.bin',
		size: 1001,
		sha256: sha256(bytes),
	});
	expect((await download(reply.json.data.url)).status).toBe(403);
});

test('a quote in a name arrives as a quote', async () => {
	const reply = await upload(sandbox, formOf(Buffer.from('abc'), '引"号.txt'));
	expect(reply.json.data.name).toBe('引"号.txt');
});

test.each([
	['another field', formOf(Buffer.from('a'), 'a.txt', 'file')],
	['no bytes', formOf(Buffer.alloc(0), 'a.txt')],
])('%s is refused', async (_case, form) => {
	const reply = await upload(sandbox, form);
	expect([reply.status, reply.json.code]).toEqual([400, 1002002]);
	expect(reply.json.message).toContain('param error');
	expect(reply.json).not.toHaveProperty('msg');
});

test('the text of a refusal can be called msg', async () => {
	sandbox.options.open.uploadErrorText = 'msg';
	const reply = await upload(sandbox, formOf(Buffer.alloc(0), 'a.txt'));
	expect(reply.json.msg).toContain('the file is empty');
});

test('an incomplete form as body is refused', async () => {
	const headers = { ...(await bearer(sandbox)), 'content-type': 'multipart/form-data; boundary=x' };
	const head = '--x\r\ncontent-disposition: form-data; name="content"; filename="a"\r\n\r\n';
	const url = `${sandbox.url}${hirePath}/attachments`;
	for (const data of ['', 'abc', head, `${head}abc`, `${head}abc\r\n--x`]) {
		expect((await send(url, { method: 'POST', headers, data })).json.code).toBe(1002002);
	}
	const data = `${head}abc\r\n--x--`;
	expect((await send(url, { method: 'POST', headers, data })).json.code).toBe(0);
	const json = { ...headers, 'content-type': 'application/json' };
	expect((await send(url, { method: 'POST', headers: json, data: '{}' })).json.code).toBe(1002002);
});

test('an upload requires hire:attachment', async () => {
	sandbox.app.scopes = ['hire:attachment:readonly'];
	const reply = await upload(sandbox, formOf(Buffer.from('a'), 'a.txt'));
	expect(reply.json.code).toBe(99991672);
});
