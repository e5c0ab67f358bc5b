import { jsonAnswer, jsonBody, specialAttachments } from '../../../sandbox';
import type { FaultAction } from '../../../sandbox';
import { answering, useFileHost } from './fileHost';
import { fieldsOf, filesOf, skippedIn, useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();
const startHost = useFileHost();

const MB = 1024 * 1024;
const { pdf, png, large } = specialAttachments;

/** Makes batch_query list other sizes than the files have. */
const listing =
	(size: unknown): FaultAction =>
	(_request, answer) => {
		const { data } = jsonBody(answer) as {
			data: { items: Array<{ attachment_list: object[] }> };
		};
		const items = data.items.map((check) => ({
			...check,
			attachment_list: check.attachment_list.map((file) => ({ ...file, size })),
		}));
		return jsonAnswer(200, { code: 0, data: { ...data, items } });
	};

test('a file listed as larger than 50 MB is named in the item, and not requested', async () => {
	const { addCheck, download, asked } = await openTenant();
	const check = addCheck([pdf, large, png, { name: '边界.bin', size: 50 * MB }]);
	const result = await download({}, { binaryMode: 'filesystem' });
	const [item] = result.output();
	expect(result.status).toBe('success');
	expect(fieldsOf(item)).toEqual(['attachment_0', 'attachment_2', 'attachment_3']);
	expect(item!.json).toEqual({
		...check,
		attachments_skipped: [
			{ id: large.id, name: large.name, size: large.size, reason: 'larger than 50 MB' },
		],
	});
	expect(asked()).toHaveLength(3);
	expect(asked().some(({ path }) => path.endsWith(large.id))).toBe(false);
});

test('the limit can be a fraction of a MB; all files can exceed it', async () => {
	const { addCheck, download, fetched } = await openTenant();
	const files = filesOf(addCheck([{ name: 'a.pdf', size: 1049 }]));
	const [item] = (await download({ maxAttachmentSizeMb: 0.001 })).output();
	expect(fieldsOf(item)).toEqual([]);
	expect(skippedIn(item)).toEqual([{ ...files[0], reason: 'larger than 0.001 MB' }]);
	expect(fetched()).toEqual([]);
});

describe.each(['default', 'filesystem', 'database'] as const)('binary mode %s', (binaryMode) => {
	test.each([1, '1', null])('listed as %j, but larger: skipped by Content-Length', async (size) => {
		const { addCheck, download, sandbox, asked, fetched } = await openTenant();
		addCheck([large]);
		sandbox.fault({ api: 'batch_query', do: listing(size) });
		const [item] = (await download({ maxAttachmentSizeMb: 1 }, { binaryMode })).output();
		expect(skippedIn(item)).toEqual([
			{ id: large.id, name: large.name, size, reason: 'larger than 1 MB' },
		]);
		expect(fieldsOf(item)).toEqual([]);
		// Not tried again, because a retry would not make it smaller.
		expect([asked().length, fetched().length]).toEqual([1, 1]);
	});

	test('without a Content-Length: stopped as soon as too much has arrived', async () => {
		const { addCheck, download, sandbox } = await openTenant();
		let sent = 0;
		const host = await startHost((response) => {
			const piece = Buffer.alloc(64 * 1024, 'x');
			const more = () => {
				// Chunked and endless.
				while (!response.destroyed && response.write(piece)) sent += piece.length;
			};
			response.on('drain', more);
			more();
		});
		addCheck([{ ...pdf, name: '一.pdf' }, png]);
		sandbox.fault({
			api: 'attachment',
			match: { path: pdf.id },
			do: answering({ url: `${host.url}/endless` }),
		});
		const [item] = (await download({ maxAttachmentSizeMb: 1 }, { binaryMode })).output();
		expect(skippedIn(item)).toEqual([
			{ id: pdf.id, name: '一.pdf', size: pdf.size, reason: 'larger than 1 MB' },
		]);
		expect(fieldsOf(item)).toEqual(['attachment_1']);
		expect(host.requests).toHaveLength(1);
		// The host notices a moment later. A connection that stayed open would exceed the test's time
		// limit.
		while (host.open.size > 0) await new Promise(setImmediate);
		// What the sockets on both sides buffer comes on top of the one MB.
		expect(sent).toBeLessThan(20 * MB);
	});
});
