import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEISHU_CODES } from '../../nodes/shared/feishu/codes';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'errors.md'), 'utf8').replace(
	/ +/g,
	' ',
); // Prettier pads the cells of a table.

const IN_WORDS = {
	retry: 'tried again',
	wait: 'waits, then goes on',
	renewToken: 'renews the token once',
	fail: 'reported at once',
};

test.each(Object.entries(FEISHU_CODES))(
	'docs/errors.md says what code %s means and what to do',
	(code, { meaning, reaction, advice }) => {
		expect(page).toContain(`| ${code} | ${meaning} | ${IN_WORDS[reaction]} | ${advice} |`);
	},
);
