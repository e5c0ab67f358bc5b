import { applicationWithoutOrder, orderExamples, people } from '../../../sandbox';
import {
	itemsOf,
	manyOrders,
	orderIdsOf,
	rowsOf,
	useOrderTenant,
	type OrderTenant,
} from './tenant';

const open = useOrderTenant();

const applicationOf = ({ sandbox }: OrderTenant, order: string) =>
	sandbox.orders.byId(order)!.application_id;

test('by ID: the orders of this application', async () => {
	const tenant = await open();
	const application = applicationOf(tenant, orderExamples.twoReports);
	const result = await tenant.ask('getByApplication', { applicationId: application });
	const expected = tenant.sandbox.orders.sorted('newest', application).map(({ id }) => id);
	expect(expected).toContain(orderExamples.twoReports);
	expect(orderIdsOf(result)).toEqual(expected);
	expect(tenant.count()).toMatchObject({ list: 1, query: 0, applications: 0, lookups: 0 });
	expect(tenant.sandbox.requests('orders')[0]?.query).toEqual({
		page_size: '100',
		application_id: application,
	});
});

test.each([
	(id: string) => `https://x.feishu.cn/hire/talent/${people.twoNumbers.id}?application_id=${id}`,
	(id: string) =>
		`https://x.feishu.cn/hire/talent/${people.twoNumbers.id}?tab=1&application_id=${id}#a`,
	(id: string) => ` ${id} `,
])("by the address of the candidate's page %#", async (addressOf) => {
	const tenant = await open();
	const application = applicationOf(tenant, orderExamples.completed);
	const result = await tenant.ask('getByApplication', { applicationId: addressOf(application) });
	expect(orderIdsOf(result)).toContain(orderExamples.completed);
	expect(tenant.sandbox.requests('orders')[0]?.query.application_id).toBe(application);
});

test('an address without an application is refused before a request', async () => {
	const { ask, count } = await open();
	const applicationId = `https://x.feishu.cn/hire/talent/${people.twoNumbers.id}`;
	const result = await ask('getByApplication', { applicationId });
	expect(result.error?.message).toMatch(/^'Application ID'/);
	expect(count().list).toBe(0);
});

test.each(['empty', 'error'] as const)(
	'no order, or the ID of an external application (%s): not found, for the reason noOrder',
	async (noOrders) => {
		const tenant = await open();
		const { ask, sandbox } = tenant;
		sandbox.options.open.noOrders = noOrders;
		const external = sandbox.applications.all()[0]!.id;
		const ids = [applicationWithoutOrder, external];
		const result = await ask(
			'getByApplication',
			{ applicationId: '={{ $json.value }}' },
			itemsOf(ids),
		);
		expect(rowsOf(result)).toEqual(
			ids.map((id) => ({ found: false, application_id: id, reason: 'noOrder' })),
		);
		expect(result.hints().map(({ message }) => message)).toEqual([
			'2 input items found no background check order (背调订单).',
		]);
		const parameters = { applicationId: external, options: { ifNotFound: 'error' } };
		const failed = await ask('getByApplication', parameters);
		expect(failed.error?.message).toBe(
			`'Application ID' has no background check order (背调订单): ${external}`,
		);
	},
);

test('an application is read once, however many items need it', async () => {
	const tenant = await open();
	const application = applicationOf(tenant, orderExamples.completed);
	const result = await tenant.ask(
		'getByApplication',
		{ applicationId: '={{ $json.value }}' },
		itemsOf([application, application, application]),
	);
	expect(tenant.count().list).toBe(1);
	const sources = result.output().map(({ pairedItem }) => (pairedItem as { item: number }).item);
	expect(new Set(sources)).toEqual(new Set([0, 1, 2]));
});

test('more than a page: all of them, or as many as the limit allows, with a hint', async () => {
	const orders = manyOrders(130, () => ({ application_id: '7451000000000000777' }));
	const { ask, count } = await open({ orders });
	const parameters = { applicationId: '7451000000000000777' };
	const all = await ask('getByApplication', { ...parameters, returnAll: true });
	expect(new Set(orderIdsOf(all)).size).toBe(130);
	expect(count().list).toBe(2);
	const some = await ask('getByApplication', { ...parameters, limit: 7 });
	expect(orderIdsOf(some)).toHaveLength(7);
	expect(some.hints()[0]?.message).toMatch(/^There may be more background check orders/);
});

test('an order of another application is an error', async () => {
	const { ask, sandbox } = await open();
	const foreign = sandbox.orders.byId(orderExamples.completed);
	sandbox.fault({
		api: 'orders',
		always: true,
		do: {
			kind: 'answer',
			status: 200,
			body: { code: 0, data: { has_more: false, items: [foreign] } },
		},
	});
	const result = await ask('getByApplication', { applicationId: applicationWithoutOrder });
	expect(result.error?.message).toMatch(/orders that were not requested/);
	expect(result.output()).toEqual([]);
});
