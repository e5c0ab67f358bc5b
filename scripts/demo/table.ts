import Table from 'cli-table3';

/** A table with more rows shows only its first and last rows. */
const LONGEST = 40;
const FIRST = 20;
const LAST = 5;

/** Feishu Hire is used in China, so days are Beijing's. Swedish dates are ISO dates. */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

/** The day of a `date`: epoch ms as number or text, or an ISO 8601 text. Empty if there is none. */
function dayOf(date: unknown): string {
	if (typeof date !== 'number' && typeof date !== 'string') return '';
	const ms = Number.isNaN(Number(date)) ? Date.parse(String(date)) : Number(date);
	return ms > 0 ? DAY.format(ms) : '';
}

/** An item of the node, or a check of the sandbox. */
type Row = Record<string, unknown>;

function rowOf(check: Row): string[] {
	const { id, external_application_id, date, name, result, attachment_list } = check;
	const files = Array.isArray(attachment_list) ? attachment_list.length : 0;
	return [id, external_application_id, dayOf(date), name, result, files].map((cell) =>
		typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '',
	);
}

/**
 * The checks as a table.
 * @param all whether to show every row; otherwise more than 40 are cut to the first 20 and the last
 * 5
 */
export function tableOf(checks: Row[], all: boolean): string {
	const table = new Table({
		head: ['ID', 'Application', 'Date', 'Name', 'Result', 'Files'],
		style: { head: [], border: [], compact: true },
	});
	if (all || checks.length <= LONGEST) {
		table.push(...checks.map(rowOf));
	} else {
		const left = checks.length - FIRST - LAST;
		table.push(
			...checks.slice(0, FIRST).map(rowOf),
			[{ colSpan: 6, content: `… ${left} more; --all shows every row …`, hAlign: 'center' }],
			...checks.slice(-LAST).map(rowOf),
		);
	}
	return table.toString();
}
