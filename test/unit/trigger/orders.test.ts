import * as fc from 'fast-check';
import { newsOf, OrderComparison } from '../../../nodes/FeishuHireTrigger/orders/compareOrders';
import { orderItems } from '../../../nodes/FeishuHireTrigger/orders/items';
import {
	keepOrder,
	type KeptOrder,
	packOrders,
	reportHash,
	unpackOrders,
} from '../../../nodes/FeishuHireTrigger/orders/keptOrder';
import type { TriggerSettings } from '../../../nodes/FeishuHireTrigger/readParameters';
import type { Order, Report } from '../../../nodes/shared/hire/api/orders';

const kept = (order: Order): KeptOrder => {
	const found = keepOrder(order);
	if (!found) throw new Error('an order without an ID');
	return found;
};

const ID = '7441000000000000001';

const anOrder = (status: number | undefined, ...reports: Report[]): Order => ({
	order_id: ID,
	order_status: status,
	feedback_info_list: reports,
});

describe('what is remembered', () => {
	const order = fc.record({
		order_id: fc.bigInt({ min: 10n ** 18n, max: 2n ** 64n - 1n }).map(String),
		order_status: fc.constantFrom(undefined, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
		candidate_info: fc.constant({ name: '王伟', mobile: '13800000001' }),
		conclusion: fc.constantFrom('红灯', '绿灯'),
		feedback_info_list: fc.option(
			fc.array(
				fc.record({
					id: fc.option(fc.bigInt({ min: 1n, max: 2n ** 64n }).map(String), { nil: undefined }),
					report_name: fc.constantFrom('王伟的报告', '终版报告'),
					create_time: fc.integer({ min: 0, max: 4e12 }).map(String),
				}),
				{ maxLength: 15 },
			),
		),
	});
	const orders = fc
		.uniqueArray(order, { selector: ({ order_id }) => order_id, maxLength: 20 })
		.chain((list) =>
			fc.tuple(
				fc.constant(list as Order[]),
				fc.array(fc.boolean(), { minLength: list.length, maxLength: list.length }),
			),
		);

	test('comes back as it was, whatever the order of the orders, in 100 bytes each and without a name', () => {
		fc.assert(
			fc.property(orders, ([list, absent]) => {
				const all = list.map((each, index) => ({
					...kept(each),
					absent: absent[index] === true,
				}));
				const packed = packOrders(all);
				expect(packOrders([...all].reverse())).toBe(packed);
				expect(packOrders(unpackOrders(packed).values())).toBe(packed);
				expect(unpackOrders(packed)).toEqual(
					new Map(
						[...all].sort((a, b) => (a.key < b.key ? -1 : 1)).map((each) => [each.key, each]),
					),
				);
				expect(Buffer.byteLength(packed)).toBeLessThanOrEqual(100 * all.length);
				expect(packed).toMatch(/^[\w,;!-]*$/);
			}),
		);
	});

	test('of 10,000 orders is a quarter of a megabyte', () => {
		const list = Array.from({ length: 10_000 }, (_, index) => ({
			order_id: String(7441000000000000001n + BigInt(index)),
			order_status: 2 + (index % 8),
			feedback_info_list: index % 8 === 1 ? [{ id: `${index}` }] : [],
		}));
		const bytes = packOrders(list.map(kept)).length / list.length;
		expect(bytes).toBeLessThan(18);
		const withReport = list.map((each) => ({ ...each, feedback_info_list: [{ id: '1' }] }));
		expect(packOrders(withReport.map(kept)).length / list.length).toBeLessThan(24);
	});

	test('is nothing of an order without an ID', () => {
		expect(keepOrder({ order_status: 2 })).toBeUndefined();
		expect(keepOrder({ order_id: '' })).toBeUndefined();
		expect(keepOrder({ order_id: 7 as never })).toBeUndefined();
		expect(unpackOrders('').size).toBe(0);
	});

	test('ignores a status that is not a number, and invalid reports', () => {
		const odd = { order_id: ID, order_status: 'done;,', feedback_info_list: 'x' };
		expect(kept(odd as never)).toMatchObject({ status: '', reports: [] });
		expect(kept({ order_id: ID, order_status: '3' as never }).status).toBe('3');
	});

	test('reports without an ID are told apart by their content', () => {
		const hash = (report: Report) => reportHash('k', report);
		const [a, b] = [{ create_time: '1', report_name: 'x' }, { create_time: '2' }];
		expect(hash(a)).toBe(hash({ ...a, id: '' }));
		expect(hash(a)).not.toBe(hash(b));
		expect(hash({ ...a, id: '1' })).toBe(hash({ ...b, id: '1' }));
		expect(reportHash('l', { id: '1' })).not.toBe(hash({ id: '1' }));
	});
});

describe('what has happened', () => {
	const first = { id: '1' };
	const second = { id: '2' };
	const created = 'orderCreated';
	const status = 'orderStatusChanged';
	const report = 'orderReportAdded';
	const completed = 'orderCompleted';
	const unknown = undefined;

	test.each<[string, Order | undefined, Order, string[]]>([
		['nothing', anOrder(2), anOrder(2), []],
		['a new order', unknown, anOrder(2), [created]],
		['a new order with a report', unknown, anOrder(2, first), [created, report]],
		['a new order that is done', unknown, anOrder(3), [created, completed]],
		['a result typed in by hand', unknown, anOrder(3, first), [created, report, completed]],
		['another status', anOrder(5), anOrder(8), [status]],
		['done', anOrder(2, first), anOrder(3, first), [status, completed]],
		['done with a report', anOrder(2), anOrder(3, first), [status, report, completed]],
		['a report', anOrder(2), anOrder(2, first), [report]],
		['one more report', anOrder(2, first), anOrder(2, second, first), [report]],
		['one more report of a done order', anOrder(3, first), anOrder(3, second, first), [report]],
		['a report in the place of another', anOrder(2, first), anOrder(2, second), [report]],
		['a report taken away', anOrder(2, second, first), anOrder(2, first), []],
		['open again', anOrder(3), anOrder(2), [status]],
		['a status that is not documented', anOrder(2), anOrder(7), [status]],
		['no status any more', anOrder(2), anOrder(unknown), [status]],
	])('%s', (_what, before, now, events) => {
		const news = newsOf(now, before && kept(before), kept(now));
		expect(news.events).toEqual(events);
	});

	test('what is remembered does not depend on how it was stored', () => {
		const before = unpackOrders(packOrders([kept(anOrder(2, second, first))]));
		const comparison = new OrderComparison(before);
		comparison.add(anOrder(2, { id: '3' }, second, first));
		expect(comparison.news).toMatchObject([{ events: [report], newReports: [{ id: '3' }] }]);
	});

	test('of more than 12 reports the newest are compared', () => {
		const reports = Array.from({ length: 15 }, (_, index) => ({ id: String(100 - index) }));
		const before = kept(anOrder(2, ...reports));
		expect(before.reports).toHaveLength(12);
		expect(newsOf(anOrder(2, ...reports), before, before).events).toEqual([]);
		const more = anOrder(2, { id: '101' }, ...reports);
		expect(newsOf(more, before, kept(more)).newReports).toEqual([{ id: '101' }]);
	});

	test('an order that comes twice in a reading is taken once, the first time it comes', () => {
		const comparison = new OrderComparison(new Map());
		comparison.add(anOrder(2));
		comparison.add(anOrder(3));
		comparison.add({ order_status: 3 });
		expect(comparison.news).toMatchObject([{ order: { order_status: 2 } }]);
	});

	test('an order is forgotten when two readings in a row miss it', () => {
		let memory = new Map([[kept(anOrder(2)).key, kept(anOrder(2))]]);
		const read = (...orders: Order[]) => {
			const comparison = new OrderComparison(memory);
			for (const order of orders) comparison.add(order);
			comparison.forgetAbsent();
			memory = unpackOrders(packOrders(memory.values()));
			return comparison.news.length;
		};
		expect([read(), memory.size]).toEqual([0, 1]);
		expect([read(anOrder(2)), memory.size]).toEqual([0, 1]);
		expect([read(), memory.size]).toEqual([0, 1]);
		expect([read(), memory.size]).toEqual([0, 0]);
	});
});

describe('an item', () => {
	const settings = {
		isOrderWanted: () => true,
		orderEvents: new Set(['orderStatusChanged', 'orderReportAdded', 'orderCompleted']),
		simple: true,
	} as unknown as TriggerSettings;
	const inBeijing = { getTimezone: () => 'Asia/Shanghai' };
	const time = String(Date.parse('2026-01-02T03:04:05Z'));
	const report: Report = { id: '1', report_name: '终版报告', report_type: 2, create_time: time };
	const done: Order = {
		...anOrder(3, report),
		candidate_info: { name: '张三', mobile: '13800000001' },
		update_time: time,
	};
	const news = [newsOf(done, kept(anOrder(2)), kept(done))];

	test('has its events, what has changed, and the order as people read it', () => {
		const shown = {
			name: '终版报告',
			type: 'final',
			result: null,
			time: '2026-01-02T11:04:05.000+08:00',
		};
		const [item] = orderItems(news, settings, inBeijing);
		expect(Object.entries(item?.json ?? {})).toEqual([
			['events', ['orderStatusChanged', 'orderReportAdded', 'orderCompleted']],
			[
				'changes',
				[
					{ field: 'status', old: 'arranged', new: 'completed' },
					{ field: 'reports', new: [shown] },
				],
			],
			['order_id', ID],
			['application_id', null],
			['candidate_name', '张三'],
			['status', 'completed'],
			['conclusion', null],
			['supplier', null],
			['package', null],
			['begin_time', null],
			['update_time', '2026-01-02T11:04:05.000+08:00'],
			['reports', [shown]],
		]);
	});

	test('or as Feishu sends it', () => {
		const changes = [
			{ field: 'status', old: 'arranged', new: 'completed' },
			{ field: 'reports', new: [report] },
		];
		expect(orderItems(news, { ...settings, simple: false }, inBeijing)).toEqual([
			{ json: { events: news[0]?.events, changes, ...done } },
		]);
	});

	test('has only the events that are chosen, and is none without one', () => {
		const withEvents = (...events: string[]) =>
			orderItems(news, { ...settings, orderEvents: new Set(events) as never }, inBeijing);
		expect(withEvents('orderCompleted')).toMatchObject([{ json: { events: ['orderCompleted'] } }]);
		expect(withEvents('orderCreated')).toEqual([]);
		expect(orderItems(news, { ...settings, isOrderWanted: () => false }, inBeijing)).toEqual([]);
	});

	test('fields of Feishu with the names of ours are kept under another name', () => {
		const odd = { ...anOrder(3), events: 'x', changes: 'y' };
		const [item] = orderItems(
			[newsOf(odd, kept(anOrder(2)), kept(odd))],
			{ ...settings, simple: false },
			inBeijing,
		);
		expect(item?.json).toMatchObject({ feishu_events: 'x', feishu_changes: 'y' });
	});

	test('shows an undocumented status as its number, and a missing one as null', () => {
		const changeOf = (before: Order, now: Order) =>
			orderItems([newsOf(now, kept(before), kept(now))], settings, inBeijing).map(
				({ json }) => json.changes,
			);
		expect(changeOf(anOrder(7), anOrder(undefined))).toEqual([
			[{ field: 'status', old: 7, new: null }],
		]);
		expect(changeOf(anOrder(undefined), anOrder(10))).toEqual([
			[{ field: 'status', old: null, new: 10 }],
		]);
	});
});
