import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { jsonAnswer, orderExamples, type Order, type RequestRecord } from '../../../sandbox';
import { manyOrders, orderIdsOf, rowsOf, useOrderTenant } from './tenant';

const open = useOrderTenant();

const DAY_MS = 24 * 60 * 60_000;
const ALL: INodeParameters = { returnAll: true };

/** The start of a day in the zone of all test workflows. */
const dayOf = (day: string) => Date.parse(`${day}T00:00:00+08:00`);

const bodyOf = ({ body }: RequestRecord) => JSON.parse(body) as IDataObject;

test('Return All: every order once, a hundred in a request', async () => {
	const { ask, sandbox, count } = await open({ orders: manyOrders(250) });
	const result = await ask('getMany', ALL);
	const newest = sandbox.orders.sorted('newest').map(({ id }) => id);
	expect(newest).toHaveLength(250);
	expect(orderIdsOf(result)).toEqual(newest);
	expect(count()).toMatchObject({ list: 3, query: 0 });
	const [first, ...others] = sandbox.requests('orders').map(({ query }) => query);
	expect(first).toEqual({ page_size: '100' });
	for (const { page_size, page_token, ...rest } of others) {
		expect([page_size, rest]).toEqual(['100', {}]);
		expect(page_token).toMatch(/./);
	}
	expect(result.hints()).toEqual([]);
});

test.each(['all', 'empty', 'error'] as const)(
	'every order, even if a list without a condition is answered with: %s',
	async (unfilteredOrders) => {
		const { ask, sandbox, count } = await open({ orders: manyOrders(250) });
		Object.assign(sandbox.options.open, { unfilteredOrders });
		expect(new Set(orderIdsOf(await ask('getMany', ALL))).size).toBe(250);
		expect(count().list).toBe(unfilteredOrders === 'all' ? 3 : 4);
	},
);

test('a list that is sorted in another way, or paged by a cursor, is read as a whole', async () => {
	for (const orderPaging of ['offset', 'cursor'] as const) {
		for (const orderSort of ['newest', 'oldest', 'lastUpdated', 'firstUpdated'] as const) {
			const { ask, sandbox } = await open({ orders: manyOrders(201) });
			Object.assign(sandbox.options.open, { orderPaging, orderSort });
			expect(new Set(orderIdsOf(await ask('getMany', ALL))).size).toBe(201);
		}
	}
});

test('an order that moves to a later page while the list is read comes once', async () => {
	const { ask, sandbox } = await open({ orders: manyOrders(150) });
	sandbox.fault({
		api: 'orders',
		nth: [1],
		do: (_request, answer) => {
			sandbox.orders.add({ application_id: '1', begin_time: String(Date.UTC(2026, 0)) });
			return answer;
		},
	});
	const ids = orderIdsOf(await ask('getMany', ALL));
	expect(ids).toHaveLength(150);
	expect(new Set(ids).size).toBe(150);
});

test.each([
	[50, 1, {}],
	[100, 1, { limit: 100 }],
	[101, 2, { limit: 101 }],
])(
	'limit: %i orders in %i requests, and a hint that there may be more',
	async (rows, requests, parameters) => {
		const { ask, count } = await open({ orders: manyOrders(250) });
		const result = await ask('getMany', parameters);
		expect(rowsOf(result)).toHaveLength(rows);
		expect(count().list).toBe(requests);
		expect(result.hints().map(({ message }) => message)).toEqual([
			'There may be more background check orders than the limit allows. To get all of them, turn on Return All.',
		]);
	},
);

test.each(['empty', 'error'] as const)(
	'a tenant without orders (%s): nothing, and no error',
	async (noOrders) => {
		const { ask, sandbox } = await open({ orders: [] });
		sandbox.options.open.noOrders = noOrders;
		const result = await ask('getMany', ALL);
		expect([result.error?.message, result.output()]).toEqual([undefined, []]);
		const filtered = await ask('getMany', {
			...ALL,
			filters: { status: 3, updatedFrom: '2025-01-01' },
		});
		expect([filtered.error?.message, filtered.output()]).toEqual([undefined, []]);
	},
);

describe('filters', () => {
	const inRange = (time: unknown, from: number, to: number) =>
		Number(time) >= from && Number(time) <= to;
	const from = dayOf('2025-03-05');
	const to = dayOf('2025-03-20') - 1;

	const both = (['inclusive', 'exclusive', 'endExclusive'] as const).flatMap((orderTimeBounds) =>
		(['open', 'ignored', 'error'] as const).map((orderOneBound) => ({
			orderTimeBounds,
			orderOneBound,
		})),
	);

	/** Orders before, at and after each bound. */
	const atBounds = (field: 'begin_time' | 'update_time') =>
		[from - 1, from, from + 1, to - 1, to, to + 1, from - 90 * DAY_MS, to + 90 * DAY_MS]
			.map(
				(time, index) =>
					manyOrders(8)[index] && { ...manyOrders(8)[index]!, [field]: String(time) },
			)
			.filter((order) => order !== undefined);

	describe.each(both)('with %j', (switches) => {
		test.each<[string, INodeParameters, 'begin_time' | 'update_time', number, number]>([
			[
				'updated from and to',
				{ updatedFrom: '2025-03-05', updatedTo: '2025-03-19' },
				'update_time',
				from,
				to,
			],
			['updated from', { updatedFrom: '2025-03-05' }, 'update_time', from, Infinity],
			['updated to', { updatedTo: '2025-03-19' }, 'update_time', -Infinity, to],
			[
				'begun from and to',
				{ begunFrom: '2025-03-05', begunTo: '2025-03-19' },
				'begin_time',
				from,
				to,
			],
			['begun from', { begunFrom: '2025-03-05' }, 'begin_time', from, Infinity],
			['begun to', { begunTo: '2025-03-19' }, 'begin_time', -Infinity, to],
		])('%s', async (_name, filters, field, low, high) => {
			const { ask, sandbox } = await open({ orders: atBounds(field) });
			Object.assign(sandbox.options.open, switches);
			const expected = sandbox.orders
				.all()
				.filter((order) => inRange(order[field], low, high))
				.map(({ id }) => id);
			expect(expected.length).toBeGreaterThan(3);
			expect(orderIdsOf(await ask('getMany', { ...ALL, filters })).sort()).toEqual(expected.sort());
		});
	});

	test('updated goes to the list; begun and status to batch_query, with the others', async () => {
		const { ask, sandbox, count } = await open();
		await ask('getMany', {
			...ALL,
			filters: { updatedFrom: '2025-03-05', updatedTo: '2025-03-19' },
		});
		expect(count()).toMatchObject({ list: 1, query: 0 });
		expect(sandbox.requests('orders')[0]?.query).toEqual({
			page_size: '100',
			update_start_time: String(from - 1),
			update_end_time: String(to + 1),
		});
		await ask('getMany', {
			...ALL,
			filters: { status: 3, begunFrom: '2025-03-05', updatedTo: '2025-03-19' },
		});
		expect(count()).toMatchObject({ list: 1, query: 1 });
		const [asked] = sandbox.requests('query_orders');
		expect(asked?.query).toEqual({ page_size: '100' });
		expect(bodyOf(asked!)).toEqual({
			update_start_time: '1',
			update_end_time: String(to + 1),
			begin_start_time: String(from - 1),
			begin_end_time: expect.stringMatching(/^\d{13}$/) as string,
			order_status: '3',
		});
	});

	test.each<[number, string]>([
		[2, 'arranged'],
		[3, 'completed'],
		[4, 'terminated'],
		[5, 'in approval'],
		[6, 'approval withdrawn'],
		[8, 'approved'],
		[9, 'not approved'],
	])('status %i is requested, and comes out as "%s"', async (status, word) => {
		const { ask, sandbox } = await open();
		const rows = rowsOf(await ask('getMany', { ...ALL, filters: { status } }));
		const expected = sandbox.orders.all().filter(({ order_status }) => order_status === status);
		expect(rows).toHaveLength(expected.length);
		expect(new Set(rows.map((row) => row.status))).toEqual(new Set([word]));
	});

	test('a status that is ignored on the way lets no other order through', async () => {
		const { ask, sandbox } = await open();
		sandbox.fault({
			api: 'query_orders',
			always: true,
			do: () =>
				jsonAnswer(200, { code: 0, data: { items: sandbox.orders.all(), has_more: false } }),
		});
		const rows = rowsOf(await ask('getMany', { ...ALL, filters: { status: 3 } }));
		expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['completed']));
	});

	test.each<[string, INodeParameters, (order: Order) => boolean]>([
		[
			'conclusions',
			{ conclusions: '红灯, 黄灯' },
			({ conclusion = '' }) => ['红灯', '黄灯'].includes(conclusion),
		],
		['one conclusion', { conclusions: '绿灯' }, ({ conclusion }) => conclusion === '绿灯'],
		[
			'supplier',
			{ supplierContains: ' 锦程 ' },
			({ account_third_type }) => account_third_type === 1,
		],
		[
			'both',
			{ supplierContains: '示例', conclusions: '黄灯\n蓝灯' },
			({ account_third_type, conclusion = '' }) =>
				account_third_type === 127 && ['黄灯', '蓝灯'].includes(conclusion),
		],
		[
			'conclusion and status',
			{ status: 3, conclusions: '红灯' },
			({ conclusion, order_status }) => order_status === 3 && conclusion === '红灯',
		],
	])('%s: compared by the node', async (_name, filters, isWanted) => {
		const { ask, sandbox } = await open();
		const expected = sandbox.orders
			.sorted('newest')
			.filter(isWanted)
			.map(({ id }) => id);
		expect(expected.length).toBeGreaterThan(0);
		expect(orderIdsOf(await ask('getMany', { ...ALL, filters }))).toEqual(expected);
		for (const { query, body } of [
			...sandbox.requests('orders'),
			...sandbox.requests('query_orders'),
		]) {
			expect(`${JSON.stringify(query)}${body}`).not.toMatch(/灯|锦程|示例/);
		}
	});

	test('the limit counts the orders that match', async () => {
		const orders = manyOrders(250, (index) => ({ conclusion: index < 3 ? '红灯' : '绿灯' }));
		const { ask, count } = await open({ orders });
		const result = await ask('getMany', { limit: 2, filters: { conclusions: '红灯' } });
		expect(orderIdsOf(result)).toEqual([orders[2]?.id, orders[1]?.id]);
		expect(count().list).toBe(3);
	});

	test.each<[INodeParameters, string]>([
		[{ begunFrom: '2025-03-06', begunTo: '2025-03-05' }, "'Placed From' is after 'Placed To'"],
		[
			{ updatedFrom: '2025-03-06', updatedTo: '2025-03-05' },
			"'Updated From' is after 'Updated To'",
		],
		[{ status: 1 }, "'Status' has an invalid value"],
		[{ updatedFrom: '王小明' }, "'Updated From' is text that cannot be read as a date"],
	])('%j is refused before a request, with an explanation', async (filters, message) => {
		const { ask, count } = await open();
		const result = await ask('getMany', { ...ALL, filters });
		expect(result.error?.message).toContain(message);
		expect(`${result.error?.message}${result.error?.description}`).not.toContain('王小明');
		expect(count()).toMatchObject({ list: 0, query: 0 });
	});
});

describe('rows', () => {
	test('simplified: ten fields in their order, read by people', async () => {
		const { ask } = await open();
		const rows = rowsOf(await ask('getMany', ALL));
		expect(rows).toHaveLength(40);
		for (const row of rows) {
			expect(Object.keys(row)).toEqual([
				'order_id',
				'application_id',
				'candidate_name',
				'status',
				'conclusion',
				'supplier',
				'package',
				'begin_time',
				'update_time',
				'reports',
			]);
		}
		const of = (id: string) => rows.find(({ order_id }) => order_id === id);
		expect(of(orderExamples.completed)).toEqual({
			order_id: orderExamples.completed,
			application_id: expect.stringMatching(/^745\d{16}$/) as string,
			candidate_name: expect.any(String) as string,
			status: 'completed',
			conclusion: '绿灯',
			supplier: '八方锦程',
			package: '基础版',
			begin_time: '2025-03-03T09:30:00.000+08:00',
			update_time: '2025-03-05T21:30:00.000+08:00',
			reports: [
				{
					name: '终版报告',
					type: 'final',
					result: '绿灯',
					time: '2025-03-05T21:30:00.000+08:00',
					url: expect.stringMatching(/^http/) as string,
				},
			],
		});
		expect(
			(of(orderExamples.twoReports)?.reports as IDataObject[]).map(({ type }) => type),
		).toEqual(['final', 'interim']);
		expect(of(orderExamples.handTyped)).toMatchObject({
			supplier: null,
			package: null,
			conclusion: '学历属实',
			reports: [],
		});
		expect((of(orderExamples.previewOnly)?.reports as IDataObject[])[0]).toEqual({
			name: '张三的背调报告',
			type: 'final',
			result: '红灯',
			time: expect.any(String) as string,
			preview_url: expect.stringMatching(/^http/) as string,
		});
	});

	test('an undocumented status stays a number', async () => {
		const { ask } = await open();
		const rows = rowsOf(await ask('getMany', ALL));
		expect(rows.find(({ order_id }) => order_id === orderExamples.unknownStatus)).toHaveProperty(
			'status',
			7,
		);
	});

	test('an empty order comes out with all ten fields', async () => {
		const empty = { has_more: false, items: [{}] };
		const { sandbox, ask } = await open();
		sandbox.fault({
			api: 'orders',
			always: true,
			do: { kind: 'answer', status: 200, body: { code: 0, data: empty } },
		});
		const [row] = rowsOf(await ask('getMany', ALL));
		expect(row).toEqual({
			order_id: null,
			application_id: null,
			candidate_name: null,
			status: null,
			conclusion: null,
			supplier: null,
			package: null,
			begin_time: null,
			update_time: null,
			reports: [],
		});
	});

	test.each(['shown', 'byScope'] as const)(
		'no phone number or email address that Feishu sends (%s)',
		async (listedContacts) => {
			const { ask, sandbox } = await open();
			sandbox.options.open.listedContacts = listedContacts;
			const result = await ask('getMany', ALL);
			expect(rowsOf(result)).toHaveLength(40);
			const contacts = sandbox.orders
				.all()
				.flatMap(({ candidate_info, contactor_info }) => [candidate_info, contactor_info])
				.flatMap((contact) => [contact?.mobile, contact?.email])
				.filter((value) => value !== undefined && value !== '');
			expect(contacts.length).toBeGreaterThan(40);
			for (const contact of new Set(contacts)) expect(result.serialized).not.toContain(contact);
		},
	);

	test('Simplify off: as Feishu sent it', async () => {
		const { ask, sandbox } = await open();
		const rows = rowsOf(await ask('getMany', { ...ALL, simple: false }));
		expect(rows).toHaveLength(40);
		for (const row of rows) {
			const { id, feedback_info_list, creator_info, ...stored } = sandbox.orders.byId(
				row.order_id as string,
			)!;
			expect(row).toMatchObject({ order_id: id, ...stored });
			expect(Object.keys(row).sort()).toEqual(
				[
					'order_id',
					...Object.keys({
						...stored,
						...(feedback_info_list !== undefined && { feedback_info_list }),
						...(creator_info && { creator_info }),
					}),
				].sort(),
			);
		}
	});
});

test.each(['simple', 'raw'])(
	'several items that request the same list get rows of their own (%s)',
	async (how) => {
		const { ask } = await open({ orders: manyOrders(2) });
		const result = await ask(
			'getMany',
			{ ...ALL, simple: how === 'simple' },
			{ items: [{ json: {} }, { json: {} }] },
		);
		expect(rowsOf(result)).toHaveLength(4);
		expect(new Set(rowsOf(result)).size).toBe(4);
		expect(result.output().map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([
			0, 0, 1, 1,
		]);
	},
);
