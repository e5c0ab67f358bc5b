import assert from 'node:assert/strict';
import type { Execution } from '../lib/executions';
import type { World } from '../lib/world';

/** Four of the rows hold IDs, of which the tenant knows three; the last is blank. */
export const spreadsheetRowsExample = {
	check: (execution: Execution, { sandbox }: World): void => {
		const rows = execution.items('Rows of the Spreadsheet').map(({ json }) => json);
		const results = execution.items('Result Beside the Row').map(({ json }) => json);
		const known = new Map(sandbox.checks.all().map((check) => [check.id, check]));
		const remarks = ['', '', '', 'Not found in Feishu', 'External Background Check IDs is empty'];
		assert.deepEqual(
			results,
			rows.map((row, index) => {
				const check = known.get(String(row['Background check ID']));
				const { name, result } = check ?? {};
				return { ...row, Check: name ?? '', Result: result ?? '', Remark: remarks[index] };
			}),
		);
		assert.equal(results.length, remarks.length);
		assert.deepEqual(
			results.map(({ Result }) => Result),
			['已通过', '未通过', '已通过', '', ''],
		);
		assert.equal(sandbox.requests('batch_query').length, 1);
	},
};

const header = 'Background check ID,Application ID,Date,Name,Result,Files';
const dayInShanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** A file with a line for each check of the tenant; no field of the sandbox's data needs quotes. */
export const nightlyCsvExample = {
	check: async (execution: Execution, { sandbox, rest }: World): Promise<void> => {
		const { binary } = execution.items('CSV File')[0]!;
		assert.match(binary?.data!.fileName ?? '', /^background-checks-\d{4}-\d\d-\d\d\.csv$/);
		const csv = await rest.text('GET', `/binary-data?id=${binary?.data!.id}&action=download`);
		assert.deepEqual(csv.trim().split('\n'), [
			header,
			...sandbox.checks.all().map((check) => {
				const { id, external_application_id: application, date, name, result } = check;
				const files = check.attachment_list?.map((file) => file.name).join('; ');
				const day = Number(date) ? dayInShanghai.format(Number(date)) : '';
				return [id, application, day, name, result, files].join(',');
			}),
		]);
	},
};
