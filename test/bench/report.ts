import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { labels } from './contenders';
import type { Result } from './measure';
import type { Row } from './rows';
import type { Verdict } from './verdicts';

const FILE = path.resolve(__dirname, '../../docs/performance.md');

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** What was measured where and when, in a line. */
function machine(): string {
	const [{ model }] = cpus();
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const date = new Date().toISOString().slice(0, 10);
	return `${date}, ${model.trim()}, ${cpus().length} cores, ${gigabytes} GB, Node ${process.versions.node}`;
}

function table(head: string[], lines: string[][]): string {
	const rows = [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...lines];
	return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function resultLine(row: Row, result: Result): string[] {
	const { boundMs } = row;
	const errors = result.errors.length > 0 ? ` (${result.errors.length} errors)` : '';
	return [
		labels[result.contender] + (row.works.length > 1 ? ` × ${row.works.length}` : ''),
		String(result.requests),
		String(result.rejected),
		String(result.connections),
		seconds(result.wallMs),
		boundMs === undefined ? '–' : (result.wallMs / boundMs).toFixed(2),
		seconds(result.cpuMs),
		(result.peakBytes / 1e6).toFixed(0),
		(result.heldBytes / 1e6).toFixed(0),
		String(result.rows),
		`${result.lost}${errors}`,
	];
}

const HEAD = [
	'contender',
	'requests',
	'rejected',
	'connections',
	'wall, s',
	'÷ bound',
	'CPU, s',
	'peak memory, MB',
	'held, MB',
	'rows',
	'lost',
];

/** A row's results as markdown. */
export function rowReport(row: Row, results: Result[]): string {
	const { boundMs, boundText } = row;
	return [
		table(
			HEAD,
			results.map((result) => resultLine(row, result)),
		),
		...(boundMs === undefined ? [] : ['', `Bound: ${seconds(boundMs)} s, ${boundText}.`]),
	].join('\n');
}

/** Targets and whether they were reached, as markdown. */
export function verdictReport(verdicts: Verdict[]): string {
	return verdicts
		.map(
			({ target, measured, reached }) =>
				`- ${reached ? 'reached' : '**not reached**'}: ${target}; measured ${measured}`,
		)
		.join('\n');
}

/**
 * Replaces a row's section of docs/performance.md, or adds it at the end. Only what stands between
 * the section's markers changes.
 */
export function writeSection(name: string, title: string, body: string): void {
	const begin = `<!-- bench ${name}: written by npm run bench -->`;
	const end = `<!-- bench ${name}: end -->`;
	const section = `${begin}

### ${title}

\`npm run bench -- ${name}\` (${machine()})

${body}

${end}`;
	const text = readFileSync(FILE, 'utf8');
	const from = text.indexOf(begin);
	const to = text.indexOf(end);
	writeFileSync(
		FILE,
		from < 0 || to < from
			? `${text.trimEnd()}\n\n${section}\n`
			: text.slice(0, from) + section + text.slice(to + end.length),
	);
}
