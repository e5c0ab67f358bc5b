import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type * as Endpoints from '../../nodes/shared/hire/endpoints';
import type { FaultRule, NewOrder, OpenQuestions, SandboxOptions } from '../../sandbox';
import { setLimits } from '../faults/support/limits';
import { packageModule, pollNode } from '../harness';
import { at, someChecks, type TriggerInN8n, useTrigger } from '../harness/triggerInN8n';

const openTrigger = useTrigger();

const DAY_MS = 24 * 60 * 60_000;

const ORDER_EVENTS = ['orderCreated', 'orderStatusChanged', 'orderReportAdded', 'orderCompleted'];

beforeAll(() => {
	setLimits({ tries: 2, backoffMs: 1 });
	// At 16 requests/s, the long list would take the tests six seconds each time.
	const { endpoints } = packageModule<typeof Endpoints>('nodes/shared/hire/endpoints');
	Object.assign(endpoints.listOrders, { requestsPerSecond: 1000 });
});
afterAll(() => setLimits({}));

/** Orders of one application, a minute apart, the last one a day ago. */
const someOrders = (count: number): NewOrder[] =>
	Array.from({ length: count }, (_, index) => {
		const time = String(Date.now() - DAY_MS - (count - index) * 60_000);
		return {
			id: String(7441000000000000001n + BigInt(index)),
			application_id: '7451000000000001001',
			order_status: 2,
			begin_time: time,
			update_time: time,
			candidate_info: { name: '王伟', mobile: '13800000001' },
			provider_info: {
				provider_id: '1',
				provider_name: { zh_cn: '八方锦程', en_us: 'Bafang Jincheng' },
			},
		};
	});

/** A tenant with these orders, and a trigger, by default for all events of orders. */
const openOrders = async (
	orders: NewOrder[],
	parameters: INodeParameters = {},
	options: SandboxOptions = {},
): Promise<TriggerInN8n> =>
	await openTrigger({ checks: [], orders, ...options }, { events: ORDER_EVENTS, ...parameters });

const reads = ({ tenant }: TriggerInN8n) => tenant.sandbox.requests('orders');

const eventsOf = (items: IDataObject[] | null) =>
	items && items.map(({ order_id, events }) => [order_id, events]);

const idOf = (orders: NewOrder[], index: number) => at(orders, index).id ?? '';

/** Restarts n8n after a day has passed: the first poll reads the whole list. */
async function aDayLater(trigger: TriggerInN8n): Promise<IDataObject[] | null> {
	const memory = structuredClone(trigger.memory ?? {});
	(memory.orders as IDataObject).wholeAt = Number((memory.orders as IDataObject).wholeAt) - DAY_MS;
	trigger.saved = JSON.stringify(memory);
	return await trigger.restart();
}

test('the first run takes existing records as known', async () => {
	const trigger = await openOrders(someOrders(250));
	expect(await trigger.activate()).toBeNull();
	expect(reads(trigger)).toHaveLength(3);
	expect(await trigger.poll()).toBeNull();
	expect(reads(trigger)).toHaveLength(4);
	expect(trigger.tenant.queries()).toEqual([]);
});

test('the first run emits existing records if the option says so, once, as created, whatever the events', async () => {
	const orders = someOrders(3);
	const trigger = await openOrders(orders, {
		events: ['orderStatusChanged'],
		options: { includeExistingOnFirstRun: true },
	});
	expect(eventsOf(await trigger.activate())?.sort()).toEqual(
		orders.map(({ id }) => [id, ['orderCreated']]),
	);
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.restart()).toBeNull();
});

test.each(['empty', 'error'] as const)(
	'takes existing orders as known, even if a list without a condition is answered with: %s',
	async (unfilteredOrders) => {
		const orders = someOrders(3);
		const trigger = await openOrders(orders, {}, { open: { unfilteredOrders } });
		await trigger.activate();
		trigger.tenant.sandbox.orders.update(idOf(orders, 1), { order_status: 4 });
		expect(eventsOf(await trigger.poll())).toEqual([[idOf(orders, 1), ['orderStatusChanged']]]);
	},
);

test('emits what happens to orders: one item for each order in a poll, and each event once', async () => {
	const orders = someOrders(4);
	const trigger = await openOrders(orders, {}, {});
	trigger.settings = { timezone: 'Asia/Shanghai' };
	const { sandbox } = trigger.tenant;
	await trigger.activate();

	const created = sandbox.orders.add({ application_id: '7451000000000001002', order_status: 5 });
	sandbox.orders.update(idOf(orders, 0), { order_status: 4 });
	sandbox.orders.addReport(idOf(orders, 1), { report_type: 1, report_name: '阶段性报告' });
	sandbox.orders.addReport(idOf(orders, 2), { result: '绿灯', report_name: '终版报告' });
	sandbox.orders.update(idOf(orders, 2), { order_status: 3 });
	const items = (await trigger.poll()) ?? [];
	expect(new Map(eventsOf(items) as Array<[string, string[]]>)).toEqual(
		new Map([
			[created.id, ['orderCreated']],
			[idOf(orders, 0), ['orderStatusChanged']],
			[idOf(orders, 1), ['orderReportAdded']],
			[idOf(orders, 2), ['orderStatusChanged', 'orderReportAdded', 'orderCompleted']],
		]),
	);
	const done = items.find(({ order_id }) => order_id === idOf(orders, 2));
	const report = {
		name: '终版报告',
		type: 'final',
		result: '绿灯',
		time: expect.stringMatching(/\+08:00$/) as string,
		url: expect.stringMatching(/^http/) as string,
	};
	expect(done).toEqual({
		events: ['orderStatusChanged', 'orderReportAdded', 'orderCompleted'],
		changes: [
			{ field: 'status', old: 'arranged', new: 'completed' },
			{ field: 'reports', new: [report] },
		],
		order_id: idOf(orders, 2),
		application_id: '7451000000000001001',
		candidate_name: '王伟',
		status: 'completed',
		conclusion: '绿灯',
		supplier: '八方锦程',
		package: null,
		begin_time: expect.stringMatching(/\+08:00$/) as string,
		update_time: expect.stringMatching(/\+08:00$/) as string,
		reports: [report],
	});
	expect(await trigger.poll()).toBeNull();
	expect(await trigger.restart()).toBeNull();
	expect(await aDayLater(trigger)).toBeNull();
	expect(trigger.saved).not.toMatch(/王伟|13800000001|报告|绿灯/);
});

test('without Simplify the order is as Feishu sends it', async () => {
	const orders = someOrders(1);
	const trigger = await openOrders(orders, { simple: false });
	await trigger.activate();
	trigger.tenant.sandbox.orders.update(idOf(orders, 0), { order_status: 8 });
	const { id, ...stored } = trigger.tenant.sandbox.orders.byId(idOf(orders, 0)) ?? {};
	expect(await trigger.poll()).toEqual([
		{
			order_id: id,
			...stored,
			events: ['orderStatusChanged'],
			changes: [{ field: 'status', old: 'arranged', new: 'approved' }],
		},
	]);
});

test.each<[string, INodeParameters, number[]]>([
	['another status', { orderStatusIs: [3, 4] }, [1, 2]],
	['another conclusion', { conclusionIs: '红灯，黄灯' }, [0, 2]],
	['another supplier', { supplierContains: '示例, BAFANG' }, []],
	['part of the supplier', { supplierContains: '示例, 八方' }, [0, 1, 2]],
	['both', { orderStatusIs: [3], conclusionIs: '红灯' }, [2]],
])('with %s an order is filtered out, but remembered', async (_what, options, passing) => {
	const orders = someOrders(3);
	const trigger = await openOrders(orders, { options });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.orders.update(idOf(orders, 0), { order_status: 8, conclusion: ' 红灯 ' });
	sandbox.orders.update(idOf(orders, 1), { order_status: 4, conclusion: '绿灯' });
	sandbox.orders.update(idOf(orders, 2), { order_status: 3, conclusion: '红灯' });
	const ids = ((await trigger.poll()) ?? []).map(({ order_id }) => order_id);
	expect(ids.sort()).toEqual(passing.map((index) => idOf(orders, index)));
	expect(await trigger.poll()).toBeNull();
});

test('only the chosen events are emitted', async () => {
	const orders = someOrders(2);
	const trigger = await openOrders(orders, { events: ['orderCompleted'] });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.orders.update(idOf(orders, 0), { order_status: 4 });
	sandbox.orders.update(idOf(orders, 1), { order_status: 3 });
	expect(await trigger.poll()).toMatchObject([
		{
			order_id: idOf(orders, 1),
			events: ['orderCompleted'],
			changes: [{ field: 'status', old: 'arranged', new: 'completed' }],
		},
	]);
});

test('a poll over 10,000 orders with 3 changes is one request, and each day the whole list is read', async () => {
	const orders = someOrders(10_000);
	const trigger = await openOrders(orders);
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	expect(reads(trigger)).toHaveLength(100);
	for (const index of [0, 5000, 9999]) {
		sandbox.orders.update(idOf(orders, index), { order_status: 3 });
	}
	sandbox.resetLog();
	expect(await trigger.poll()).toHaveLength(3);
	expect(reads(trigger)).toHaveLength(1);
	expect(await trigger.poll()).toBeNull();
	expect(reads(trigger)).toHaveLength(2);
	expect(trigger.saved.length / 10_000).toBeLessThan(25);

	sandbox.resetLog();
	expect(await aDayLater(trigger)).toBeNull();
	expect(reads(trigger)).toHaveLength(100);
	expect(await trigger.poll()).toBeNull();
	expect(reads(trigger)).toHaveLength(101);
}, 60_000);

test('a change that does not move update_time is found when the whole list is read, and emitted once', async () => {
	const orders = someOrders(150);
	const trigger = await openOrders(orders, {}, { open: { orderUpdateTime: 'statusOnly' } });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.orders.addReport(idOf(orders, 7), { result: '红灯' });
	expect(await trigger.poll()).toBeNull();
	const found = await aDayLater(trigger);
	expect(eventsOf(found)).toEqual([[idOf(orders, 7), ['orderReportAdded']]]);
	expect(await trigger.poll()).toBeNull();
	expect(await aDayLater(trigger)).toBeNull();
});

test('deleted orders are forgotten when two readings of the whole list miss them; nothing is emitted twice', async () => {
	const orders = someOrders(150);
	const trigger = await openOrders(orders);
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	const size = () => (trigger.memory?.orders as { orders: string }).orders.split(';').length;
	sandbox.orders.remove(idOf(orders, 3));
	const [gone] = [at(orders, 5)];
	sandbox.orders.remove(gone.id ?? '');
	expect(await trigger.poll()).toBeNull();
	expect(size()).toBe(150);
	expect(await aDayLater(trigger)).toBeNull();
	expect(size()).toBe(150);
	// One reading can miss an order that moves during it.
	sandbox.orders.add(gone);
	expect(await aDayLater(trigger)).toBeNull();
	expect(size()).toBe(149);
	expect(await aDayLater(trigger)).toBeNull();
	expect(size()).toBe(149);
});

test('changes at the same moment are all emitted, even those before the latest one seen', async () => {
	let now = Date.now();
	const orders = someOrders(6);
	const trigger = await openOrders(orders, {}, { now: () => now });
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	const change = (index: number, ago = 0) =>
		sandbox.orders.update(idOf(orders, index), {
			order_status: 3,
			update_time: String(Math.floor(now) - ago),
		});
	change(0);
	expect(eventsOf(await trigger.poll())).toMatchObject([[idOf(orders, 0), {}]]);
	change(1);
	change(2, 280_000);
	expect(await trigger.poll()).toHaveLength(2);
	now += 60_000;
	change(3, 280_000);
	expect(await trigger.poll()).toHaveLength(1);
	expect(await trigger.poll()).toBeNull();
});

test.each<Partial<OpenQuestions>>([
	{ noOrders: 'error' },
	{ emptyAnswer: 'noData' },
	{ orderTimeBounds: 'exclusive', orderOneBound: 'error' },
])('if Feishu answers with %j, having no orders is not an error', async (open) => {
	const trigger = await openOrders([], {}, { open });
	const { sandbox } = trigger.tenant;
	expect(await trigger.activate()).toBeNull();
	expect(await trigger.poll()).toBeNull();
	const { id } = sandbox.orders.add({ application_id: '77', order_status: 2 });
	expect(eventsOf(await trigger.poll())).toEqual([[id, ['orderCreated']]]);
	sandbox.orders.remove(id);
	expect(await trigger.poll()).toBeNull();
});

describe('restarts and changed options', () => {
	test('what happened meanwhile is emitted by the first poll, and nothing is emitted twice', async () => {
		const orders = someOrders(150);
		const trigger = await openOrders(orders);
		const { sandbox } = trigger.tenant;
		await trigger.activate();
		sandbox.orders.update(idOf(orders, 0), { order_status: 3 });
		expect(await trigger.poll()).toHaveLength(1);
		expect(await trigger.restart()).toBeNull();
		sandbox.orders.update(idOf(orders, 1), { order_status: 3 });
		sandbox.resetLog();
		expect(await trigger.restart()).toHaveLength(1);
		expect(reads(trigger)).toHaveLength(1);
		expect(await trigger.restart()).toBeNull();
		await trigger.restart();
		expect(trigger.hasChanged).toBe(false);
	});

	test('another app starts a new baseline, without events; a new secret and other filters do not', async () => {
		const orders = someOrders(3);
		const trigger = await openOrders(orders, { options: { includeExistingOnFirstRun: true } });
		const { sandbox, credentials, credentialId } = trigger.tenant;
		expect(await trigger.activate()).toHaveLength(3);
		sandbox.app.appSecret = 'another-secret';
		credentials.edit(credentialId, { appSecret: 'another-secret' });
		sandbox.orders.update(idOf(orders, 0), { order_status: 3 });
		trigger.parameters = { events: ['orderCompleted'], options: { orderStatusIs: [3] } };
		expect(await trigger.activate()).toMatchObject([{ events: ['orderCompleted'] }]);

		sandbox.apps.push({ ...sandbox.app, appId: 'cli_another000000001' });
		credentials.edit(credentialId, { appId: 'cli_another000000001' });
		sandbox.orders.update(idOf(orders, 1), { order_status: 3 });
		expect(await trigger.activate()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	test('events of orders chosen later begin with what exists then', async () => {
		const orders = someOrders(3);
		const trigger = await openOrders(orders, { events: ['created'] });
		const { sandbox } = trigger.tenant;
		await trigger.activate();
		expect(reads(trigger)).toEqual([]);
		trigger.parameters = { events: ['created', ...ORDER_EVENTS] };
		expect(await trigger.activate()).toBeNull();
		sandbox.orders.update(idOf(orders, 0), { order_status: 3 });
		sandbox.checks.add(at(someChecks(1), 0));
		expect(await trigger.poll()).toHaveLength(2);
	});
});

const FAULTS: Array<[string, Omit<FaultRule, 'api' | 'nth'>, number]> = [
	['a refusal', { do: { kind: 'answer', status: 400, code: 1002002 } }, 1],
	['a gateway that is down', { do: 'html' }, 2],
	['half an answer', { do: 'truncated' }, 2],
	['a scope taken away', { do: { kind: 'answer', status: 400, code: 99991672 } }, 1],
	['a chain of pages that breaks', { do: 'token_missing' }, 1],
];

test.each(FAULTS)(
	'%s, at any page of any list: nothing is emitted, the state is unchanged, and the next poll catches up',
	async (_fault, rule, tries) => {
		const orders = someOrders(250);
		const checks = someChecks(50);
		const trigger = await openOrders(orders, { events: ['changed', ...ORDER_EVENTS] }, { checks });
		const { sandbox } = trigger.tenant;
		await trigger.activate();
		for (const [api, page] of [
			['orders', 1],
			['orders', 2],
			['batch_query', 1],
			['batch_query', 2],
		] as const) {
			for (let index = 0; index < 150; index++) {
				const order_status = sandbox.orders.byId(idOf(orders, index))?.order_status === 2 ? 5 : 2;
				sandbox.orders.update(idOf(orders, index), { order_status });
			}
			sandbox.checks.update(at(checks, 45).id, { result: `${api} ${page}` });
			const before = JSON.stringify(trigger.memory);
			sandbox.resetLog();
			sandbox.fault({ api, nth: Array.from({ length: tries }, (_, n) => page + n), ...rule });
			await expect(trigger.poll()).rejects.toMatchObject({ node: { name: 'Trigger' } });
			expect(JSON.stringify(trigger.memory)).toBe(before);
			sandbox.clearFaults();
			const items = (await trigger.poll()) ?? [];
			expect(items.filter(({ event }) => event === 'changed')).toHaveLength(1);
			expect(items.filter(({ events }) => events)).toHaveLength(150);
			expect(await trigger.poll()).toBeNull();
		}
	},
);

test('after a failed first run nothing is stored, and the next one takes the baseline', async () => {
	const trigger = await openOrders(someOrders(250));
	trigger.tenant.sandbox.fault({ api: 'orders', always: true, do: 'html' });
	await expect(trigger.activate()).rejects.toThrow();
	expect(trigger.saved).toBe('{}');
	trigger.tenant.sandbox.clearFaults();
	expect(await trigger.activate()).toBeNull();
	expect(await trigger.poll()).toBeNull();
});

test('a missing scope is named', async () => {
	const trigger = await openOrders(someOrders(1));
	trigger.tenant.sandbox.app.scopes = ['hire:external_application'];
	await expect(trigger.activate()).rejects.toMatchObject({
		description: expect.stringContaining('hire:background_check_order:readonly') as string,
	});
});

test('a poll that needs longer than n8n allows says so', async () => {
	const { tenant } = await openOrders(someOrders(300), {}, { latencyMs: 5 });
	const poll = pollNode({
		type: 'feishuHireTrigger',
		credentials: tenant.credentials,
		parameters: { events: ORDER_EVENTS },
		budgetMs: 1,
	});
	await expect(poll).rejects.toThrow('The poll did not finish within');
	expect(tenant.sandbox.requests('orders')).toHaveLength(1);
});

test('polls that become due while another is running send nothing', async () => {
	const orders = someOrders(150);
	const trigger = await openOrders(orders);
	const { sandbox } = trigger.tenant;
	await trigger.activate();
	sandbox.orders.update(idOf(orders, 0), { order_status: 3 });
	sandbox.options.latencyMs = 40;
	sandbox.resetLog();
	const [first, ...others] = await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
	expect(first).toHaveLength(1);
	expect(others).toEqual([null, null]);
	expect(reads(trigger)).toHaveLength(1);
});

describe('run by hand', () => {
	test('shows up to 10 orders as created, with one request, and touches no state', async () => {
		const trigger = await openOrders(someOrders(150));
		await trigger.activate();
		const { saved } = trigger;
		trigger.tenant.sandbox.resetLog();
		const items = (await trigger.runManually()) ?? [];
		expect(items).toHaveLength(10);
		for (const { events } of items) expect(events).toEqual(['orderCreated']);
		expect(reads(trigger)).toHaveLength(1);
		expect(trigger.saved).toBe(saved);
		expect(await trigger.poll()).toBeNull();
	});

	test('without created they are samples, and a box says so', async () => {
		const trigger = await openOrders(someOrders(2), { events: ['orderStatusChanged'] });
		const result = await trigger.execute('manual');
		expect(result.output().map(({ json }) => json)).toMatchObject(
			[1, 2].map(() => ({
				events: ['orderStatusChanged'],
				changes: [{ field: 'status', old: null, new: 'arranged' }],
			})),
		);
		expect(result.hints()).toMatchObject([{ location: 'outputPane' }]);
	});

	test.each([
		[['created', ...ORDER_EVENTS], 0],
		[['created', 'orderStatusChanged'], 1],
		[['changed', 'orderCreated'], 1],
	])('five of each list, with %j', async (events, hints) => {
		const trigger = await openOrders(someOrders(20), { events }, { checks: someChecks(20) });
		const result = await trigger.execute('manual');
		const items = result.output().map(({ json }) => json);
		expect(items.filter(({ event }) => event)).toHaveLength(5);
		expect(items.filter((item) => item.events)).toHaveLength(5);
		expect(result.hints()).toHaveLength(hints);
	});

	test('an order that matches is found on a later page', async () => {
		const orders = someOrders(250);
		const trigger = await openOrders(orders, { options: { orderStatusIs: [3] } });
		trigger.tenant.sandbox.orders.update(idOf(orders, 249), { order_status: 3 });
		expect(await trigger.runManually()).toMatchObject([{ status: 'completed' }]);
		expect(reads(trigger)).toHaveLength(3);
	});

	test('the filters apply, and if nothing matches it says so', async () => {
		const trigger = await openOrders(someOrders(3), { options: { orderStatusIs: [3] } });
		await expect(trigger.runManually()).rejects.toMatchObject({
			message: 'No background check orders to show',
			description: expect.stringContaining(
				'This does not affect the published workflow.',
			) as string,
		});
		trigger.tenant.sandbox.orders.update(idOf(someOrders(3), 1), { order_status: 3 });
		expect(await trigger.runManually()).toMatchObject([{ status: 'completed' }]);
	});
});

test.each<[INodeParameters, string]>([
	[{ options: { orderStatusIs: [1] } }, "'Order Status Is' has an invalid value"],
	[{ options: { orderStatusIs: '={{ "3" }}' } }, "'Order Status Is' is text, not a list"],
	[
		{ options: { conclusionIs: '={{ [true] }}' } },
		"'Conclusion Is' contains an entry that is a boolean",
	],
	[
		{ options: { supplierContains: '={{ [true] }}' } },
		"'Supplier Contains' contains an entry that is a",
	],
])('refuses %j before a request is sent', async (parameters, message) => {
	const trigger = await openOrders([], parameters);
	await expect(trigger.activate()).rejects.toThrow(message);
	expect(trigger.tenant.sandbox.log).toEqual([]);
});
