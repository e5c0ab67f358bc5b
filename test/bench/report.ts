import { cpus, totalmem } from 'node:os';
import { labels } from './contenders';
import { table, writeSection } from './document';
import type { Result } from './measure';
import type { Row } from './rows/row';
import type { Verdict } from './verdicts';

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** What was measured where and when, in a line. */
function machine(): string {
	const model = cpus()[0]?.model ?? 'unknown processor';
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const date = new Date().toISOString().slice(0, 10);
	return `${date}, ${model.trim()}, ${cpus().length} cores, ${gigabytes} GB, Node ${process.versions.node}`;
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
			HEAD.map((_, index) => (index === 0 ? '---' : '---:')),
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

/** Puts the figures of a row into its section of docs/performance.md. */
export async function writeRow(name: string, title: string, body: string): Promise<void> {
	await writeSection(
		{
			page: 'performance.md',
			begin: `<!-- bench ${name}: written by npm run bench -->`,
			end: `<!-- bench ${name}: end -->`,
		},
		`### ${title}\n\n\`npm run bench -- ${name}\` (${machine()})\n\n${body}`,
	);
}
