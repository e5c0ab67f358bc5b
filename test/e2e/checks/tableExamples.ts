import assert from 'node:assert/strict';
import type { Execution } from '../lib/executions';
import type { World } from '../lib/world';

/** Candidates of the sandbox, and what must stand beside each of their rows. */
const results = [
	['林晓彤', '已通过', '2025-03-10', ''],
	['林晓彤', '进行中', '2025-03-12', ''],
	['林晓彤', '未通过', '', ''],
	['张三', '已通过', '2021-07-18', ''],
	['赵敏', '', '', /^The candidate has no external application/],
	['周雨桐', '', '', /^No external background check/],
	['李雷', '', '', /^No candidate with this e-mail address/],
	['韩梅梅', '', '', /^'Candidate' is empty/],
] as const;

/** Six rows with an e-mail column, of which one is empty. */
export const spreadsheetRowsExample = {
	check: (execution: Execution, { sandbox }: World): void => {
		const rows = execution.items('Result Beside the Row').map(({ json }) => json);
		assert.equal(rows.length, results.length);
		results.forEach(([candidate, result, date, remark], index) => {
			const row = rows[index];
			assert.deepEqual([row?.Candidate, row?.Result, row?.Date], [candidate, result, date]);
			if (typeof remark === 'string') assert.equal(row?.Remark, remark);
			else assert.match(String(row?.Remark), remark);
		});
		const [file] = execution.items('Result File');
		assert.equal(file?.binary?.data?.fileName, 'background-checks.xlsx');
		// The e-mail addresses of all rows travel together.
		assert.equal(sandbox.log.filter(({ path }) => path.endsWith('/batch_get_id')).length, 1);
	},
};

const header = 'Background check,Result,Date,Background check ID,External application ID,Files';
const dayInShanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** A file with a line for each check of the tenant; no field of the sandbox's data needs quotes. */
export const nightlyCsvExample = {
	check: async (execution: Execution, { sandbox, rest }: World): Promise<void> => {
		const [item] = execution.items('CSV File');
		const data = item?.binary?.data;
		assert.match(data?.fileName ?? '', /^background-checks-\d{4}-\d\d-\d\d\.csv$/);
		const csv = await rest.text('GET', `/binary-data?id=${data?.id}&action=download`);
		// A byte order mark tells Excel that it is UTF-8.
		const [first, ...lines] = csv
			.replace(/^\uFEFF/, '')
			.trim()
			.split('\n');
		assert.equal(first, header);
		assert.deepEqual(
			// The day is what people read of the date.
			lines.map((line) => line.replace(/(T[^,]*)?,(\d{19}),/, ',$2,')),
			sandbox.checks.all().map((check) => {
				const { id, external_application_id: application, date, name, result } = check;
				const files = check.attachment_list?.map((file) => file.name).join('; ');
				const day = Number(date) ? dayInShanghai.format(Number(date)) : '';
				return [name, result, day, id, application, files].join(',');
			}),
		);
	},
};

/** Run by hand: the message is shown, and nothing is posted. */
export const openChecksExample = {
	check: (execution: Execution, { sandbox }: World): void => {
		const open = sandbox.checks.all().filter(({ result }) => !result || result === '进行中');
		const [item] = execution.items('Test Run: Nothing Is Posted');
		const [first, ...lines] = String(item?.json.text).split('\n');
		assert.equal(first, `未完成的背调 / Open background checks: ${open.length}`);
		const days = lines.map((line) => line.slice(0, 10)).filter((day) => /^\d{4}-/.test(day));
		assert.ok(days.length > 50);
		assert.deepEqual(days, [...days].sort());
		assert.deepEqual(sandbox.hooks, []);
	},
};
