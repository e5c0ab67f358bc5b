import assert from 'node:assert/strict';
import type { Execution } from '../lib/executions';
import { simplified } from '../lib/simplified';
import type { World } from '../lib/world';

/** One list of what is still open. A manual run shows it and posts nothing. */
export const openChecksExample = {
	check: (execution: Execution, { sandbox }: World): void => {
		const open = sandbox.checks.all().filter(({ result }) => !result || result === '进行中');
		const [message] = execution.items('Test Run: Nothing Is Posted');
		const [title, ...lines] = String(message?.json.text).split('\n');
		assert.equal(title, `未完成的背调 / Open background checks: ${open.length}`);
		assert.ok(lines.length === Math.min(open.length, 100 + 1), `${lines.length} lines`);
		assert.deepEqual(sandbox.hooks, []);
	},
};

/** One list of the orders that are not closed. A manual run shows it and posts nothing. */
export const openOrdersExample = {
	check: (execution: Execution, { sandbox }: World): void => {
		const closed = [3, 4, 6, 9];
		const open = sandbox.orders.all().filter(({ order_status }) => !closed.includes(order_status!));
		const [message] = execution.items('Test Run: Nothing Is Posted');
		const [title, ...lines] = String(message?.json.text).split('\n');
		assert.equal(title, `未完成的背调订单 / Open background check orders: ${open.length}`);
		assert.deepEqual(
			lines.map((line) => line.split('  ')[1]).sort(),
			open.map(({ candidate_info }) => candidate_info?.name).sort(),
		);
		assert.deepEqual(sandbox.hooks, []);
	},
};

/** The day in the time zone of the example's workflow; empty if there is none. */
const dayOf = (date: unknown) =>
	Number(date) ? new Date(Number(date) + 8 * 60 * 60_000).toISOString().slice(0, 10) : '';

const header = 'Background check,Result,Date,Background check ID,External application ID,Files';

/** A file with a line per check of the tenant. No field of the sandbox's data needs quotes. */
export const nightlyCsvExample = {
	check: async (execution: Execution, { sandbox, rest }: World): Promise<void> => {
		const [item] = execution.items('CSV File');
		const file = item?.binary?.data;
		assert.match(file?.fileName ?? '', /^background-checks-\d{4}-\d\d-\d\d\.csv$/);
		const csv = await rest.text('GET', `/binary-data?id=${file?.id}&action=download`);
		// A byte order mark tells Excel that it is UTF-8.
		const [first, ...lines] = csv
			.replace(/^\uFEFF/, '')
			.trim()
			.split('\n');
		assert.equal(first, header);
		assert.deepEqual(
			lines,
			sandbox.checks.all().map((check) => {
				const { name, result, id, external_application_id } = simplified(check);
				const files = check.attachment_list?.map((attached) => attached.name).join('; ');
				return [name, result, dayOf(check.date), id, external_application_id, files].join();
			}),
		);
	},
};
