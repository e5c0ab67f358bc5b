import { orderExamples, type RequestRecord } from '../../../sandbox';
import { itemsOf, manyOrders, orderIdsOf, rowsOf, showContacts, useOrderTenant } from './tenant';

const open = useOrderTenant();

const { completed, twoReports, handTyped } = orderExamples;
const unknown = '7999999999999999999';

/** The IDs in a request. */
const listOf = ({ body }: RequestRecord) =>
	(JSON.parse(body) as { background_check_order_id_list: string[] }).background_check_order_id_list;

test('1,000 IDs in 1,000 items are 50 requests', async () => {
	const orders = manyOrders(1000);
	const ids = orders.map(({ id = '' }) => id);
	const { ask, sandbox, count } = await open({ orders });
	const result = await ask('getByIds', { orderIds: '={{ $json.value }}' }, itemsOf(ids));
	expect(orderIdsOf(result)).toEqual(ids);
	expect(result.output().map(({ pairedItem }) => pairedItem)).toEqual(
		ids.map((_id, item) => ({ item })),
	);
	expect(count()).toMatchObject({ list: 0, query: 50 });
	expect(sandbox.requests('query_orders').map((request) => listOf(request).length)).toEqual(
		Array(50).fill(20),
	);
});

test('the list of IDs is the only condition, because it overrides all others', async () => {
	const { ask, sandbox } = await open();
	await ask('getByIds', { orderIds: completed });
	const [request] = sandbox.requests('query_orders');
	expect(request?.query).toEqual({ page_size: '100' });
	expect(JSON.parse(request?.body ?? '')).toEqual({ background_check_order_id_list: [completed] });
});

test.each([
	['separated', `${twoReports}, ${completed};${handTyped}`],
	['as a JSON array', `["${twoReports}","${completed}","${handTyped}"]`],
	['repeated', `${twoReports} ${completed} ${twoReports} ${handTyped}`],
])('IDs %s come in the order asked for, each once', async (_how, orderIds) => {
	for (const idOrder of ['stored', 'asked', 'reversed'] as const) {
		const { ask, sandbox } = await open();
		sandbox.options.open.idOrder = idOrder;
		const result = await ask('getByIds', { orderIds });
		expect(orderIdsOf(result)).toEqual([twoReports, completed, handTyped]);
	}
});

describe('an ID that is not found', () => {
	const orderIds = `${completed} ${unknown}`;

	test.each([{ unknownIds: 'omit' }, { unknownIds: 'omit', noOrders: 'error' }] as const)(
		'comes out as not found (%j)',
		async (switches) => {
			const { ask, sandbox } = await open();
			Object.assign(sandbox.options.open, switches);
			const rows = rowsOf(await ask('getByIds', { orderIds }));
			expect(rows[0]).toHaveProperty('order_id', completed);
			expect(rows.slice(1)).toEqual([{ found: false, id: unknown, reason: 'noOrder' }]);
			const alone = await ask('getByIds', { orderIds: unknown });
			expect(rowsOf(alone)).toEqual([{ found: false, id: unknown, reason: 'noOrder' }]);
			expect(alone.hints().map(({ message }) => message)).toEqual([
				`Feishu cannot find 1 of the IDs: ${unknown}.`,
			]);
		},
	);

	test('skip: a hint names it', async () => {
		const { ask } = await open();
		const result = await ask('getByIds', { orderIds, options: { ifNotFound: 'skip' } });
		expect(orderIdsOf(result)).toEqual([completed]);
		expect(result.hints()[0]?.message).toContain(unknown);
	});

	test('error: the field and the ID', async () => {
		const { ask } = await open();
		const result = await ask('getByIds', { orderIds, options: { ifNotFound: 'error' } });
		expect(result.error?.message).toBe(
			`'Order IDs' contains an ID that Feishu cannot find: ${unknown}`,
		);
	});

	test('refused by Feishu: an error names it, and the others are found', async () => {
		const { ask, sandbox } = await open();
		sandbox.options.open.unknownIds = 'error';
		const ids = [completed, unknown, twoReports];
		const result = await ask(
			'getByIds',
			{ orderIds: '={{ $json.value }}' },
			{
				...itemsOf(ids),
				nodeSettings: { onError: 'continueRegularOutput' },
			},
		);
		const rows = rowsOf(result);
		expect(rows.map(({ order_id }) => order_id)).toEqual([completed, undefined, twoReports]);
		expect(JSON.stringify(rows[1])).toContain(unknown);
		expect(JSON.stringify(rows[1])).toContain('1002002');
	});
});

test.each([
	['', /Order IDs|empty/],
	['[7441000000000000001]', /^'Order IDs'/],
])('%j is refused before a request', async (orderIds, message) => {
	const { ask, count } = await open();
	const error = await ask('getByIds', { orderIds: `={{ ${JSON.stringify(orderIds)} }}` }).then(
		(result) => result.error,
		(thrown: unknown) => thrown as Error,
	);
	expect(error?.message).toMatch(message);
	expect(count().query).toBe(0);
});

test('an order that was not requested is an error', async () => {
	const { ask, sandbox } = await open();
	const foreign = sandbox.orders.byId(twoReports)!;
	sandbox.fault({
		api: 'query_orders',
		always: true,
		do: {
			kind: 'answer',
			status: 200,
			body: { code: 0, data: { has_more: false, items: [{ ...foreign, order_id: twoReports }] } },
		},
	});
	const result = await ask('getByIds', { orderIds: completed });
	expect(result.error?.message).toMatch(/orders that were not requested/);
	expect(result.output()).toEqual([]);
});

test('raw rows are as Feishu sent them; simplified ones have no contact data', async () => {
	const tenant = await open();
	showContacts(tenant);
	const { ask, sandbox } = tenant;
	const [raw] = rowsOf(await ask('getByIds', { orderIds: completed, simple: false }));
	const { candidate_info, contactor_info } = sandbox.orders.byId(completed)!;
	expect(raw).toMatchObject({ order_id: completed, order_status: 3 });
	expect(raw).toMatchObject({ candidate_info, contactor_info });
	const result = await ask('getByIds', { orderIds: completed });
	for (const text of [
		candidate_info?.mobile,
		candidate_info?.email,
		contactor_info?.mobile,
		contactor_info?.email,
	]) {
		expect(text).toMatch(/./);
		expect(result.serialized).not.toContain(text);
	}
});
