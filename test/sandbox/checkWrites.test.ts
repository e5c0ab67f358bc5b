import { applicationWithoutCheck, startSandbox } from '../../sandbox';
import type { Check, OpenQuestions, Sandbox } from '../../sandbox';
import { callOf } from './client';
import type { Call, Reply } from './client';
import { formOf, upload } from './upload';

let sandbox: Sandbox;
let call: Call;
let now: number;

const path = '/external_background_checks';
const body = {
	external_application_id: applicationWithoutCheck,
	date: 1741536000000,
	name: '入职前背景调查',
	result: '已通过',
};

beforeEach(async () => {
	now = Date.UTC(2025, 3, 2);
	sandbox = await startSandbox({ requestsPerSecond: null, now: () => now });
	call = await callOf(sandbox);
});

afterEach(async () => await sandbox.close());

function open(switches: Partial<OpenQuestions>): void {
	Object.assign(sandbox.options.open, switches);
}

async function create(more: Record<string, unknown> = {}): Promise<Reply> {
	return await call('POST', path, { ...body, ...more });
}

async function created(more: Record<string, unknown> = {}): Promise<Check> {
	return (await create(more)).json.data.external_background_check;
}

async function update(id: string, fields: Record<string, unknown>): Promise<Reply> {
	return await call('PUT', `${path}/${id}`, {
		external_application_id: applicationWithoutCheck,
		...fields,
	});
}

async function uploadedId(): Promise<string> {
	return (await upload(sandbox, formOf(Buffer.from('%PDF-'), '报告.pdf'))).json.data.id;
}

function held(): Check[] {
	return sandbox.checks.byApplication(applicationWithoutCheck);
}

test('a created check is returned, stored and found by batch_query', async () => {
	const reply = await create();
	const check = reply.json.data.external_background_check;
	expect(check).toEqual({
		...body,
		id: expect.stringMatching(/^\d{19}$/) as string,
		attachment_list: [],
	});
	expect(held()).toEqual([check]);
	const query = { external_background_check_id_list: [check.id] };
	expect((await call('POST', `${path}/batch_query`, query)).json.data.items).toEqual([check]);
	expect(sandbox.checks.size).toBe(361);
});

test('only the application is required, and it must be known', async () => {
	const { id } = await created({ date: undefined, name: undefined, result: undefined });
	expect(sandbox.checks.byId(id)).not.toHaveProperty('name');
	for (const wrong of [undefined, '', 'abc', '42']) {
		const reply = await create({ external_application_id: wrong });
		expect([reply.status, reply.json.code]).toEqual([400, 1002002]);
	}
	expect(held()).toHaveLength(1);
});

test.each([
	['date', '1741536000000'],
	['date', 1.5],
	['name', 1],
	['attachment_id_list', '1'],
	['external_id', 1],
])('a wrong type is a field violation: %s %j', async (field, value) => {
	const reply = await create({ [field]: value });
	expect(reply.json.error.field_violations[0]?.field).toBe(field);
	expect(held()).toHaveLength(0);
});

test('without external_id every request creates a check', async () => {
	await create();
	await create();
	expect(held()).toHaveLength(2);
});

test.each([
	['record', 0, { external_background_check: expect.any(Object) as Check }],
	['empty', 0, {}],
	['error', 1002002, undefined],
] as const)(
	'a repeated external_id creates nothing; the answer is: %s',
	async (reading, code, data) => {
		open({ repeatedExternalId: reading });
		const first = await created({ external_id: 'a' });
		const repeated = await create({ external_id: 'a', name: '另一个' });
		expect(repeated.json.code).toBe(code);
		expect(repeated.json.data).toEqual(data);
		expect(held()).toEqual([first]);
		await create({ external_id: 'b' });
		expect(held()).toHaveLength(2);
	},
);

test('an external_id can be used again after 24 hours, and a refusal does not use it up', async () => {
	await create({ external_id: 'a', external_application_id: '42' });
	await create({ external_id: 'a' });
	now += 24 * 60 * 60 * 1000 - 1;
	await create({ external_id: 'a' });
	expect(held()).toHaveLength(1);
	now += 1;
	await call('POST', path, { ...body, external_id: 'a' }).then((reply) =>
		expect(reply.json.code).toBe(99991663),
	);
	call = await callOf(sandbox);
	await create({ external_id: 'a' });
	expect(held()).toHaveLength(2);
});

test.each([
	['cleared', { name: '新', attachment_list: [] }],
	['kept', { ...body, name: '新' }],
] as const)('a field that an update leaves out is %s', async (omittedOnUpdate, expected) => {
	open({ omittedOnUpdate });
	const check = await created({ attachment_id_list: [await uploadedId()] });
	const reply = await update(check.id, { name: '新' });
	const after = { id: check.id, external_application_id: applicationWithoutCheck, ...expected };
	expect(reply.json.data.external_background_check).toEqual({
		attachment_list: check.attachment_list,
		...after,
	});
	expect(held()).toEqual([reply.json.data.external_background_check]);
});

test('an update requires the application and a known check, and can move it', async () => {
	const { id } = await created();
	expect((await call('PUT', `${path}/${id}`, { name: 'x' })).json.code).toBe(1002002);
	expect((await update('42', {})).json.code).toBe(1002002);
	await update(id, { external_application_id: '7318839904418072621' });
	expect(held()).toHaveLength(0);
	expect(sandbox.checks.byApplication('7318839904418072621')).toHaveLength(3);
});

test.each(['new', 'same'] as const)('an uploaded file has a %s ID on a check', async (reading) => {
	open({ uploadedAttachmentId: reading });
	const id = await uploadedId();
	const { attachment_list: files } = await created({ attachment_id_list: [id, id] });
	expect(files).toEqual([
		{ id: expect.stringMatching(/^\d{19}$/) as string, name: '报告.pdf', size: 5 },
	]);
	expect(files?.[0]?.id === id).toBe(reading === 'same');
	expect((await create({ attachment_id_list: ['42'] })).json.code).toBe(1002002);
});

test.each(['accepted', 'refused', 'copied'] as const)(
	'the ID of a stored attachment sent back is %s',
	async (storedAttachmentId) => {
		const check = await created({ attachment_id_list: [await uploadedId()] });
		const [file] = check.attachment_list ?? [];
		open({ storedAttachmentId });
		const reply = await update(check.id, { ...body, attachment_id_list: [file?.id] });
		const [after] = held()[0]?.attachment_list ?? [];
		expect(reply.json.code).toBe(storedAttachmentId === 'refused' ? 1002002 : 0);
		expect(after).toMatchObject({ name: '报告.pdf', size: 5 });
		expect(after?.id === file?.id).toBe(storedAttachmentId !== 'copied');
	},
);

test('there can be a cap on the attachments of a create', async () => {
	const ids: string[] = [];
	for (let n = 0; n < 21; n++) ids.push(await uploadedId());
	open({ maxAttachments: 20 });
	expect((await create({ attachment_id_list: ids })).json.code).toBe(1002002);
	open({ maxAttachments: null });
	expect((await created({ attachment_id_list: ids })).attachment_list).toHaveLength(21);
});

test('a deleted check is gone; deleting what is not there is an error or a success', async () => {
	const { id } = await created();
	expect((await call('DELETE', `${path}/${id}`)).json).toMatchObject({ code: 0, data: {} });
	expect(held()).toEqual([]);
	expect((await call('DELETE', `${path}/${id}`)).json.code).toBe(1002002);
	open({ deleteUnknown: 'success' });
	expect((await call('DELETE', `${path}/${id}`)).json.code).toBe(0);
});
