import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markersOf, tables } from '../../scripts/errorsPage/tables';

// In this process, so that `npm run mutation` sees it; the generator runs in errors.test.ts.

const page = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8');

/** The texts of a table: Prettier pads its cells. */
const textsOf = (table = '') =>
	table
		.trim()
		.split('\n')
		.map((line) => line.replace(/-{3,}/g, '---').replace(/\s+/g, ' '));

test.each(['codes', 'without a code', 'lists', 'writes', 'parameters'])(
	'the texts of the table "%s" are those that are shown; if not: npm run docs:errors',
	async (name) => {
		const [start, end] = markersOf(name);
		const shown = (await tables())[name];
		expect(textsOf(page.split(start)[1]?.split(end)[0])).toEqual(textsOf(shown));
	},
);
