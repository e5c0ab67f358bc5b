import { orderExamples, startSandbox } from '../../sandbox';
import type { Api, NewOrder, OpenQuestions, Sandbox } from '../../sandbox';
import type { Reply } from './client';
import { orderCallsOf, orderIdsIn, pagesOf, rowsIn } from './orderClient';
import type { OrderCalls, Row } from './orderClient';

let sandbox: Sandbox;
let calls: OrderCalls;
let now: number;

async function start(orders?: NewOrder[], open: Partial<OpenQuestions> = {}): Promise<void> {
	sandbox = await startSandbox({ orders, open, requestsPerSecond: null, now: () => now });
	calls = await orderCallsOf(sandbox);
}

beforeEach(() => {
	now = Date.UTC(2025, 5, 1);
});

afterEach(async () => await sandbox.close());

function open(switches: Partial<OpenQuestions>): void {
	Object.assign(sandbox.options.open, switches);
}

/** Orders 1, 2, 3 of one application, placed in this order and changed in another. */
const three: NewOrder[] = [
	{ id: '1', application_id: '9', begin_time: '1000', update_time: '6000', order_status: 2 },
	{ id: '2', application_id: '9', begin_time: '2000', update_time: '4000', order_status: 3 },
	{ id: '3', application_id: '9', begin_time: '3000', update_time: '5000', order_status: 2 },
];

const codesOf = (reply: Reply) => [reply.status, reply.json.code];
const ids = 'background_check_order_id_list';

describe('the form of an order', () => {
	test('a row has the fields of its page, times as texts, and no talent', async () => {
		await start();
		const { completed } = orderExamples;
		const [row] = rowsIn(await calls.query({ [ids]: [completed] }));
		expect(row).toEqual({
			order_id: completed,
			application_id: sandbox.orders.byId(completed)?.application_id,
			order_status: 3,
			account_third_type: 1,
			provider_info: {
				provider_id: expect.stringMatching(/^\d{19}$/) as string,
				provider_name: { zh_cn: '八方锦程', en_us: expect.any(String) as string },
			},
			package: '基础版',
			begin_time: expect.stringMatching(/^\d{13}$/) as string,
			end_time: expect.stringMatching(/^\d{13}$/) as string,
			update_time: expect.stringMatching(/^\d{13}$/) as string,
			conclusion: '绿灯',
			feedback_info_list: [
				{
					id: expect.stringMatching(/^\d{19}$/) as string,
					report_name: '终版报告',
					report_type: 2,
					result: '绿灯',
					create_time: expect.stringMatching(/^\d{13}$/) as string,
					attachment_url: expect.stringContaining(sandbox.fileHostUrl) as string,
				},
			],
			process_info_list: ['已完成', '背调中', '待安排'].map((process) => ({
				process,
				en_process: expect.any(String) as string,
				update_time: expect.stringMatching(/^\d{13}$/) as string,
			})),
			candidate_info: { name: '林晓彤', first_name: '晓彤', last_name: '林' },
			contactor_info: { name: '孙悦' },
			creator_info: { user_id: 'ou_c7d2a9e1' },
			geo: 'cn',
			location_code: 'CN_1',
			remark: '',
		});
	});

	test('list and query return the same rows, except for fields that require a scope', async () => {
		await start();
		sandbox.app.scopes.push(
			...['talent.mobile', 'talent.email', 'employee.mobile', 'employee.email'].map(
				(field) => `hire:${field}:readonly`,
			),
		);
		const listed = rowsIn(await calls.list({ page_size: '100' }));
		expect(listed).toHaveLength(40);
		expect(rowsIn(await calls.query({}, { page_size: '100' }))).toEqual(listed);
		expect(rowsIn(await calls.query(undefined, { page_size: '100' }))).toEqual(listed);
	});

	test('mobile and email require field scopes in the query; in the list that is an open question', async () => {
		await start();
		const contacts = (reply: Reply) =>
			rowsIn(reply).map(({ candidate_info: candidate, contactor_info: contact }) => [
				candidate?.mobile !== undefined,
				candidate?.email !== undefined,
				contact?.mobile !== undefined,
				contact?.email !== undefined,
			])[0];
		const { application_id: application = '' } = sandbox.orders.byId(orderExamples.completed) ?? {};
		const list = async () => contacts(await calls.list({ application_id: application }));
		const query = async () => contacts(await calls.query({ application_id: application }));
		expect(await list()).toEqual([true, true, true, true]);
		expect(await query()).toEqual([false, false, false, false]);
		open({ listedContacts: 'byScope' });
		expect(await list()).toEqual([false, false, false, false]);
		sandbox.app.scopes.push('hire:talent.mobile:readonly', 'hire:employee.email:readonly');
		expect(await list()).toEqual([true, false, false, true]);
		expect(await query()).toEqual([true, false, false, true]);
	});

	test('user IDs have the requested type; user_id requires a scope', async () => {
		await start();
		const creator = async (type: string) =>
			rowsIn(await calls.list({ user_id_type: type }))[0]?.creator_info;
		expect(await creator('open_id')).toEqual({ user_id: 'ou_c7d2a9e1' });
		expect(await creator('union_id')).toEqual({ user_id: 'on_c7d2a9e1' });
		expect(await creator('user_id')).toEqual({});
		sandbox.app.scopes.push('contact:user.employee_id:readonly');
		expect(await creator('user_id')).toEqual({ user_id: 'c7d2a9e1' });
		expect(codesOf(await calls.list({ user_id_type: 'email' }))).toEqual([400, 1002002]);
	});
});

describe('conditions', () => {
	test('an application; one without orders; one that is unknown or not an ID', async () => {
		await start([...three, { id: '4', application_id: '8' }]);
		for (const ask of [
			calls.list,
			async (body: Record<string, string>) => await calls.query(body),
		]) {
			expect(orderIdsIn(await ask({ application_id: '9' }))).toEqual(['3', '2', '1']);
			expect(orderIdsIn(await ask({ application_id: '8' }))).toEqual(['4']);
			const [empty] = sandbox.ordinaryApplications.all();
			const external = sandbox.applications.all()[0]?.id ?? '';
			expect((await ask({ application_id: external })).json.data).toEqual({
				items: null,
				has_more: false,
			});
			open({ unknownApplication: 'error' });
			expect(codesOf(await ask({ application_id: external }))).toEqual([400, 1002002]);
			expect((await ask({ application_id: empty?.id ?? '' })).json.code).toBe(0);
			open({ unknownApplication: 'empty' });
			expect((await ask({ application_id: 'abc' })).json.code).toBe(1002002);
		}
	});

	test.each([
		['inclusive', ['3', '2']],
		['exclusive', []],
		['endExclusive', ['2']],
	] as const)('the bounds of a time can be %s', async (orderTimeBounds, expected) => {
		await start(three, { orderTimeBounds });
		const updated = { update_start_time: '4000', update_end_time: '5000' };
		expect(orderIdsIn(await calls.list(updated))).toEqual(expected);
		expect(orderIdsIn(await calls.query(updated))).toEqual(expected);
		const begun = { begin_start_time: '2000', begin_end_time: '3000' };
		expect(orderIdsIn(await calls.query(begun))).toEqual(expected);
		// The list has no such filter.
		expect(orderIdsIn(await calls.list(begun))).toEqual(['3', '2', '1']);
	});

	test('a single bound leaves the other side open, is ignored, or refused', async () => {
		await start(three);
		const after = { update_start_time: '5000' };
		const before = { update_end_time: '5000' };
		expect(orderIdsIn(await calls.list(after))).toEqual(['3', '1']);
		expect(orderIdsIn(await calls.query(before))).toEqual(['3', '2']);
		open({ orderOneBound: 'ignored' });
		expect(orderIdsIn(await calls.list(after))).toEqual(['3', '2', '1']);
		open({ orderOneBound: 'error' });
		expect(codesOf(await calls.list(after))).toEqual([400, 1002002]);
		expect((await calls.query({ begin_end_time: '5000' })).json.code).toBe(1002002);
	});

	test('times are texts of ms, the start not after the end', async () => {
		await start(three);
		const late = { update_start_time: '2', update_end_time: '1' };
		for (const wrong of [late, { update_start_time: '2025-01-01' }]) {
			expect(codesOf(await calls.list(wrong))).toEqual([400, 1002002]);
			expect(codesOf(await calls.query(wrong))).toEqual([400, 1002002]);
		}
		expect((await calls.query({ update_start_time: 1 })).json.code).toBe(99992402);
	});

	test('a status is a text of those on the page', async () => {
		await start(three);
		expect(orderIdsIn(await calls.query({ order_status: '2' }))).toEqual(['3', '1']);
		expect(orderIdsIn(await calls.query({ order_status: '9' }))).toEqual([]);
		expect((await calls.query({ order_status: '7' })).json.code).toBe(1002002);
		expect((await calls.query({ order_status: 2 })).json.code).toBe(99992402);
	});

	test('no condition at all: every order, nothing, or an error', async () => {
		await start(three);
		expect(orderIdsIn(await calls.list())).toHaveLength(3);
		open({ unfilteredOrders: 'empty' });
		expect(orderIdsIn(await calls.list())).toHaveLength(0);
		expect(orderIdsIn(await calls.query({ order_status: '2' }))).toHaveLength(2);
		open({ unfilteredOrders: 'error' });
		expect((await calls.query()).json.code).toBe(1002002);
	});

	test('a list of at most 20 IDs overrides every other condition', async () => {
		await start(three);
		const others = { application_id: 'abc', order_status: '7', update_start_time: 'x' };
		expect(orderIdsIn(await calls.query({ [ids]: ['3', '1', '3'], ...others }))).toEqual([
			'1',
			'3',
		]);
		open({ idOrder: 'asked' });
		expect(orderIdsIn(await calls.query({ [ids]: ['3', '1'] }))).toEqual(['3', '1']);
		const many = Array.from({ length: 21 }, (_, index) => String(index + 1));
		expect((await calls.query({ [ids]: many })).json.code).toBe(1002002);
		expect(orderIdsIn(await calls.query({ [ids]: many.slice(0, 20) }))).toHaveLength(3);
		expect((await calls.query({ [ids]: [1] })).json.code).toBe(99992402);
	});

	test('unknown IDs are left out or fail the call; an empty list is one of three things', async () => {
		await start(three);
		expect(orderIdsIn(await calls.query({ [ids]: ['2', '42'] }))).toEqual(['2']);
		open({ unknownIds: 'error' });
		expect((await calls.query({ [ids]: ['2', '42'] })).json.code).toBe(1002002);
		expect(orderIdsIn(await calls.query({ [ids]: [] }))).toHaveLength(3);
		open({ emptyIdList: 'empty' });
		expect(orderIdsIn(await calls.query({ [ids]: [] }))).toHaveLength(0);
		open({ emptyIdList: 'error' });
		expect((await calls.query({ [ids]: [] })).json.code).toBe(1002002);
	});

	test('nothing found: no items, or "IDList is empty"', async () => {
		await start([]);
		expect((await calls.list()).json.data).toEqual({ items: null, has_more: false });
		open({ noOrders: 'error' });
		for (const reply of [await calls.list(), await calls.query({ [ids]: ['42'] })]) {
			expect(reply.status).toBe(400);
			expect(reply.json).toMatchObject({ code: 1002002, msg: 'IDList is empty' });
		}
	});
});

describe('pages', () => {
	test.each([
		['newest', ['3', '2', '1']],
		['oldest', ['1', '2', '3']],
		['lastUpdated', ['1', '3', '2']],
		['firstUpdated', ['2', '3', '1']],
	] as const)('the list can be sorted: %s', async (orderSort, expected) => {
		await start(three, { orderSort });
		for (const orderPaging of ['offset', 'cursor'] as const) {
			open({ orderPaging });
			const pages = await pagesOf(calls.list, { page_size: '2' });
			expect(pages.map((page) => page.length)).toEqual([2, 1]);
			expect((pages.flat() as Row[]).map((row) => row.order_id)).toEqual(expected);
		}
		sandbox.orders.update('2', { order_status: 4 });
		const [first] = orderIdsIn(await calls.list());
		expect(first).toBe(
			orderSort === 'lastUpdated' ? '2' : orderSort === 'firstUpdated' ? '3' : expected[0],
		);
	});

	test('10 rows by default, 100 at most; more is refused, clipped, or empty', async () => {
		await start(Array.from({ length: 120 }, () => ({ application_id: '9' })));
		const sizeOf = async (size?: string) =>
			orderIdsIn(await calls.list(size === undefined ? {} : { page_size: size })).length;
		expect([await sizeOf(), await sizeOf('1'), await sizeOf('100')]).toEqual([10, 1, 100]);
		for (const size of ['101', '0', 'x']) {
			expect((await calls.query({}, { page_size: size })).json.code).toBe(1002002);
		}
		open({ pageSizeError: 'empty' });
		expect(await sizeOf('101')).toBe(0);
		open({ pageSizeError: 'clipped' });
		expect(await sizeOf('200')).toBe(100);
		expect((await calls.list({ page_size: '0' })).json.code).toBe(1002002);
	});

	test('by offset rows shift when an order comes or goes between two pages; by cursor none does', async () => {
		for (const [orderPaging, afterAdd, afterRemove] of [
			['offset', ['1', '2'], ['3']],
			['cursor', ['2', '3'], ['2', '3']],
		] as const) {
			await start(three, { orderPaging, orderSort: 'oldest' });
			const page = { page_size: '1' };
			const first = await calls.list(page);
			const rest = { page_size: '2', page_token: first.json.data.page_token };
			sandbox.orders.add({ id: '4', application_id: '9', begin_time: '500' });
			expect(orderIdsIn(await calls.list(rest))).toEqual(afterAdd);
			sandbox.orders.remove('4');
			sandbox.orders.remove('1');
			expect(orderIdsIn(await calls.list(rest))).toEqual(afterRemove);
			if (orderPaging === 'offset') await sandbox.close();
		}
	});

	test('a token is valid only for its own conditions', async () => {
		await start(three);
		const token = (await calls.list({ page_size: '1' })).json.data.page_token;
		const foreign = { page_token: token, update_start_time: '1' };
		expect((await calls.list(foreign)).json.code).toBe(1002002);
		expect((await calls.query({}, { page_token: token })).json.code).toBe(1002002);
		expect((await calls.list({ page_token: token })).json.code).toBe(0);
	});

	test('page_size pages an ID list, or is ignored', async () => {
		await start(three);
		const body = { [ids]: ['1', '2', '3'] };
		const pages = await pagesOf(async (query) => await calls.query(body, query), {
			page_size: '2',
		});
		expect(pages.map((page) => page.length)).toEqual([2, 1]);
		open({ idListPaging: 'ignore' });
		expect(orderIdsIn(await calls.query(body, { page_size: '2' }))).toHaveLength(3);
	});

	test.each(['token_missing', 'token_repeats', 'endless'] as const)(
		'the lists can be manipulated: %s',
		async (fault) => {
			await start();
			const asks: Array<[Api, () => Promise<Reply>]> = [
				['orders', calls.list],
				['query_orders', calls.query],
				['applications', calls.applications],
			];
			for (const [api, ask] of asks) {
				sandbox.clearFaults();
				sandbox.fault({ api, do: fault });
				const { data } = (await ask()).json;
				expect(data.has_more).toBe(true);
				expect('page_token' in data).toBe(fault !== 'token_missing');
			}
		},
	);

	test('a page of 50,000 orders takes no longer than any other', async () => {
		const cpuMs: number[] = [];
		for (const count of [2_000, 50_000]) {
			await start(Array.from({ length: count }, () => ({ application_id: '9' })));
			await calls.list();
			const before = process.cpuUsage();
			await pagesOf(calls.list, { page_size: '20' });
			const { user, system } = process.cpuUsage(before);
			cpuMs.push((user + system) / 1000);
			if (count < 50_000) await sandbox.close();
		}
		const [few = 0, many = 0] = cpuMs;
		// Sorting all of them for each page would take thirty times as long.
		expect(many).toBeLessThan(5 * few);
	});
});

describe('ordinary applications', () => {
	test('are IDs and nothing else, of one talent or of all', async () => {
		await start();
		const talent = sandbox.talents.add({ name: '多投' }).id;
		const own = Array.from(
			{ length: 250 },
			() => sandbox.ordinaryApplications.add({ talent_id: talent }).id,
		);
		const pages = await pagesOf(calls.applications, { talent_id: talent, page_size: '200' });
		expect(pages.map((page) => page.length)).toEqual([200, 50]);
		expect(pages.flat()).toEqual(own);
		expect((await calls.applications({ page_size: '201' })).json.code).toBe(1002002);
		const all = await pagesOf(calls.applications, { page_size: '200' });
		expect(all.flat()).toEqual(sandbox.ordinaryApplications.all().map(({ id }) => id));
	});

	test('a talent without any: nothing, or "IDList is empty"', async () => {
		await start();
		for (const talent of [sandbox.talents.add({ name: '无投递' }).id, '1']) {
			open({ talentWithoutApplications: 'empty' });
			const reply = await calls.applications({ talent_id: talent });
			expect(reply.json.data).toEqual({ items: null, has_more: false });
			open({ talentWithoutApplications: 'error' });
			expect((await calls.applications({ talent_id: talent })).json).toMatchObject({
				code: 1002002,
				msg: 'IDList is empty',
			});
		}
	});
});

const orderScopes = ['hire:background_check_order', 'hire:background_check_order:readonly'];

test.each<[keyof OrderCalls, Api, number, string[]]>([
	['list', 'orders', 50, orderScopes],
	['query', 'query_orders', 10, orderScopes],
	['applications', 'applications', 50, ['hire:application', 'hire:application:readonly']],
])('%s: either scope, and a limit of its own', async (name, api, limit, scopes) => {
	await start();
	for (const scope of scopes) {
		sandbox.app.scopes = [scope];
		expect((await calls[name]()).json.code).toBe(0);
	}
	sandbox.app.scopes = ['hire:external_application'];
	const refused = (await calls[name]()).json;
	expect(refused.code).toBe(99991672);
	expect(refused.error.permission_violations.map((one) => one.subject)).toEqual(scopes);
	sandbox.app.scopes = scopes;
	sandbox.resetLog();
	sandbox.options.requestsPerSecond = 10;
	const codes: number[] = [];
	for (let n = 0; n <= limit; n++) codes.push((await calls[name]()).json.code);
	expect(codes).toEqual([...Array<number>(limit).fill(0), 99991400]);
	expect(sandbox.requests(api)).toHaveLength(limit + 1);
	if (limit === 10) return;
	// The second window: 1,000 per minute.
	for (let n = limit; n < 1000; n++) {
		if (n % limit === 0) now += 1000;
		expect((await calls[name]()).json.code).toBe(0);
	}
	now += 1000;
	const limited = await calls[name]();
	expect(limited.headers['x-ogw-ratelimit-limit']).toBe('1000');
});
