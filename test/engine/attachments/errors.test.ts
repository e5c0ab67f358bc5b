import { setTimeout as sleep } from 'node:timers/promises';
import { jsonAnswer, specialAttachments } from '../../../sandbox';
import type { RequestRecord } from '../../../sandbox';
import type { RunNodeOptions } from '../../harness';
import { itemOf } from '../../harness/itemOf';
import { sourcesOf } from '../../harness/tenant';
import { useFileHost } from './fileHost';
import { type AttachmentTenant, failedIn, fieldsOf, useAttachmentTenant } from './tenant';

const openTenant = useAttachmentTenant();
const startHost = useFileHost();

const { pdf, docx, png } = specialAttachments;
const continues: Partial<RunNodeOptions> = {
	nodeSettings: { onError: 'continueRegularOutput' },
};

/** Three input items with one check each. The first file of the second check is refused. */
async function withOneBadFile() {
	const tenant = await openTenant();
	const checks = [[png], [pdf, docx], [docx]].map((files) => tenant.addCheck(files));
	tenant.sandbox.fault({
		api: 'attachment',
		match: { path: pdf.id },
		do: { kind: 'answer', status: 400, code: 1002002, msg: 'no such attachment' },
	});
	const run = async (rest: Partial<RunNodeOptions>) =>
		await tenant.query(
			{
				operation: 'getByIds',
				externalBackgroundCheckIds: '={{ $json.id }}',
				downloadAttachments: true,
			},
			{ items: checks.map(({ id }) => ({ json: { id } })), ...rest },
		);
	return { ...tenant, checks, run };
}

test('a failed attachment fails its item, and names itself', async () => {
	const { run } = await withOneBadFile();
	const result = await run({});
	const { error } = result;
	expect([result.status, result.output()]).toEqual(['error', []]);
	expect(error?.name).toBe('NodeApiError');
	expect(error?.message).toContain('(code 1002002)');
	expect(error?.description).toContain('no such attachment');
	expect(error?.description).toContain(`Affected ID: ${pdf.id}.`);
	expect(itemOf(error)).toBe(1);
});

test('on Continue On Fail it is reported in its item, and the other files arrive', async () => {
	const { run, checks } = await withOneBadFile();
	const result = await run(continues);
	expect([result.status, sourcesOf(result)]).toEqual(['success', [0, 1, 2]]);
	const [first, second, third] = result.output();
	expect([first!.json, third!.json]).toEqual([checks[0], checks[2]]);
	expect(result.output().map(fieldsOf)).toEqual([
		['attachment_0'],
		['attachment_1'],
		['attachment_0'],
	]);
	expect(second!.json).toEqual({
		...checks[1],
		attachments_failed: [
			{
				...pdf,
				message: expect.stringContaining('(code 1002002)') as unknown,
				description: expect.stringContaining(pdf.id) as unknown,
				code: 1002002,
				log_id: expect.any(String) as unknown,
				http_status: 400,
			},
		],
	});
});

test('an item that holds its files stays in the regular output when there is an error output', async () => {
	const { run } = await withOneBadFile();
	const result = await run({ nodeSettings: { onError: 'continueErrorOutput' } });
	expect(result.output('Node', 0).map(fieldsOf)).toEqual([
		['attachment_0'],
		['attachment_1'],
		['attachment_0'],
	]);
	expect(failedIn(result.output('Node', 0)[1])).toHaveLength(1);
	expect(result.output('Node', 1)).toEqual([]);
});

describe('a missing scope', () => {
	async function withoutScope(): Promise<AttachmentTenant> {
		const tenant = await openTenant();
		tenant.sandbox.app.scopes = ['hire:external_application:readonly'];
		for (let n = 0; n < 30; n++) tenant.addCheck([{ name: `${n}.pdf`, size: 700 }]);
		return tenant;
	}

	test('is named, with both scopes of which one is enough', async () => {
		const { download } = await withoutScope();
		const { status, error } = await download();
		expect(status).toBe('error');
		expect(error?.message).toMatch(/99991672/);
		expect(error?.description).toMatch(/hire:attachment\b(?!:)/);
		expect(error?.description).toMatch(/hire:attachment:readonly/);
	});

	test('is named where Feishu does not name it', async () => {
		const { addCheck, download, sandbox } = await openTenant();
		addCheck([pdf]);
		const fault = { kind: 'answer', status: 400, code: 99991672 } as const;
		sandbox.fault({ api: 'attachment', do: fault });
		expect((await download()).error?.description).toContain(
			'Any one of these scopes is enough: hire:attachment:readonly, hire:attachment.',
		);
	});

	test('is not requested again for each file', async () => {
		const { download, asked } = await withoutScope();
		const result = await download({}, continues);
		expect(result.output()).toHaveLength(30);
		for (const item of result.output()) {
			expect(failedIn(item)).toMatchObject([{ code: 99991672 }]);
			expect(fieldsOf(item)).toEqual([]);
		}
		// The five that were in flight.
		expect(asked().length).toBeLessThanOrEqual(5);
	});
});

test('after a failure nothing more is fetched, and what is in progress ends', async () => {
	const { addCheck, download, sandbox, asked } = await openTenant();
	const host = await startHost((response) => {
		response.writeHead(200, { 'content-length': 1000 }).write('x');
	});
	addCheck(Array.from({ length: 20 }, (_, n) => ({ name: `${n}.pdf`, size: 700 })));
	sandbox.fault({ api: 'file', times: 4, do: { kind: 'redirect', to: `${host.url}/hang` } });
	const isFifth = ({ n }: RequestRecord) => n === asked()[4]?.n;
	sandbox.fault({
		api: 'attachment',
		when: isFifth,
		do: async () => {
			while (host.requests.length < 4) await sleep(5);
			return jsonAnswer(400, { code: 1002002, msg: 'invalid param' });
		},
	});
	expect((await download()).status).toBe('error');
	expect(asked()).toHaveLength(5);
	await sleep(100);
	expect(host.requests).toHaveLength(4);
	expect(host.open.size).toBe(0);
});

test('neither the address of a file nor token nor secret is in what n8n stores', async () => {
	const { addCheck, download, sandbox } = await openTenant();
	addCheck([pdf, docx]);
	sandbox.fault({ api: 'file', always: true, do: { kind: 'answer', status: 403, body: 'no' } });
	for (const rest of [{}, continues]) {
		const { serialized } = await download({}, rest);
		expect(serialized).toContain('HTTP 403');
		expect(serialized).not.toMatch(/\/hire\/file\/blob\//);
		expect(serialized).not.toMatch(/\bt-[0-9a-f]{20,}/);
		expect(serialized).not.toContain(sandbox.app.appSecret);
	}
});
