import { Readable } from 'node:stream';
import type { IBinaryKeyData } from 'n8n-workflow';
import { jsonAnswer } from '../../../sandbox';
import { container, core } from '../../harness/engine';
import { gather } from '../../harness/gather';
import {
	CONTINUE,
	errorIn,
	file,
	saidBy,
	useFewTries,
	useWriteTenant,
	type WriteTenant,
} from './tenant';

const open = useWriteTenant();

useFewTries();

afterEach(() => jest.restoreAllMocks());

const MB = 1024 * 1024;

const withFile = (name: string, content: Buffer | string) => ({
	json: { name },
	binary: { data: file(`${name}.pdf`, content) },
});

const FILES = { attachments: 'data' };

/** How long an upload is held back for others to arrive, in ms. */
async function storedFile({ createChecks, query }: WriteTenant): Promise<IBinaryKeyData> {
	const made = await createChecks([withFile('a', 'a')], FILES);
	const read = await query(
		{
			operation: 'getByIds',
			externalBackgroundCheckIds: made.output()[0]?.json.id as string,
			downloadAttachments: true,
		},
		{ binaryMode: 'filesystem' },
	);
	return read.output()[0]?.binary ?? {};
}

/** Milliseconds that an upload is held back for others to come. */
const HELD_MS = 300;

test('small files are uploaded in parallel, eight at a time', async () => {
	const tenant = await open();
	// Waits for one more than is allowed, so that it would show.
	const most = gather(tenant.sandbox, 'upload', 9, HELD_MS);
	const items = Array.from({ length: 12 }, (_, n) => withFile(`small ${n}`, 'small'));
	const result = await tenant.createChecks(items, FILES);
	expect(result.error).toBeUndefined();
	expect(most()).toBe(8);
});

test('large files are uploaded one after the other', async () => {
	const tenant = await open();
	const most = gather(tenant.sandbox, 'upload', 2, HELD_MS);
	const large = Buffer.alloc(4 * MB);
	const result = await tenant.createChecks([withFile('a', large), withFile('b', large)], FILES);
	expect(result.error).toBeUndefined();
	expect(tenant.sandbox.requests('upload')).toHaveLength(2);
	expect(most()).toBe(1);
});

test('a file may take longer than the timeout, depending on its size', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'upload', always: true, do: { kind: 'delay', ms: 800 } });
	const result = await createChecks([withFile('a', Buffer.alloc(MB))], {
		...FILES,
		options: { timeout: 500 },
	});
	expect(result.error).toBeUndefined();
	expect(sandbox.requests('upload')).toHaveLength(1);
});

test('an upload without an answer times out and is repeated', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({ api: 'upload', nth: 1, do: 'hang' });
	const result = await createChecks([withFile('a', Buffer.alloc(1024))], {
		...FILES,
		options: { timeout: 500 },
	});
	expect(result.error).toBeUndefined();
	expect(sandbox.requests('upload')).toHaveLength(2);
});

test.each([{}, { id: 7 }, { id: null }])(
	'a file that Feishu accepts with the ID %j: no check is written',
	async (data) => {
		const { sandbox, createChecks } = await open();
		sandbox.fault({ api: 'upload', do: () => jsonAnswer(200, { code: 0, data }) });
		const result = await createChecks([withFile('a', 'a')], FILES);
		expect(saidBy(result.error)).toMatch(/^Feishu accepted the file, but returned no ID for it\n/);
		expect(sandbox.requests('create_check')).toHaveLength(0);
	},
);

test('a scope missing for uploads is named, and does not stop items without a file', async () => {
	const { sandbox, createChecks } = await open();
	sandbox.fault({
		api: 'upload',
		always: true,
		do: { kind: 'answer', status: 400, code: 99991672 },
	});
	// Delays the second item until the first has met the missing scope.
	sandbox.fault({ api: 'batch_query', do: { kind: 'delay', ms: 150 } });
	const items = [
		{ ...withFile('a', 'a'), json: { name: 'a', files: 'data', mode: 'create' } },
		{ json: { name: 'b', files: '', mode: 'skip' } },
	];
	const result = await createChecks(
		items,
		{
			attachments: '={{ $json.files }}',
			options: { ifIdenticalExists: '={{ $json.mode }}' },
		},
		CONTINUE,
	);
	const [first, second] = result.output();
	expect(saidBy(first && errorIn(first))).toContain('hire:attachment');
	expect(second?.json.name).toBe('b');
});

test.each<[string, () => Promise<Readable>]>([
	['opened', async () => await Promise.reject<Readable>(new Error('no such object'))],
	[
		'read to its end',
		async () =>
			await Promise.resolve(
				new Readable({
					read() {
						this.destroy(new Error('no such object'));
					},
				}),
			),
	],
])('a file that cannot be %s fails its own item, and no other', async (_how, unreadable) => {
	const tenant = await open();
	const binary = await storedFile(tenant);
	jest.spyOn(container.get(core.BinaryDataService), 'getAsStream').mockImplementation(unreadable);
	const { createChecks, sandbox } = tenant;
	const result = await createChecks(
		[{ json: { name: 'b', files: 'attachment_*' }, binary }, { json: { name: 'c', files: '' } }],
		{ attachments: '={{ $json.files }}' },
		{ ...CONTINUE, binaryMode: 'filesystem' },
	);
	const [first, second] = result.output();
	expect(saidBy(first && errorIn(first))).toMatch(
		/^n8n could not read the file from the field 'attachment_0'\n/,
	);
	expect(second?.json.name).toBe('c');
	expect(sandbox.requests('create_check')).toHaveLength(2);
});

test('a file that cannot be read to its end is closed when its upload is given up', async () => {
	const tenant = await open();
	const binary = await storedFile(tenant);
	const { sandbox, createChecks } = tenant;
	const opened: Readable[] = [];
	jest.spyOn(container.get(core.BinaryDataService), 'getAsStream').mockImplementation(() => {
		const stalled = new Readable({ read: () => {} });
		opened.push(stalled);
		return Promise.resolve(stalled);
	});
	const result = await createChecks(
		[{ json: { name: 'b' }, binary }],
		{ attachments: 'attachment_*', options: { timeout: 500 } },
		{ binaryMode: 'filesystem' },
	);
	expect(result.status).toBe('error');
	expect(opened.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
	expect(sandbox.requests('create_check')).toHaveLength(1);
});
