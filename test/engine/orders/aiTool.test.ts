import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { orderExamples, people } from '../../../sandbox';
import { callTool, loadPackage, type ToolCaller } from '../../harness';
import { WRITE_NODE } from '../write/tenant';
import { candidate, showContacts, useOrderTenant, type OrderTenant } from './tenant';

const open = useOrderTenant();

const { completed } = orderExamples;

/** What a model gets to read. */
async function answerTo(
	{ credentials }: OrderTenant,
	by: ToolCaller,
	operation: string,
	parameters: INodeParameters,
	input: IDataObject = {},
): Promise<IDataObject[]> {
	const all = { resource: 'backgroundCheckOrder', operation, ...parameters };
	const { answer } = await callTool(by, credentials, WRITE_NODE, all, input);
	return JSON.parse(answer) as IDataObject[];
}

const byIds: INodeParameters = {
	orderIds: "={{ $fromAI('ids', 'IDs of the orders', 'string') }}",
};

describe.each<ToolCaller>(['mcp', 'agent'])('called by %s', (by) => {
	test('simplified by default, without a phone number or email address', async () => {
		const tenant = await open();
		showContacts(tenant);
		for (const parameters of [byIds, { ...byIds, output: 'simplified' }]) {
			const [row] = await answerTo(tenant, by, 'getByIds', parameters, { ids: completed });
			expect(Object.keys(row ?? {})).toHaveLength(10);
			expect(row).toMatchObject({ order_id: completed, status: 'completed', conclusion: '绿灯' });
			const { candidate_info } = tenant.sandbox.orders.byId(completed)!;
			expect(JSON.stringify(row)).not.toContain(candidate_info?.mobile);
			expect(JSON.stringify(row)).not.toContain(candidate_info?.email);
		}
	});

	test('raw: as Feishu sent it', async () => {
		const tenant = await open();
		showContacts(tenant);
		const parameters = { ...byIds, output: 'raw' };
		const [row] = await answerTo(tenant, by, 'getByIds', parameters, { ids: completed });
		const { candidate_info } = tenant.sandbox.orders.byId(completed)!;
		expect(row).toMatchObject({ order_id: completed, order_status: 3, candidate_info });
	});

	test('selected fields: these, and no others', async () => {
		const tenant = await open();
		const parameters = {
			...byIds,
			output: 'selectedFields',
			selectedFields: ['status', 'order_id', 'reports'],
		};
		const [row] = await answerTo(tenant, by, 'getByIds', parameters, { ids: completed });
		expect(Object.keys(row ?? {}).sort()).toEqual(['order_id', 'reports', 'status']);
	});

	test('the fields chosen beforehand are some of them', async () => {
		const tenant = await open();
		const parameters = { ...byIds, output: 'selectedFields' };
		const [row] = await answerTo(tenant, by, 'getByIds', parameters, { ids: completed });
		expect(Object.keys(row ?? {})).toEqual(['order_id', 'candidate_name', 'status', 'conclusion']);
	});

	test('of a candidate: the value that was looked up comes along with the chosen fields', async () => {
		const tenant = await open();
		const parameters = {
			...candidate("={{ $fromAI('who', 'The candidate', 'string') }}"),
			output: 'selectedFields',
			selectedFields: ['order_id'],
		};
		const who = people.twoNumbers.emails[0];
		const rows = await answerTo(tenant, by, 'getByCandidate', parameters, { who });
		expect(rows.length).toBeGreaterThan(1);
		for (const row of rows) expect(Object.keys(row)).toEqual(['candidate', 'order_id']);
	});

	test('not found: an item says so, even with selected fields', async () => {
		const tenant = await open();
		for (const output of ['simplified', 'raw', 'selectedFields']) {
			const ids = '7999999999999999999';
			const rows = await answerTo(tenant, by, 'getByIds', { ...byIds, output }, { ids });
			expect(rows).toEqual([{ found: false, id: ids, reason: 'noOrder' }]);
		}
		tenant.sandbox.orders.all().forEach(({ id }) => tenant.sandbox.orders.remove(id));
		expect(await answerTo(tenant, by, 'getMany', {})).toEqual([
			{ found: false, reason: 'noOrder', message: 'There are no background check orders.' },
		]);
	});

	test('an item reports the limit', async () => {
		const tenant = await open();
		const rows = await answerTo(tenant, by, 'getMany', { limit: 2, output: 'selectedFields' });
		expect(rows).toHaveLength(3);
		expect(rows.at(-1)).toMatchObject({ limit_reached: true });
	});

	test('no file is downloaded, whatever the parameters say', async () => {
		const tenant = await open();
		const parameters = { ...byIds, downloadReports: true };
		await answerTo(tenant, by, 'getByIds', parameters, { ids: completed });
		expect(tenant.count().files).toBe(0);
	});
});

test.each<[INodeParameters, string]>([
	[{ output: 'all' }, "'Output' has an invalid value"],
	[{ output: 'selectedFields', selectedFields: [] }, "'Fields' is empty"],
	[{ output: 'selectedFields', selectedFields: ['mobile'] }, "'Fields' has an invalid value"],
])('%j is refused with an explanation', async (parameters, message) => {
	const { credentials, count } = await open();
	const all = { resource: 'backgroundCheckOrder', operation: 'getByIds', orderIds: completed };
	const { run } = await callTool('mcp', credentials, WRITE_NODE, { ...all, ...parameters }, {});
	expect(run.serialized).toContain(message);
	expect(count().query).toBe(0);
});

test('people have a switch, models a choice: no field is shown to both', async () => {
	const pkg = await loadPackage();
	const { properties } = (pkg.node(pkg.fullType(WRITE_NODE)) as INodeType).description;
	const shown = (name: string) =>
		properties
			.filter((field) => field.name === name)
			.flatMap(({ displayOptions }) => displayOptions ?? [])
			.filter(({ show }) => show?.resource?.[0] === 'backgroundCheckOrder');
	for (const name of ['output', 'selectedFields']) {
		expect(shown(name)).toHaveLength(4);
		for (const { show } of shown(name)) expect(show).toHaveProperty(['@tool'], [true]);
	}
	for (const name of ['simple', 'downloadReports', 'reportOptions']) {
		expect(shown(name)).toHaveLength(4);
		for (const { hide } of shown(name)) expect(hide).toHaveProperty(['@tool'], [true]);
	}
});
