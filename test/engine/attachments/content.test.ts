import { jsonAnswer, jsonBody, specialAttachments } from '../../../sandbox';
import { type BinaryMode, readBinary } from '../../harness';
import { sourcesOf } from '../../harness/tenant';
import { answering, useFileHost } from './fileHost';
import { APPLICATION, contentOf, fieldsOf, filesOf, useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();
const startHost = useFileHost();

const { pdf, docx, png, empty, large } = specialAttachments;

describe.each<BinaryMode>(['default', 'filesystem', 'database'])('binary mode %s', (binaryMode) => {
	test('every file is in its item, byte for byte', async () => {
		const { addCheck, download, fetched } = await openTenant();
		const wanted = [
			{ file: pdf, mimeType: 'application/pdf', fileExtension: 'pdf', fileType: 'pdf' },
			{
				file: docx,
				mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
				fileExtension: 'docx',
			},
			{ file: png, mimeType: 'image/png', fileExtension: 'png', fileType: 'image' },
			{ file: empty, mimeType: 'text/plain', fileExtension: 'txt', fileType: 'text' },
			{ file: large, mimeType: 'video/mp4', fileExtension: 'mp4', fileType: 'video' },
		];
		const check = addCheck(wanted.map(({ file }) => file));
		const result = await download({ maxAttachmentSizeMb: 60 }, { binaryMode });
		const [item, ...others] = result.output();
		expect(result.status).toBe('success');
		expect([item!.json, others]).toEqual([check, []]);
		expect(fieldsOf(item)).toEqual([0, 1, 2, 3, 4].map((n) => `attachment_${n}`));
		for (const [index, { file, ...metadata }] of wanted.entries()) {
			const binary = item!.binary?.[`attachment_${index}`];
			expect(binary).toMatchObject({ ...metadata, fileName: file.name });
			expect(binary).not.toHaveProperty('directory');
			if (!binary) continue;
			expect(binary.id?.split(':')[0]).toBe(
				{ default: undefined, filesystem: 'filesystem-v2', database: 'database' }[binaryMode],
			);
			// Not toEqual, which would print 60 MB.
			expect((await contentOf(file)).equals(await readBinary(binary))).toBe(true);
		}
		expect(fetched()).toHaveLength(5);
	});
});

test('without the option nothing changes: no extra request, the list is kept', async () => {
	const { addCheck, query, sandbox } = await openTenant();
	const check = addCheck([pdf, docx]);
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: APPLICATION,
		returnAll: true,
	});
	expect(result.output()).toEqual([{ json: check, pairedItem: { item: 0 } }]);
	expect(sandbox.log.map(({ api }) => api)).toEqual(['token', 'batch_query']);
});

test('checks without files come out unchanged, along with those that have files', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	sandbox.checks.update(addCheck([]).id, { attachment_list: null });
	addCheck([]);
	addCheck([pdf]);
	const result = await download();
	expect(result.output().map(({ json }) => json)).toEqual(sandbox.checks.all());
	expect(result.output().map(fieldsOf)).toEqual([[], [], ['attachment_0']]);
	expect(result.output()[0]).not.toHaveProperty('binary');
});

test('an invalid list, or one with invalid attachments, breaks nothing', async () => {
	const { addCheck, download, sandbox, asked } = await openTenant();
	const check = addCheck([pdf]);
	const lists = [
		[null, 'x', { name: 'no ID.pdf' }, { id: '', name: 'empty ID.pdf' }, ...filesOf(check)],
		'none',
		{ id: pdf.id },
	];
	sandbox.fault({
		api: 'batch_query',
		do: (_request, answer) => {
			const items = lists.map((list, n) => ({ id: String(n), attachment_list: list }));
			return jsonAnswer(200, { ...jsonBody(answer), data: { items, has_more: false } });
		},
	});
	const result = await download();
	expect(result.error?.message).toBeUndefined();
	// Fields are named by the position in the list, whatever else it contains.
	expect(result.output().map(fieldsOf)).toEqual([['attachment_4'], [], []]);
	expect(result.output()[0]!.json.attachments_skipped).toEqual([
		{ name: 'no ID.pdf', reason: 'Feishu returned no ID for it' },
		{ id: '', name: 'empty ID.pdf', reason: 'Feishu returned no ID for it' },
	]);
	expect(asked()).toHaveLength(1);
});

test('the files of a check that several items request are fetched once', async () => {
	const { addCheck, query, asked, fetched } = await openTenant();
	const { id } = addCheck([pdf, png]);
	const result = await query(
		{
			operation: 'getByIds',
			externalBackgroundCheckIds: `${id}, 1`,
			downloadAttachments: true,
		},
		{ items: [{ json: {} }, { json: {} }], binaryMode: 'filesystem' },
	);
	expect(sourcesOf(result)).toEqual([0, 0, 1, 1]);
	expect(result.output().map((item) => fieldsOf(item).length)).toEqual([2, 0, 2, 0]);
	const [first, , second] = result.output();
	expect(first!.binary).toEqual(second!.binary);
	expect([asked().length, fetched().length]).toEqual([2, 2]);
});

test('the type of attachment is requested as set, general by default', async () => {
	const { addCheck, download, asked } = await openTenant();
	addCheck([specialAttachments.resume]);
	const result = await download({ attachmentType: 1, attachmentsPrefix: 'file-' });
	expect([result.status, fieldsOf(result.output()[0])]).toEqual(['success', ['file-0']]);
	const wrong = await download({});
	expect(wrong.status).toBe('error');
	expect(wrong.error?.description).toContain('no such attachment of type 3');
	expect(asked().map(({ query }) => query)).toEqual([{ type: '1' }, { type: '3' }]);
});

test.each([
	['application/pdf; charset=binary', 'application/pdf', 'pdf'],
	['text/html\r\nx: y', 'application/pdf', 'pdf'],
	['', 'application/pdf', 'pdf'],
	[null, 'application/pdf', 'pdf'],
	[['image/png'], 'application/pdf', 'pdf'],
	['see image/png', 'application/pdf', 'pdf'],
	['image/png', 'image/png', 'pdf'],
	['image/png ; q=1', 'image/png', 'pdf'],
])('MIME type: Feishu says %j', async (mime, mimeType, fileExtension) => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([pdf]);
	sandbox.fault({ api: 'attachment', do: answering({ mime }) });
	const [item] = (await download()).output();
	expect(item!.binary?.attachment_0).toMatchObject({ mimeType, fileExtension });
});

test('a file of unknown type has the generic MIME type', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([pdf]);
	const host = await startHost((response) => void response.end('x'.repeat(pdf.size)));
	sandbox.fault({ api: 'attachment', do: answering({ mime: null, url: host.url }) });
	const [item] = (await download()).output();
	expect(item!.binary?.attachment_0).toMatchObject({ mimeType: 'application/octet-stream' });
});

test('the response format Pages cannot hold files: a plain error before any request', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([pdf]);
	const { status, error } = await download({ responseFormat: 'pages' });
	expect([status, error?.message]).toEqual([
		'error',
		'\'Download Attachments\' does not work with the Response Format "Pages"',
	]);
	expect(sandbox.log).toEqual([]);
});
