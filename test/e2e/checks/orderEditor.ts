import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { fileContent, orderExamples } from '../../../sandbox';
import { exampleCredential } from '../lib/credential';
import { test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { manualTrigger, triggerNode, workflowOf, writeNode } from '../lib/workflows';

/** The columns, from left to right. */
const fields = [
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
];

/** Every ten seconds. With one poll time, n8n polls once a minute at most. */
const pollTimes = {
	item: [0, 10, 20, 30, 40, 50].map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	})),
};

/** Background check orders, in the browser. */
export function orderEditorTests(): void {
	test('found by "背调订单", an operation is picked; the table has the orders in ten fields', async ({
		world: { sandbox },
		editor,
	}) => {
		await editor.openNodeList();
		await (await editor.search('背调订单', /^\s*Feishu Hire\s*$/)).click();
		await editor.action('On background check order status changed').waitFor();
		await editor.part('node-creator-category-item').filter({ hasText: 'Actions' }).click();
		await editor.action('Get many background check orders').click();
		await editor.part('node-parameters').waitFor();
		await editor.chooseCredential(exampleCredential.id);
		await editor.execute();
		const orders = sandbox.orders.sorted('newest');
		await editor.output.getByText(`${orders.length} items`).waitFor();
		const [header = [], ...rows] = await editor.table();
		assert.deepEqual(header.filter(Boolean), fields);
		assert.ok(rows.length > 1);
		const shown = ['order_id', 'application_id', 'candidate_name', 'package'];
		assert.deepEqual(
			rows.map((row) => shown.map((field) => row[header.indexOf(field)])),
			orders
				.slice(0, rows.length)
				.map((order) => [
					order.id,
					order.application_id,
					order.candidate_info?.name,
					order.package ?? 'null',
				]),
		);
	});

	test('with Download Reports switched on, the report comes as a file, byte for byte', async ({
		world: { sandbox },
		editor,
		open,
	}) => {
		const { id, feedback_info_list: reports } = sandbox.orders.byId(orderExamples.completed)!;
		const report = reports![0]!;
		const parameters = { resource: 'backgroundCheckOrder', operation: 'getByIds', orderIds: id };
		await open(workflowOf('Report of an order', manualTrigger(), writeNode(parameters)));
		await editor.part('parameter-input-downloadReports').click();
		await editor.execute();
		const { name, content } = await editor.downloadFile();
		assert.equal(name, `${report.report_name}.pdf`);
		const stored = await buffer(fileContent({ id: report.id, ...report.file! }).open());
		assert.ok(content.equals(stored), `${content.length} bytes`);
	});

	test('published in the editor, the trigger starts one execution when an order changes', async ({
		world: { sandbox, executions, rest },
		editor,
	}) => {
		const trigger = triggerNode({ events: ['orderStatusChanged'], pollTimes });
		const { id } = await executions.create(workflowOf('News of orders', trigger));
		const { order_status, update_time } = sandbox.orders.byId(orderExamples.open)!;
		const polls = () => sandbox.requests('orders').length;
		await editor.openWorkflow(id);
		try {
			await editor.publish();
			await waitFor('the activation', async () => {
				const { active } = await rest.call<{ active: boolean }>('GET', `/workflows/${id}`);
				return active && polls() > 0;
			});
			sandbox.orders.update(orderExamples.open, { order_status: 4 });
			const [first] = await waitFor('an execution', async () => {
				const found = await executions.list(id);
				return found.length > 0 && found;
			});
			const execution = await executions.finished(first!.id);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual(
				execution
					.items(trigger.name)
					.map(({ json: { order_id, events, changes } }) => ({ order_id, events, changes })),
				[
					{
						order_id: orderExamples.open,
						events: ['orderStatusChanged'],
						changes: [{ field: 'status', old: 'arranged', new: 'terminated' }],
					},
				],
			);
			// When the second of two polls begins, the first one has ended.
			const before = polls();
			await waitFor('two more polls', () => polls() >= before + 2);
			assert.equal((await executions.list(id)).length, 1);
		} finally {
			await executions.deactivate(id);
			sandbox.orders.update(orderExamples.open, { order_status, update_time });
		}
	});
}
