import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REASONS } from '../mutation/unnoticeable';

const ROOT = path.resolve(__dirname, '../..');

test.each(Object.entries(REASONS))(
	'docs/tests.md explains changes of lines that stand in %s',
	(file, reasons) => {
		const source = readFileSync(path.join(ROOT, file), 'utf8');
		expect(reasons.filter(({ code }) => !source.includes(code))).toEqual([]);
	},
);
