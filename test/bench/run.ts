/**
 * `npm run bench`: lets this node, the official SDK, n8n's HTTP Request node and a bare loop over
 * n8n's helper do the same work against the sandbox, each in its own process. See
 * docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { cachedInstall } from '../../scripts/cachedInstall';
import { runMain } from '../e2e/lib/processes';
import { labels, type ContenderName } from './contenders/labels';
import { measure, type Result } from './measure';
import { reportOf, writeRow } from './page';
import { rows, type Row } from './rows';
import { nothingLost } from './verdicts';

/** The share of the real size that `--small` measures. */
const SMALL = 0.1;

const HELP = `npm run bench                  every row; results go into docs/performance.md
npm run bench -- NAME …        some of ${Object.keys(rows).join(', ')}
npm run bench -- --small       a tenth of the work, to try the bench; nothing is written`;

/** Measures a row. @returns its report, and how many rows this node lost */
async function measureRow(row: Row, engineDirectory: string) {
	const results = new Map<ContenderName, Result>();
	for (const contender of row.contenders) {
		console.error(`  ${labels[contender]} …`);
		const result = await measure(row, contender, engineDirectory);
		results.set(contender, result);
		for (const error of [...new Set(result.errors)].slice(0, 3)) console.error(`    ${error}`);
	}
	const of = (contender: ContenderName): Result => {
		const result = results.get(contender);
		if (!result) throw new Error(`${labels[contender]} takes no part`);
		return result;
	};
	const ours = of('thisNode');
	const verdicts = [...row.verdicts(ours, of), nothingLost(ours)];
	return { report: reportOf(row, [...results.values()], verdicts), lost: ours.lost };
}

void runMain(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			small: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const unknown = positionals.filter((name) => !(name in rows));
	if (values.help || unknown.length > 0) {
		if (unknown.length > 0) console.error(`No row is called ${unknown.join(', ')}.`);
		console.log(HELP);
		return unknown.length > 0 ? 1 : 0;
	}
	const engineDirectory = await cachedInstall(__dirname);
	let lost = 0;
	for (const [name, rowOfSize] of Object.entries(rows)) {
		if (positionals.length > 0 && !positionals.includes(name)) continue;
		const row = rowOfSize(values.small ? SMALL : 1);
		console.error(`\n${name}: ${row.title}`);
		const measured = await measureRow(row, engineDirectory);
		lost += measured.lost;
		console.log(`\n${measured.report}`);
		if (!values.small) await writeRow(name, row, measured.report);
	}
	if (lost > 0) console.error(`\nThis node lost ${lost} rows.`);
	return lost > 0 ? 1 : 0;
});
