/**
 * `npm run bench`: this node, the official SDK, n8n's HTTP Request node and a bare loop over n8n's
 * helper do the same work against the sandbox, each in its own process. See docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { cachedInstall } from '../../scripts/cachedInstall';
import { runMain } from '../e2e/lib/processes';
import { labels, type ContenderName } from './contenders';
import { measure, type Result } from './measure';
import { packageCosts } from './packageCosts';
import { rowReport, verdictReport, writeRow } from './report';
import { rows } from './rows';
import type { RowOfSize } from './rows/row';
import { triggerCosts } from './triggerCosts';
import type { Verdict } from './verdicts';

/** What is measured without contenders. */
const costs: Record<string, { title: string; measure: () => Verdict[] }> = {
	trigger: { title: 'what the trigger adds to its requests', measure: triggerCosts },
	package: {
		title: 'what the package costs n8n before it does anything',
		measure: packageCosts,
	},
};
const NAMES = [...Object.keys(rows), ...Object.keys(costs)];

/** Part of the real size that `--small` measures. */
const SMALL = 0.1;

const HELP = `npm run bench                  every row, an hour; results go into docs/performance.md
npm run bench -- NAME …        some rows
npm run bench -- --list        their names
npm run bench -- --small       a tenth of the work, to try the bench; nothing is written`;

/** Measures a row. @returns its title, its report, and how many rows this node lost */
async function measureRow(name: string, rowOfSize: RowOfSize, scale: number, engine: string) {
	const row = rowOfSize(scale);
	console.error(`\n${name}: ${row.title}`);
	const results = new Map<ContenderName, Result>();
	for (const contender of row.contenders) {
		console.error(`  ${labels[contender]} …`);
		const result = await measure(row, contender, engine);
		results.set(contender, result);
		for (const error of [...new Set(result.errors)].slice(0, 3)) console.error(`    ${error}`);
	}
	const of = (contender: ContenderName): Result => {
		const result = results.get(contender);
		if (!result) throw new Error(`${labels[contender]} takes no part in ${name}`);
		return result;
	};
	const ours = of('thisNode');
	const verdicts = verdictReport(row.verdicts(ours, of));
	const body = `${rowReport(row, [...results.values()])}\n\n${verdicts}`;
	return { title: row.title, body, lost: ours.lost };
}

/** @returns rows that this node lost */
async function run(names: string[], scale: number, writes: boolean): Promise<number> {
	const engine = await cachedInstall(__dirname);
	let lost = 0;
	for (const name of names) {
		const row = rows[name];
		const cost = costs[name];
		if (cost) console.error(`\n${name}: ${cost.title}`);
		const { title, body, ...rest } = row
			? await measureRow(name, row, scale, engine)
			: { title: cost?.title ?? '', body: verdictReport(cost?.measure() ?? []) };
		if ('lost' in rest) lost += rest.lost;
		console.log(`\n${title}\n\n${body}`);
		if (writes) await writeRow(name, title, body);
	}
	return lost;
}

void runMain(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			list: { type: 'boolean', default: false },
			small: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const unknown = positionals.filter((name) => !NAMES.includes(name));
	if (values.help || unknown.length > 0) {
		if (unknown.length > 0) console.error(`No row is called ${unknown.join(', ')}.`);
		console.log(HELP);
		return unknown.length > 0 ? 1 : 0;
	}
	const scale = values.small ? SMALL : 1;
	if (values.list) {
		for (const [name, row] of Object.entries(rows)) console.log(`${name}: ${row(scale).title}`);
		for (const [name, { title }] of Object.entries(costs)) console.log(`${name}: ${title}`);
		return 0;
	}
	const names = positionals.length > 0 ? positionals : NAMES;
	const lost = await run(names, scale, !values.small);
	if (lost > 0) console.error(`\nThis node lost ${lost} rows.`);
	return lost > 0 ? 1 : 0;
});
