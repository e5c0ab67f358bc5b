import { specialAttachments, startSandbox } from '../../sandbox';
import type { Attachment, Sandbox } from '../../sandbox';
import { bearer, queryOf, send } from './client';
import type { Reply } from './client';

let sandbox: Sandbox;
let headers: { authorization: string };
let now: number;

const { pdf, docx, resume, hostileName } = specialAttachments;

beforeEach(async () => {
	now = Date.UTC(2025, 3, 2);
	sandbox = await startSandbox({ now: () => now });
	headers = await bearer(sandbox);
});

afterEach(async () => await sandbox.close());

async function get(id: string, type?: string): Promise<Reply> {
	const query = type === undefined ? '' : `?type=${type}`;
	return await send(`${sandbox.url}/open-apis/hire/v1/attachments/${id}${query}`, { headers });
}

async function urlOf(attachment: Attachment, type = '3'): Promise<string> {
	return (await get(attachment.id, type)).json.data.attachment.url;
}

test('the answer names id, url, name, mime and create_time', async () => {
	const reply = await get(pdf.id, '3');
	expect(reply.json).toEqual({
		code: 0,
		msg: 'success',
		data: {
			attachment: {
				id: pdf.id,
				url: expect.stringContaining(`${sandbox.url}/hire/file/blob/`) as string,
				name: '背景调查报告.pdf',
				mime: 'application/pdf',
				create_time: expect.stringMatching(/^\d{13}$/) as string,
			},
		},
	});
	const even = (await get(docx.id, '3')).json.data.attachment;
	expect(typeof even.create_time).toBe('number');
	expect((await get(hostileName.id, '3')).json.data.attachment.name).toBe(hostileName.name);
});

test('type is 1 by default; an attachment is found only under its own type', async () => {
	expect((await get(resume.id)).json.code).toBe(0);
	expect((await get(resume.id, '1')).json.code).toBe(0);
	for (const [id, type] of [
		[resume.id, '3'],
		[pdf.id, undefined],
		[pdf.id, '1'],
		[pdf.id, '2'],
		[pdf.id, '4'],
		['1', '3'],
	] as const) {
		const reply = await get(id, type);
		expect([reply.status, reply.json.code]).toEqual([400, 1002002]);
	}
});

test('either attachment scope is enough, and the scope of the checks is not', async () => {
	sandbox.app.scopes = ['hire:attachment:readonly'];
	expect((await get(pdf.id, '3')).json.code).toBe(0);
	sandbox.app.scopes = ['hire:external_application'];
	const { json } = await get(pdf.id, '3');
	expect(json.code).toBe(99991672);
	expect(json.error.permission_violations.map((one) => one.subject)).toEqual([
		'hire:attachment',
		'hire:attachment:readonly',
	]);
});

test('20 requests/s, a budget separate from the query', async () => {
	const query = await queryOf(sandbox);
	const codes: number[] = [];
	for (let n = 0; n < 21; n++) codes.push((await get(pdf.id, '3')).json.code);
	expect(codes).toEqual([...Array<number>(20).fill(0), 99991400]);
	expect((await query()).json.code).toBe(0);
	sandbox.options.requestsPerSecond = null;
	expect((await get(pdf.id, '3')).json.code).toBe(0);
});

test('a file URL is valid for 30 minutes', async () => {
	const url = await urlOf(pdf);
	now += 30 * 60_000 - 1;
	expect((await send(url)).status).toBe(200);
	now += 1;
	const late = await send(url);
	expect([late.status, late.headers['content-type']]).toEqual([403, 'text/plain; charset=utf-8']);
});

test('a tampered URL is refused, and so is a request with the token', async () => {
	const url = await urlOf(pdf);
	expect((await send(`${url}x`)).status).toBe(403);
	expect((await send(`${sandbox.url}/hire/file/blob/abc`)).status).toBe(403);
	expect((await send(url, { headers })).status).toBe(403);
	expect(sandbox.requests('file').at(-1)?.headers.authorization).toBe(headers.authorization);
});
