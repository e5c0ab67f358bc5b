import { startSandbox } from '../../sandbox';
import type { OpenQuestions, Sandbox } from '../../sandbox';
import { batchQueryPath, bearer, idsIn, listName, queryOf, send } from './client';
import type { Query } from './client';

let sandbox: Sandbox;
let query: Query;
let defaults: OpenQuestions;

const known = ['7318840216653955117', '7318840216653955118', '7318840216653955119'];
const application = '7318839904418072621';

beforeAll(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	query = await queryOf(sandbox);
	defaults = { ...sandbox.options.open };
});

afterEach(() => {
	Object.assign(sandbox.options.open, defaults);
});

afterAll(async () => await sandbox.close());

function open(switches: Partial<OpenQuestions>): void {
	Object.assign(sandbox.options.open, switches);
}

async function raw(data?: string, contentType?: string) {
	const headers = {
		...(await bearer(sandbox)),
		...(contentType && { 'content-type': contentType }),
	};
	return await send(sandbox.url + batchQueryPath, { method: 'POST', data, headers });
}

test('page_size is 10 by default and may be 1 to 20', async () => {
	expect(idsIn(await query())).toHaveLength(10);
	expect(idsIn(await query({ page_size: '' }))).toHaveLength(10);
	expect(idsIn(await query({ page_size: '1' }))).toHaveLength(1);
	expect(idsIn(await query({ page_size: '20' }))).toHaveLength(20);
});

test.each(['0', '21', '-1', '1.5', 'ten', '99999999999999999999'])(
	'page_size %s is refused in each of the three ways',
	async (size) => {
		const refused = await query({ page_size: size });
		expect([refused.status, refused.json.code]).toEqual([400, 1002002]);
		open({ pageSizeError: '99992402' });
		const violation = await query({ page_size: size });
		expect([violation.status, violation.json.code]).toEqual([400, 99992402]);
		expect(violation.json.error.field_violations).toEqual([
			{ field: 'page_size', value: size, description: expect.any(String) as string },
		]);
		open({ pageSizeError: 'empty' });
		const empty = await query({ page_size: size });
		expect(empty.json).toEqual({
			code: 0,
			msg: 'success',
			data: { items: null, has_more: false },
		});
	},
);

test('an application filters; an unknown one is empty or an error; a malformed one an error', async () => {
	const filtered = await query({ external_application_id: application });
	expect(idsIn(filtered)).toEqual(known.slice(0, 2));
	const unknown = { external_application_id: '1' };
	expect((await query(unknown)).json.data).toEqual({ items: null, has_more: false });
	open({ unknownApplication: 'error' });
	expect((await query(unknown)).json.code).toBe(1002002);
	expect((await query({ external_application_id: 'abc' })).json.code).toBe(1002002);
	expect((await query({ external_application_id: '1'.repeat(21) })).json.code).toBe(1002002);
});

test('no condition at all: everything, nothing, or an error', async () => {
	expect(idsIn(await query())).toHaveLength(10);
	expect(idsIn(await query({ external_application_id: '' }))).toHaveLength(10);
	open({ unfiltered: 'empty' });
	expect(idsIn(await query())).toHaveLength(0);
	open({ unfiltered: 'error' });
	expect((await query()).json.code).toBe(1002002);
});

test('an ID list is the only condition: others are not even checked', async () => {
	const reply = await query({ external_application_id: 'abc' }, { [listName]: [known[2]] });
	expect(idsIn(reply)).toEqual([known[2]]);
});

test('IDs beyond the safe integers of JS are told apart', async () => {
	for (const id of known) expect(idsIn(await query({}, { [listName]: [id] }))).toEqual([id]);
});

test('20 IDs pass, 21 do not; duplicates are returned once', async () => {
	const all = sandbox.checks.all().map((check) => check.id);
	const twenty = await query({ page_size: '20' }, { [listName]: all.slice(0, 20) });
	expect(idsIn(twenty)).toHaveLength(20);
	expect((await query({}, { [listName]: all.slice(0, 21) })).json.code).toBe(1002002);
	expect(idsIn(await query({}, { [listName]: [known[0], known[0]] }))).toEqual([known[0]]);
});

test('unknown IDs are left out, or fail the whole call', async () => {
	const body = { [listName]: [known[0], '42'] };
	expect(idsIn(await query({}, body))).toEqual([known[0]]);
	open({ unknownIds: 'error' });
	const reply = await query({}, body);
	expect([reply.status, reply.json.code]).toEqual([400, 1002002]);
});

test('an ID list is answered in stored, asked or reversed order', async () => {
	const asked = [known[1], known[2], known[0]];
	expect(idsIn(await query({}, { [listName]: asked }))).toEqual(known);
	open({ idOrder: 'asked' });
	expect(idsIn(await query({}, { [listName]: asked }))).toEqual(asked);
	open({ idOrder: 'reversed' });
	expect(idsIn(await query({}, { [listName]: asked }))).toEqual([...asked].reverse());
});

test('an empty list: as if none was passed, nothing, or an error', async () => {
	const body = { [listName]: [] };
	expect(idsIn(await query({}, body))).toHaveLength(10);
	expect(idsIn(await query({ external_application_id: application }, body))).toHaveLength(2);
	open({ emptyIdList: 'empty' });
	expect(idsIn(await query({}, body))).toHaveLength(0);
	open({ emptyIdList: 'error' });
	expect((await query({}, body)).json.code).toBe(1002002);
});

test.each([[[7318840216653955000]], ['7318840216653955117'], [[null]], [{ id: '1' }]])(
	'a list that is not an array of strings is a field violation, or 1002002: %j',
	async (list) => {
		const reply = await query({}, { [listName]: list });
		expect([reply.status, reply.json.code]).toEqual([400, 99992402]);
		expect(reply.json.error.field_violations[0]?.field).toBe(listName);
		open({ listTypeError: '1002002' });
		expect((await query({}, { [listName]: list })).json.code).toBe(1002002);
	},
);

test.each([['abc'], [''], [' 1'], ['-1'], ['1'.repeat(21)]])('%j is not an ID', async (id) => {
	expect((await query({}, { [listName]: [id] })).json.code).toBe(1002002);
});

test.each(['no JSON', '[]', '"text"', 'null', '{"a":'])('the body %s is refused', async (body) => {
	const reply = await query({}, body);
	expect([reply.status, reply.json.code]).toEqual([400, 1002002]);
	open({ badBody: '9499' });
	expect((await query({}, body)).json.code).toBe(9499);
});

test('no body and a list of null count as no list', async () => {
	expect((await raw()).json.code).toBe(0);
	expect(idsIn(await query({}, { [listName]: null }))).toHaveLength(10);
});

test('a body that is not sent as JSON is refused, so that a list is never ignored', async () => {
	const body = JSON.stringify({ [listName]: [known[0]] });
	expect((await raw(body, 'text/plain')).json.code).toBe(1002002);
	const plainJson = await raw(body, 'application/json');
	expect(idsIn(plainJson)).toEqual([known[0]]);
});
