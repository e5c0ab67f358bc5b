import { createHash } from 'node:crypto';
import type { IBinaryData } from 'n8n-workflow';
import { jsonAnswer } from '../../../sandbox';
import type { BinaryMode } from '../../harness';
import { itemOf } from '../../harness/itemOf';
import { APPLICATION, CONTINUE, errorIn, file, saidBy, useWriteTenant } from './tenant';

const open = useWriteTenant();

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

const bytes = (size: number) => Buffer.from(Array.from({ length: size }, (_, n) => (n * 7) % 256));

test('files arrive byte for byte, with their names, and are on the check', async () => {
	const { sandbox, createChecks } = await open();
	const contents = [bytes(100_000), bytes(3)];
	const names = ['欧阳若兰 背调报告"终稿".pdf', 'C:\\temp\\附件 2.pdf'];
	const binary = {
		report_1: file(names[0] ?? '', contents[0] ?? ''),
		other: file('other.pdf', 'other'),
		report_2: file(names[1] ?? '', contents[1] ?? ''),
	};
	const result = await createChecks([{ json: { name: 'a' }, binary }], { attachments: 'report_*' });
	expect(result.error).toBeUndefined();
	const uploads = sandbox.requests('upload').map(({ upload }) => upload);
	expect(uploads.map((upload) => upload?.sha256)).toEqual(contents.map(sha256));
	expect(uploads.map((upload) => upload?.name)).toEqual([
		'欧阳若兰 背调报告"终稿".pdf',
		'附件 2.pdf',
	]);
	expect(result.output()[0]?.json.attachment_list).toMatchObject([
		{ size: 100_000 },
		{ name: '附件 2.pdf', size: 3 },
	]);
});

test('base64 in lines, as mail has it, arrives byte for byte, at the first attempt', async () => {
	const { sandbox, createChecks } = await open();
	const content = bytes(1000);
	const report = file('a.pdf', content);
	const binary = {
		lines: { ...report, data: report.data.replace(/.{76}/g, '$&\r\n') },
		newLine: { ...report, data: `${report.data}\n` },
	};
	const result = await createChecks([{ json: { name: 'a' }, binary }], {
		attachments: '*',
		options: { timeout: 2000 },
	});
	expect(result.error?.message).toBeUndefined();
	const uploads = sandbox.requests('upload').map(({ upload }) => upload?.sha256);
	expect(uploads).toEqual([sha256(content), sha256(content)]);
});

test('fields can be named one by one, each file once', async () => {
	const { sandbox, createChecks } = await open();
	const binary = { a: file('a.pdf', 'a'), b: file('b.pdf', 'b') };
	await createChecks([{ json: { name: 'x' }, binary }], { attachments: 'b, a, b*' });
	expect(sandbox.requests('upload').map(({ upload }) => upload?.name)).toEqual(['b.pdf', 'a.pdf']);
});

test('a file that Feishu accepts without returning an ID: no check is written', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'upload', do: () => jsonAnswer(200, { code: 0, data: { id: '' } }) });
	const items = [{ json: { name: 'a' }, binary: { data: file('a.pdf', 'a') } }];
	const result = await createChecks(items, { attachments: 'data' });
	expect(saidBy(result.error)).toMatch(/^Feishu accepted the file, but returned no ID for it\n/);
	expect(sandbox.requests('create_check')).toHaveLength(0);
});

const empty = { ...file('empty.pdf', ''), data: '' };
const huge = { ...file('huge.pdf', 'x') };

test.each<[string, Record<string, IBinaryData>, string, string]>([
	['a field that is not there', { a: file('a.pdf', 'a') }, 'b', 'does not have'],
	['an item without files', {}, 'data', 'does not have'],
	['a beginning that nothing has', { a: file('a.pdf', 'a') }, 'report_*', 'does not have'],
	['an empty file', { data: empty }, 'data', 'an empty file'],
	['a file without a name', { data: file('', 'a') }, 'data', 'a file without a name'],
	['a name that is a path only', { data: file('a/', 'a') }, 'data', 'a file without a name'],
	[
		'21 files',
		Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`f${n}`, huge])),
		'f*',
		'contains 21 files',
	],
])('%s is refused before anything is sent', async (_name, binary, attachments, message) => {
	const { sandbox, createChecks } = await open();
	const items = [
		{ json: { name: 'a' }, binary: { [attachments.replace('*', 'x')]: file('good.pdf', 'good') } },
		{ json: { name: 'b' }, binary },
	];
	const result = await createChecks(items, { attachments });
	expect(saidBy(result.error)).toContain(message);
	expect(itemOf(result.error)).toBe(1);
	expect(sandbox.log).toHaveLength(0);
});

test('when the check fails, the error names the uploaded files by their IDs', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({
		api: 'create_check',
		nth: 1,
		do: { kind: 'answer', status: 400, code: 1002002, when: 'before' },
	});
	const binary = { a: file('欧阳若兰.pdf', 'a'), b: file('b.pdf', 'b') };
	const result = await createChecks([{ json: { name: 'x' }, binary }], { attachments: 'a,b' });
	const text = saidBy(result.error);
	const ids = /attachment IDs\): (\d+), (\d+)\./.exec(text)?.slice(1) ?? [];
	expect(ids).toHaveLength(2);
	for (const id of ids) expect(sandbox.uploads.byId(id)).toBeDefined();
	expect(text).not.toContain('欧阳若兰');
});

test('an upload whose answer is lost is repeated with the whole file', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'upload', nth: 1, do: { kind: 'reset', when: 'after' } });
	const content = bytes(300_000);
	const result = await createChecks(
		[{ json: { name: 'x' }, binary: { data: file('a.pdf', content) } }],
		{ attachments: 'data' },
	);
	expect(result.error).toBeUndefined();
	expect(sandbox.requests('upload').at(-1)?.upload?.sha256).toBe(sha256(content));
	expect(sandbox.checks.byApplication(APPLICATION).at(-1)?.attachment_list).toHaveLength(1);
});

test('an upload that Feishu refuses says why, with the text under either key', async () => {
	for (const uploadErrorText of ['message', 'msg'] as const) {
		const { sandbox, createChecks } = await open({ open: { uploadErrorText } });
		sandbox.fault({
			api: 'upload',
			nth: 1,
			do: {
				kind: 'answer',
				status: 400,
				body: { code: 1002002, [uploadErrorText]: 'the file is bad' },
			},
		});
		const result = await createChecks(
			[{ json: { name: 'x' }, binary: { data: file('a.pdf', 'a') } }],
			{ attachments: 'data' },
		);
		expect(saidBy(result.error)).toContain('Feishu says: the file is bad');
		expect(sandbox.checks.byApplication(APPLICATION)).toHaveLength(1);
	}
});

test.each<BinaryMode>(['default', 'filesystem', 'database'])(
	'a file that n8n keeps in mode %s arrives whole',
	async (binaryMode) => {
		const { sandbox, createChecks, query } = await open();
		const content = bytes(150_000);
		// The query node stores a file in n8n; it is then put into a workflow's item by hand.
		const first = await createChecks(
			[{ json: { name: 'x' }, binary: { data: file('a.pdf', content) } }],
			{ attachments: 'data' },
		);
		const read = await query(
			{
				operation: 'getByIds',
				externalBackgroundCheckIds: first.output()[0]?.json.id as string,
				downloadAttachments: true,
			},
			{ binaryMode },
		);
		const binary = read.output()[0]?.binary ?? {};
		const result = await createChecks(
			[{ json: { name: 'y' }, binary }],
			{ attachments: 'attachment_*' },
			{ binaryMode },
		);
		expect(result.error).toBeUndefined();
		expect(sandbox.requests('upload').map(({ upload }) => upload?.sha256)).toEqual([
			sha256(content),
			sha256(content),
		]);
	},
);

test('under Continue On Fail an item with a bad file does not stop the others', async () => {
	const { createChecks } = await open();
	const items = [
		{ json: { name: 'a' } },
		{ json: { name: 'b' }, binary: { data: file('b.pdf', 'b') } },
	];
	const result = await createChecks(items, { attachments: 'data' }, CONTINUE);
	expect(errorIn(result.output()[0] ?? { json: {} })?.message).toContain('does not have');
	expect(result.output()[1]?.json.name).toBe('b');
});
