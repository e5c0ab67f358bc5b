import { readFileSync } from 'node:fs';
import { table, writeSection } from '../bench/document';
import { unnoticeable } from './unnoticeable';

/** What Stryker's JSON report says of a mutant ("mutation testing report schema"). */
export interface Mutant {
	mutatorName: string;
	replacement: string;
	/** Killed, Timeout, Survived, NoCoverage, Ignored or an error. */
	status: string;
	location: { start: Position; end: Position };
}

interface Position {
	/** From 1. */
	line: number;
	column: number;
}

/** Of each file by its path: its text and its mutants. */
export type Files = Record<string, { source: string; mutants: Mutant[] }>;

/** A mutant that no test has noticed. */
export interface Survivor {
	file: string;
	line: number;
	/** The line that it changes, as it is. */
	code: string;
	/** What it puts where. */
	change: string;
	/** Why no test can notice it, or why none should; nothing when one should. */
	reason?: string;
}

export const readReport = (file: string): Files =>
	(JSON.parse(readFileSync(file, 'utf8')) as { files: Files }).files;

/** Files that work on values alone: no promise in them, or neither n8n's context nor Feishu's client. */
export function isPure(source: string): boolean {
	const code = source.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
	if (!/\b(await|async|Promise)\b/.test(code)) return true;
	return !/\b(I\w+Functions|NodeContext|FeishuClient|client|helpers|context)\b/.test(code);
}

const isNoticed = ({ status }: Mutant) => status === 'Killed' || status === 'Timeout';
const isPending = ({ status }: Mutant) => status === 'Pending';
const counts = (mutant: Mutant) =>
	['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(mutant.status) || isPending(mutant);

/** @returns what a mutant changes, cut to a line */
function changeOf(source: string, { location: { start, end }, replacement }: Mutant): string {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	const last = lines.length - 1;
	lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
	lines[0] = (lines[0] ?? '').slice(start.column - 1);
	return `${inShort(lines.join(' '))} → ${inShort(replacement)}`;
}

const inShort = (code: string) => {
	const line = code.replace(/\s+/g, ' ').trim();
	return line.length > 80 ? `${line.slice(0, 77)}…` : line;
};

/** The mutants of some files that no test has noticed. */
export function survivors(files: Files, of: string[] = Object.keys(files)): Survivor[] {
	return of.flatMap((file) => {
		const { source, mutants } = files[file] ?? { source: '', mutants: [] };
		return mutants
			.filter((mutant) => counts(mutant) && !isNoticed(mutant) && !isPending(mutant))
			.map((mutant) => {
				const { line } = mutant.location.start;
				const code = (source.split('\n')[line - 1] ?? '').trim();
				const change = changeOf(source, mutant);
				return { file, line, code, change, reason: unnoticeable(file, code, change) };
			});
	});
}

interface Score {
	mutants: number;
	noticed: number;
	explained: number;
	pending: number;
}

const percent = ({ mutants, noticed }: Score) =>
	mutants === 0 ? '–' : `${((100 * noticed) / mutants).toFixed(1)} %`;

const sum = (scores: Score[]): Score => ({
	mutants: scores.reduce((total, { mutants }) => total + mutants, 0),
	noticed: scores.reduce((total, { noticed }) => total + noticed, 0),
	explained: scores.reduce((total, { explained }) => total + explained, 0),
	pending: scores.reduce((total, { pending }) => total + pending, 0),
});

const line = (name: string, score: Score): string[] => [
	name,
	String(score.mutants),
	String(score.noticed),
	String(score.explained),
	String(score.pending),
	percent(score),
];

/** What was not run counts as not noticed; a file of which more than this share was not run has no score yet. */
const MOST_PENDING = 0.05;

const HEAD = ['file', 'mutants', 'noticed', 'not noticed, explained', 'not run yet', 'score'];
const ALIGN = ['---', '---:', '---:', '---:', '---:', '---:'];

/** The scores and the named survivors, as markdown. */
export function scores(files: Files): string {
	const named = survivors(files).filter(({ reason }) => reason !== undefined);
	const rows = Object.entries(files)
		.map(([file, { source, mutants }]) => ({
			file,
			pure: isPure(source),
			mutants: mutants.filter(counts).length,
			noticed: mutants.filter(isNoticed).length,
			explained: named.filter((survivor) => survivor.file === file).length,
			pending: mutants.filter(isPending).length,
		}))
		.filter(({ mutants }) => mutants > 0)
		.sort((a, b) => (a.file < b.file ? -1 : 1));
	const measured = rows.filter(({ mutants, pending }) => pending <= MOST_PENDING * mutants);
	const unmeasured = rows.filter((row) => !measured.includes(row));
	const pure = measured.filter((row) => row.pure);
	const others = measured.filter((row) => !row.pure);
	const tableOf = (of: typeof rows) =>
		table(
			HEAD,
			ALIGN,
			of.map((row) => line(`\`${row.file}\``, row)),
		);
	const ignored = Object.values(files).flatMap(({ mutants }) =>
		mutants.filter(({ status }) => status === 'Ignored'),
	).length;
	return [
		table(HEAD, ALIGN, [
			line('pure files', sum(pure)),
			line('other files', sum(others)),
			line('together', sum(measured)),
		]),
		`${ignored} mutants of texts and fields of forms are left out.`,
		...(unmeasured.length > 0
			? [`No score yet: ${unmeasured.map(({ file }) => `\`${file}\``).join(', ')}.`]
			: []),
		'### Pure files',
		tableOf(pure),
		'### Other files',
		tableOf(others),
		'### Not noticed, and why',
		...namedSurvivors(named),
	].join('\n\n');
}

/** By file, the change and the reason. */
function namedSurvivors(named: Survivor[]): string[] {
	const files = [...new Set(named.map(({ file }) => file))].sort();
	return files.map((name) => {
		const lines = named
			.filter(({ file }) => file === name)
			.map(({ change, reason }) => `- \`\` ${change} \`\`: ${reason}`);
		return `**\`${name}\`**\n\n${[...new Set(lines)].join('\n')}`;
	});
}

/** Puts them into docs/tests.md. */
export async function writeScores(files: Files): Promise<void> {
	const begin = '<!-- written by npm run mutation -->';
	const end = '<!-- npm run mutation: end -->';
	await writeSection({ page: 'tests.md', begin, end }, scores(files));
}
