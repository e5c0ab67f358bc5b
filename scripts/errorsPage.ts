/**
 * `npm run docs:errors`: writes the tables of docs/errors.md between their markers, from the texts
 * in the code. A file name as argument selects another file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { markersOf, tables } from './errorsPage/tables';

const ERRORS_PAGE = join(__dirname, '..', 'docs', 'errors.md');

/**
 * The page with new tables, formatted with the repository's Prettier options.
 * @param page the current page
 * @throws Error if it lacks a marker
 */
async function errorsPage(page: string): Promise<string> {
	let made = page;
	for (const [name, text] of Object.entries(await tables())) {
		const [start, end] = markersOf(name);
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
