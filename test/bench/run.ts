/**
 * `npm run bench`: this node, the official SDK, n8n's HTTP Request node and a bare loop over n8n's
 * helper do the same work against the sandbox, each in its own process. See docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { cachedInstall } from '../../scripts/cachedInstall';
import { labels, type ContenderName } from './contenders';
import { measure, type Result } from './measure';
import { packageCosts } from './packageCosts';
import { rowReport, verdictReport, writeSection } from './report';
import { rows, type Row } from './rows';

const PACKAGE = 'package';
const NAMES = [...Object.keys(rows), PACKAGE];
const PACKAGE_TITLE = 'what the package costs n8n before it does anything';
/** Part of the real size that `--small` measures. */
const SMALL = 0.1;

const HELP = `npm run bench                  every row, half an hour; results go into docs/performance.md
npm run bench -- NAME …        some rows
npm run bench -- --list        their names
npm run bench -- --small       a tenth of the work, to try the bench; nothing is written`;

/** @returns rows that this node lost */
async function runRow(row: Row, engineDirectory: string, writes: boolean): Promise<number> {
	console.error(`\n${row.name}: ${row.title}`);
	const results = new Map<ContenderName, Result>();
	for (const contender of row.contenders) {
		console.error(`  ${labels[contender]} …`);
		const result = await measure(row, contender, engineDirectory);
		results.set(contender, result);
		for (const error of [...new Set(result.errors)].slice(0, 3)) console.error(`    ${error}`);
	}
	const body = [
		rowReport(row, [...results.values()]),
		verdictReport(row.verdicts(results.get('thisNode')!, (name) => results.get(name)!)),
	].join('\n\n');
	console.log(`\n${row.title}\n\n${body}`);
	if (writes) writeSection(row.name, row.title, body);
	return results.get('thisNode')!.lost;
}

function runPackage(writes: boolean): void {
	console.error(`\n${PACKAGE}: ${PACKAGE_TITLE}`);
	const body = verdictReport(packageCosts());
	console.log(`\n${body}`);
	if (writes) writeSection(PACKAGE, PACKAGE_TITLE, body);
}

async function main(): Promise<number> {
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
		console.log(`${PACKAGE}: ${PACKAGE_TITLE}`);
		return 0;
	}
	const engineDirectory = await cachedInstall(__dirname);
	let lost = 0;
	for (const name of positionals.length > 0 ? positionals : NAMES) {
		if (name === PACKAGE) runPackage(!values.small);
		else lost += await runRow(rows[name](scale), engineDirectory, !values.small);
	}
	if (lost > 0) console.error(`\nThis node lost ${lost} rows.`);
	return lost > 0 ? 1 : 0;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
