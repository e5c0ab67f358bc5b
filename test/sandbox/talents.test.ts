import { people, startSandbox } from '../../sandbox';
import type { OpenQuestions, Sandbox } from '../../sandbox';
import { allPages, callOf, idsIn } from './client';
import type { Call, Reply } from './client';

let sandbox: Sandbox;
let call: Call;
let defaults: OpenQuestions;

beforeAll(async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	call = await callOf(sandbox);
	defaults = { ...sandbox.options.open };
});

afterEach(() => {
	Object.assign(sandbox.options.open, defaults);
});

afterAll(async () => await sandbox.close());

function open(switches: Partial<OpenQuestions>): void {
	Object.assign(sandbox.options.open, switches);
}

async function search(query: Record<string, string> = {}): Promise<Reply> {
	return await call('GET', `/talents?${new URLSearchParams(query).toString()}`);
}

async function idsFor(body: unknown): Promise<Reply> {
	return await call('POST', '/talents/batch_get_id', body);
}

async function foundBy(body: unknown): Promise<string[]> {
	return ((await idsFor(body)).json.data.talent_list ?? []).map((entry) => entry.talent_id);
}

const { twoNumbers, sharedName, namesake, shortName, longerName, firstArchive, secondArchive } =
	people;
const [chineseNumber, hongKongNumber] = twoNumbers.mobiles;
const [email] = twoNumbers.emails;

test('a search by relevance puts the exact name first, and finds more than the exact name', async () => {
	const reply = await search({ keyword: '张三', sort_by: '2' });
	expect(idsIn(reply)).toEqual([shortName.id, longerName.id]);
	expect(reply.json.data.items?.[0]).toMatchObject({
		basic_info: {
			name: '张三',
			mobile: shortName.mobiles[0].number,
			mobile_country_code: 'CN_1',
			email: shortName.emails[0],
			birthday: expect.any(String) as string,
		},
	});
});

test('by default the last updated come first; names can be shared', async () => {
	expect(idsIn(await search({ keyword: '欧阳建国' }))).toEqual([namesake.id, sharedName.id]);
});

test('a keyword joins words by and, or, not', async () => {
	expect(idsIn(await search({ keyword: '林晓彤 and 产品经理' }))).toEqual([twoNumbers.id]);
	expect(idsIn(await search({ keyword: '张三 not 张三丰' }))).toEqual([shortName.id]);
	expect(idsIn(await search({ keyword: '张三丰 or 林晓彤' }))).toEqual([
		longerName.id,
		twoNumbers.id,
	]);
});

test('no match is "IDList is empty", unless the error is to be ignored', async () => {
	const refused = await search({ keyword: '查无此人' });
	expect([refused.status, refused.json.code, refused.json.msg]).toEqual([
		400,
		1002002,
		'IDList is empty',
	]);
	const empty = await search({ keyword: '查无此人', query_option: 'ignore_empty_error' });
	expect(empty.json.data).toEqual({ items: null, has_more: false });
});

test('every talent comes once, page by page; a token is valid only for its own search', async () => {
	const pages = await allPages(search, { page_size: '20' });
	expect(new Set(pages.flat()).size).toBe(sandbox.talents.size);
	expect(pages.flat()).toHaveLength(sandbox.talents.size);
	const token = (await search({})).json.data.page_token;
	expect((await search({ page_token: token, keyword: '张三' })).json.code).toBe(1002002);
	expect((await search({ page_size: '21' })).json.code).toBe(1002002);
	expect((await search({ sort_by: '5' })).json.code).toBe(1002002);
});

test('a search can be limited by update time', async () => {
	const time = String(shortName.updatedAt);
	const found = await search({ update_start_time: time, update_end_time: time });
	expect(idsIn(found)).toEqual([shortName.id]);
});

test('batch_get_id echoes the requested kinds and leaves out unknown contacts', async () => {
	const reply = await idsFor({ email_list: [email, 'nobody@example.com'] });
	expect(reply.json.data).toEqual({ talent_list: [{ talent_id: twoNumbers.id, email }] });
	const numbers = await idsFor({ mobile_number_list: [chineseNumber?.number] });
	expect(numbers.json.data.talent_list).toEqual([
		{ talent_id: twoNumbers.id, mobile_code: '86', mobile_number: chineseNumber?.number },
	]);
	expect((await idsFor({})).json.data).toEqual({ talent_list: null });
});

test('one country code applies to all numbers of a request', async () => {
	const body = { mobile_number_list: [hongKongNumber?.number] };
	expect(await foundBy({ ...body, mobile_code: '852' })).toEqual([twoNumbers.id]);
	expect((await idsFor(body)).json.code).toBe(1002009);
});

test('kinds are joined by AND, values of a kind by OR', async () => {
	const numbers = [chineseNumber?.number, shortName.mobiles[0].number];
	expect(await foundBy({ mobile_number_list: numbers })).toEqual([twoNumbers.id, shortName.id]);
	expect(await foundBy({ mobile_number_list: numbers, email_list: [email] })).toEqual([
		twoNumbers.id,
	]);
	expect(
		await foundBy({ mobile_number_list: [chineseNumber?.number], email_list: shortName.emails }),
	).toEqual([]);
});

test('an ID number requires its type', async () => {
	const { type, number } = twoNumbers.identification;
	const body = { identification_number_list: [number] };
	expect(await foundBy({ ...body, identification_type: type })).toEqual([twoNumbers.id]);
	expect(await foundBy({ ...body, identification_type: 2 })).toEqual([]);
	expect((await idsFor(body)).json.code).toBe(1002002);
});

test('one email address can lead to two talents', async () => {
	expect(await foundBy({ email_list: firstArchive.emails })).toEqual([
		firstArchive.id,
		secondArchive.id,
	]);
});

test('a bad number fails the batch with 1002009, or is left out', async () => {
	const body = { mobile_number_list: [chineseNumber?.number, '12345'] };
	const refused = await idsFor(body);
	expect([refused.status, refused.json.code]).toEqual([400, 1002009]);
	open({ badMobile: 'omit' });
	expect(await foundBy(body)).toEqual([twoNumbers.id]);
});

test('two contacts of one talent are two rows, or one', async () => {
	const emails = ['one@example.com', 'two@example.com'];
	const { id } = sandbox.talents.add({ name: '新人', emails });
	expect(await foundBy({ email_list: emails })).toEqual([id, id]);
	open({ contactRows: 'merged' });
	expect(await foundBy({ email_list: [...emails, ...firstArchive.emails] })).toEqual([
		id,
		firstArchive.id,
		secondArchive.id,
	]);
	expect(await foundBy({ email_list: emails.slice(1) })).toEqual([id]);
	sandbox.talents.remove(id);
});

test('an email address in another case is found, or not', async () => {
	const asked = twoNumbers.emails[0].toLowerCase();
	expect(await foundBy({ email_list: [asked] })).toEqual([twoNumbers.id]);
	open({ emailCase: 'exact' });
	expect(await foundBy({ email_list: [asked] })).toEqual([]);
	expect(await foundBy({ email_list: [twoNumbers.emails[0]] })).toEqual([twoNumbers.id]);
});

test.each(['mobile_number_list', 'email_list'])('%s takes 100 values', async (list) => {
	const values = Array.from({ length: 101 }, (_, index) => String(19_800_000_000 + index));
	expect((await idsFor({ [list]: values.slice(1) })).json.code).toBe(0);
	expect((await idsFor({ [list]: values })).json.code).toBe(1002002);
	expect((await idsFor({ [list]: [1] })).json.code).toBe(99992402);
});

test.each([
	['stored', 'Lin.Xiaotong@example.com'],
	['asked', 'LIN.XIAOTONG@example.com'],
	['lowerCase', 'lin.xiaotong@example.com'],
] as const)('an email is found in any case and echoed as %s', async (emailEcho, echo) => {
	open({ emailEcho });
	const reply = await idsFor({ email_list: ['LIN.XIAOTONG@example.com'] });
	expect(reply.json.data.talent_list?.[0]?.email).toBe(echo);
});

test.each([
	['digits', '19900000101'],
	['withCode', '+8619900000101'],
	['masked', '199****0101'],
] as const)('a number is echoed as %s', async (mobileEcho, echo) => {
	open({ mobileEcho });
	const reply = await idsFor({ mobile_number_list: ['19900000101'] });
	expect(reply.json.data.talent_list?.[0]?.mobile_number).toBe(echo);
});

test('Get talent is flat in version 2; unknown is 1002102 with HTTP 404', async () => {
	const reply = await call('GET', `/open-apis/hire/v2/talents/${shortName.id}`);
	expect(reply.json.data).toMatchObject({
		talent_id: shortName.id,
		basic_info: { name: '张三' },
	});
	const unknown = await call('GET', '/open-apis/hire/v2/talents/1');
	expect([unknown.status, unknown.json.code]).toEqual([404, 1002102]);
	expect((await call('GET', `/talents/${shortName.id}`)).status).toBe(404);
});

test('the store follows what a test adds, changes and removes', async () => {
	const { id } = sandbox.talents.add({ name: '新人', emails: ['new@example.com'] });
	expect(id).toMatch(/^\d{19}$/);
	expect(await foundBy({ email_list: ['new@example.com'] })).toEqual([id]);
	sandbox.talents.update(id, { emails: ['newer@example.com'] });
	expect(await foundBy({ email_list: ['new@example.com'] })).toEqual([]);
	expect(await foundBy({ email_list: ['newer@example.com'] })).toEqual([id]);
	expect(sandbox.talents.remove(id)).toBe(true);
	expect(await foundBy({ email_list: ['newer@example.com'] })).toEqual([]);
});
