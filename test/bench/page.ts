import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { labels } from './contenders/labels';
import type { Result } from './measure';
import type { Row } from './rows';
import type { Verdict } from './verdicts';

const DOCS = path.resolve(__dirname, '../../docs');

/** A table in Markdown. @param align alignment of each column, as Markdown writes it */
export function table(head: string[], align: string[], lines: string[][]): string {
	return [head, align, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Replaces a part of a page in docs/, formatted as `npm run format:check` requires.
 * @throws Error if the page has no such part
 */
export async function writePart(page: string, part: RegExp, markdown: string): Promise<void> {
	const file = path.join(DOCS, page);
	const text = readFileSync(file, 'utf8');
	if (!part.test(text)) throw new Error(`docs/${page} has no part like ${part}`);
	const written = text.replace(part, () => markdown);
	writeFileSync(file, await format(written, { ...(await resolveConfig(file)), filepath: file }));
}

const seconds = (ms: number) => (ms / 1000).toFixed(2);

/** The columns for a contender. */
const COLUMNS: Record<string, (result: Result, row: Row) => string | number> = {
	contender: ({ contender }) => labels[contender],
	requests: ({ requests }) => requests,
	rejected: ({ rejected }) => rejected,
	connections: ({ connections }) => connections,
	'wall, s': ({ wallMs }) => seconds(wallMs),
	'÷ bound': ({ wallMs }, { bound }) => (bound ? (wallMs / bound.ms).toFixed(2) : '–'),
	'CPU, s': ({ cpuMs }) => seconds(cpuMs),
	'peak memory, MB': ({ peakBytes }) => (peakBytes / 1e6).toFixed(0),
	rows: ({ rows }) => rows,
	lost: ({ lost, errors }) => (errors.length > 0 ? `${lost} (${errors.length} errors)` : lost),
};

const listOf = (verdicts: Verdict[]): string => verdicts.map(({ text }) => text).join('; ');

/** The results of a row, in Markdown. */
export function reportOf(row: Row, results: Result[], verdicts: Verdict[]): string {
	const head = Object.keys(COLUMNS);
	const lines = results.map((result) =>
		Object.values(COLUMNS).map((cell) => String(cell(result, row))),
	);
	const reached = verdicts.filter((verdict) => verdict.reached);
	const missed = verdicts.filter((verdict) => !verdict.reached);
	const sentences = [
		row.bound && `Bound: ${seconds(row.bound.ms)} s, ${row.bound.text}.`,
		reached.length > 0 && `Reached: ${listOf(reached)}.`,
		missed.length > 0 && `**Not reached:** ${listOf(missed)}.`,
		`${machine()}.`,
	];
	const align = head.map((_, index) => (index === 0 ? '---' : '---:'));
	return `${table(head, align, lines)}\n\n${sentences.filter(Boolean).join(' ')}`;
}

/** What was measured, where and when. */
function machine(): string {
	const model = cpus()[0]?.model ?? 'unknown processor';
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	const date = new Date().toISOString().slice(0, 10);
	return `${date}, ${model.trim()}, ${cpus().length} cores, ${gigabytes} GB, Node ${process.versions.node}`;
}

/** Writes the figures of a row below its heading in docs/performance.md. */
export async function writeRow(name: string, { title }: Row, report: string): Promise<void> {
	const part = new RegExp(`^### ${name}: [^]*?(?=^##)`, 'm');
	await writePart('performance.md', part, `### ${name}: ${title}\n\n${report}\n\n`);
}
