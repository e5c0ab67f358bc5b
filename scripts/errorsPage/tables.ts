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

/** A text in a cell: braces and angle brackets as code, so that neither Markdown nor HTML takes them. */
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

/** The lines around a table. */
export const markersOf = (name: string): [start: string, end: string] => [
	`<!-- ${name}: npm run docs:errors -->`,
	`<!-- end of ${name} -->`,
];
