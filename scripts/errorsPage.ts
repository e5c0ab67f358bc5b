/**
 * `npm run docs:errors`: writes the tables of docs/errors.md, whose texts the code holds, between their
 * markers; of another file when one is named.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import {
	rowsOfBrokenLists,
	rowsOfCodes,
	rowsOfParameters,
	rowsOfWrites,
	rowsWithoutCode,
} from './errorsPage/rows';

const ERRORS_PAGE = join(__dirname, '..', 'docs', 'errors.md');

const TITLE = 'Title of the error';
const REACTION = 'What the node does';
const ADVICE = 'What you can do';

/** A text in a cell: braces and angle brackets as code, so that neither Markdown nor HTML takes them. */
const cell = (text: string) =>
	text.replace(/\{\{[^}]*\}\}|\[".*"\]/g, '`$&`').replace(/\|/g, '\\|');

const row = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;

const table = (head: string[], rows: string[][]) =>
	[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** The tables, by the name in their markers. */
async function tables(): Promise<Record<string, string>> {
	return {
		codes: table(['Code', TITLE, REACTION, ADVICE], rowsOfCodes()),
		'without a code': table([TITLE, REACTION, ADVICE], rowsWithoutCode()),
		lists: table([TITLE, ADVICE], await rowsOfBrokenLists()),
		writes: table([TITLE, ADVICE], rowsOfWrites()),
		parameters: table([TITLE, ADVICE], rowsOfParameters()),
	};
}

/**
 * The page with its tables made anew, formatted as the repository is.
 * @param page the page as it is
 * @throws Error when it lacks a marker
 */
async function errorsPage(page: string): Promise<string> {
	let made = page;
	for (const [name, text] of Object.entries(await tables())) {
		const [start, end] = [`<!-- ${name}: npm run docs:errors -->`, `<!-- end of ${name} -->`];
		const [before, rest] = made.split(start);
		const after = rest?.split(end)[1];
		if (before === undefined || after === undefined) {
			throw new Error(`docs/errors.md lacks ${start} or ${end}`);
		}
		made = [before, start, '\n\n', text, '\n\n', end, after].join('');
	}
	return await format(made, { ...(await resolveConfig(ERRORS_PAGE)), parser: 'markdown' });
}

async function main(file = ERRORS_PAGE): Promise<void> {
	writeFileSync(file, await errorsPage(readFileSync(file, 'utf8')));
}

main(process.argv[2]).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
