import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { specialAttachments } from '../../../sandbox';
import type { FaultAction, PlainFault } from '../../../sandbox';
import { setLimits } from '../../faults/support/limits';
import { type BinaryMode, engineVersion, readBinary } from '../../harness';
import { answering, useFileHost } from './fileHost';
import { contentOf, failedIn, fieldsOf, sizesOf, useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();
const startHost = useFileHost();

const { pdf, docx } = specialAttachments;
const modes: BinaryMode[] = ['default', 'filesystem', 'database'];

/** Temporary failures of any request. */
const passing: Array<[string, FaultAction | PlainFault]> = [
	['a reset connection', 'reset'],
	['no answer', 'hang'],
	['HTTP 502', 'html'],
	['HTTP 429', { kind: 'html', status: 429 }],
	['HTTP 408', { kind: 'html', status: 408 }],
	['a body that is cut off', 'cut'],
];

/** Temporary failures that only an API can report. */
const ofTheApi: typeof passing = [
	['the rate limit', { kind: 'rate_limit', reset: 0 }],
	['an expired token', 'expire'],
	['a system error', { kind: 'answer', status: 500, code: 1002001 }],
	['an empty body', 'empty'],
];

test.each([...passing, ...ofTheApi])('address: %s is tried again', async (_kind, fault) => {
	const { addCheck, download, sandbox, asked } = await openTenant();
	addCheck([pdf]);
	sandbox.fault({ api: 'attachment', nth: 1, do: fault });
	const result = await download({ timeout: 400 });
	expect([result.error?.message, fieldsOf(result.output()[0])]).toEqual([
		undefined,
		['attachment_0'],
	]);
	expect(asked()).toHaveLength(2);
});

describe.each(modes)('binary mode %s', (binaryMode) => {
	test.each(passing)(
		'file: %s is tried again, and the whole file arrives',
		async (_kind, fault) => {
			const { addCheck, download, sandbox, asked, fetched } = await openTenant();
			addCheck([{ ...pdf, size: 300_000 }]);
			sandbox.fault({ api: 'file', nth: [1, 2], do: fault });
			const result = await download({ timeout: 400 }, { binaryMode });
			expect(result.error?.message).toBeUndefined();
			const binary = result.output()[0]!.binary?.attachment_0;
			const content = await contentOf({ ...pdf, size: 300_000 });
			expect(binary && content.equals(await readBinary(binary))).toBe(true);
			expect([asked().length, fetched().length]).toEqual([3, 3]);
		},
	);

	test('a file that is always cut off is an error, never a short file', async () => {
		const { addCheck, download, sandbox, fetched } = await openTenant();
		addCheck([pdf]);
		sandbox.fault({ api: 'file', always: true, do: 'cut' });
		const { status, error } = await download({}, { binaryMode });
		expect(status).toBe('error');
		expect(error?.message).toBe('The file server could not be reached: the connection was lost');
		expect(error?.description).toMatch(/tried 5 times/);
		// No user enters the address of a file.
		expect(error?.description).not.toMatch(/base URL/);
		expect(fetched()).toHaveLength(5);
	});

	test('a stalled file is given up, and its connection closed', async () => {
		const { addCheck, download, sandbox } = await openTenant();
		addCheck([pdf]);
		const host = await startHost((response) => {
			response.writeHead(200, { 'content-length': 1000 }).write('x'.repeat(500));
		});
		const url = `${host.url}/a.pdf`;
		sandbox.fault({ api: 'attachment', always: true, do: answering({ url }) });
		const result = await download(
			{ timeout: 80 },
			{ binaryMode, nodeSettings: { onError: 'continueRegularOutput' } },
		);
		expect(failedIn(result.output()[0])).toMatchObject([
			{ id: pdf.id, message: 'The file download stalled' },
		]);
		expect(fieldsOf(result.output()[0])).toEqual([]);
		expect(host.requests).toHaveLength(5);
		await sleep(50);
		expect(host.open.size).toBe(0);
	});
});

test('a host that is down gets no requests for a while', async () => {
	const { addCheck, download, sandbox, asked, fetched } = await openTenant();
	addCheck([pdf]);
	sandbox.fault({ api: 'file', always: true, do: 'html' });
	// Drawn from half an hour, so that the test would not see the end of the wait.
	setLimits({ backoffMs: 1_800_000, maxBackoffMs: 1_800_000, totalMs: 3_600_000 });
	const stopAfterFirst = (cancel: () => void) => {
		if (fetched().length > 0) setTimeout(cancel, 200);
		else setTimeout(stopAfterFirst, 10, cancel);
	};
	const { status } = await download({}, { onStart: ({ cancel }) => stopAfterFirst(cancel) });
	setLimits({ backoffMs: 1 });
	expect([status, asked().length, fetched().length]).toEqual(['canceled', 1, 1]);
});

test('a slow file arrives whole, however long it takes', async () => {
	const { addCheck, download, sandbox, fetched } = await openTenant();
	addCheck([{ ...pdf, size: 2000 }]);
	sandbox.fault({ api: 'file', do: { kind: 'slow', bytesPerSecond: 2000 } });
	const startedAt = performance.now();
	const [item] = (await download({ timeout: 300 })).output();
	expect(performance.now() - startedAt).toBeGreaterThan(900);
	expect(await sizesOf(item)).toEqual([2000]);
	expect(fetched()).toHaveLength(1);
});

test('a failed file leaves nothing on n8n’s disk', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([docx]);
	// n8n 1.x keeps chunks without a file's metadata until it deletes the execution.
	const pieces = engineVersion.startsWith('1.') ? /\.metadata$/ : /binary_data\/./;
	const first = await download({}, { binaryMode: 'filesystem' });
	const id = first.output()[0]!.binary?.attachment_0!.id;
	const workflow = /^filesystem-v2:(workflows\/[^/]+)\//.exec(id ?? '')?.[1] ?? '';
	const stored = () =>
		readdirSync(process.env.N8N_USER_FOLDER ?? '', { recursive: true })
			.map(String)
			.filter((file) => file.includes(workflow) && pieces.test(file));
	const before = stored();
	// Proves that this is the right folder.
	expect(before).not.toEqual([]);
	sandbox.fault({ api: 'file', always: true, do: 'cut' });
	expect((await download({}, { binaryMode: 'filesystem' })).status).toBe('error');
	await sleep(50);
	expect(stored()).toEqual(before);
});

test('a file that n8n cannot store is an error that says so, and is fetched once', async () => {
	const { addCheck, download, fetched } = await openTenant();
	addCheck([pdf]);
	expect((await download({}, { binaryMode: 'filesystem' })).status).toBe('success');
	const userFolder = process.env.N8N_USER_FOLDER ?? '';
	const found = readdirSync(userFolder, { recursive: true })
		.map(String)
		.find((file) => path.basename(file) === 'workflows');
	const folder = path.join(userFolder, found ?? 'workflows');
	renameSync(folder, `${folder}.aside`);
	writeFileSync(folder, 'in the way');
	try {
		const { error } = await download({}, { binaryMode: 'filesystem' });
		expect(error?.message).toBe('n8n could not store the file');
		expect(error?.description).toMatch(/Check the disk space of n8n/);
		expect(fetched()).toHaveLength(2);
	} finally {
		rmSync(folder);
		renameSync(`${folder}.aside`, folder);
	}
});
