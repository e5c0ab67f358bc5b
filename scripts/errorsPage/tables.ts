import {
	rowsOfBrokenLists,
	rowsOfCodes,
	rowsOfParameters,
	rowsOfWrites,
	rowsWithoutCode,
} from './rows';

const TITLE = 'Title of the error';
const REACTION = 'What the node does';
const ADVICE = 'What you can do';

/** The text of a cell, with braces and brackets as code, so that Markdown and HTML leave them alone. */
const cell = (text: string) =>
	text.replace(/\{\{[^}]*\}\}|\[".*"\]/g, '`$&`').replace(/\|/g, '\\|');

const row = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;

const table = (head: string[], rows: string[][]) =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** The tables of docs/errors.md in Markdown, by the name in their markers. */
export async function tables(): Promise<Record<string, string>> {
	return {
		codes: table(['Code', TITLE, REACTION, ADVICE], rowsOfCodes()),
		'without a code': table([TITLE, REACTION, ADVICE], rowsWithoutCode()),
		lists: table([TITLE, ADVICE], await rowsOfBrokenLists()),
		writes: table([TITLE, ADVICE], rowsOfWrites()),
		parameters: table([TITLE, ADVICE], rowsOfParameters()),
	};
}

/** The marker lines around a table. */
export const markersOf = (name: string): [start: string, end: string] => [
	`<!-- ${name}: npm run docs:errors -->`,
	`<!-- end of ${name} -->`,
];
