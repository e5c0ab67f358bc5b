import { readFileSync, writeFileSync } from 'node:fs';
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

export const writeReport = (file: string, files: Files): void =>
	writeFileSync(file, JSON.stringify({ files }));

/** The text of each shipped file, by its path. */
export type Sources = Record<string, string>;

/**
 * What a report leaves open: mutants that no test has noticed and no reason explains, and all of a file that
 * is not in it as it is now.
 * @returns ranges as Stryker takes them: lines from 1, columns from 0
 */
export function openRanges(files: Files, sources: Sources): string[] {
	return Object.entries(sources).flatMap(([file, source]) => {
		const known = files[file];
		if (known?.source !== source) return [file];
		const open = known.mutants
			.filter(isSurvivor)
			.filter((mutant) => survivor(file, source, mutant).reason === undefined);
		return [...new Set(open.map(({ location }) => `${file}:${rangeOf(location)}`))];
	});
}

const rangeOf = ({ start, end }: Mutant['location']) =>
	`${start.line}:${start.column - 1}-${end.line}:${end.column}`;

/** @returns a report of the files as they are now; what the later one says of a mutant counts */
export function merge(files: Files, later: Files, sources: Sources): Files {
	const merged: Files = {};
	for (const [file, source] of Object.entries(sources)) {
		const known = [files, later].flatMap(({ [file]: of }) =>
			of?.source === source ? of.mutants : [],
		);
		const mutants = new Map(known.map((mutant) => [placeOf(mutant), mutant]));
		merged[file] = { source, mutants: [...mutants.values()] };
	}
	return merged;
}

const placeOf = ({ mutatorName, location, replacement }: Mutant) =>
	JSON.stringify([mutatorName, location, replacement]);

/** Files that work on values alone: no promise in them, or neither n8n's context nor Feishu's client. */
export function isPure(source: string): boolean {
	const code = source.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
	if (!/\b(await|async|Promise)\b/.test(code)) return true;
	return !/\b(I\w+Functions|NodeContext|FeishuClient|client|helpers|context)\b/.test(code);
}

const isNoticed = ({ status }: Mutant) => status === 'Killed' || status === 'Timeout';
const isSurvivor = ({ status }: Mutant) => status === 'Survived' || status === 'NoCoverage';

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
		return mutants.filter(isSurvivor).map((mutant) => survivor(file, source, mutant));
	});
}

function survivor(file: string, source: string, mutant: Mutant): Survivor {
	const { line } = mutant.location.start;
	const code = (source.split('\n')[line - 1] ?? '').trim();
	const change = changeOf(source, mutant);
	return { file, line, code, change, reason: unnoticeable(file, code, change) };
}

interface Score {
	mutants: number;
	noticed: number;
	explained: number;
}

const percent = ({ mutants, noticed }: Score) =>
	mutants === 0 ? '–' : `${((100 * noticed) / mutants).toFixed(1)} %`;

const sum = (scores: Score[]): Score => ({
	mutants: scores.reduce((total, { mutants }) => total + mutants, 0),
	noticed: scores.reduce((total, { noticed }) => total + noticed, 0),
	explained: scores.reduce((total, { explained }) => total + explained, 0),
});

const line = (name: string, score: Score): string[] => [
	name,
	String(score.mutants),
	String(score.noticed),
	String(score.explained),
	percent(score),
];

const HEAD = ['file', 'mutants', 'noticed', 'not noticed, explained', 'score'];
const ALIGN = ['---', '---:', '---:', '---:', '---:'];

/** The scores and the named survivors, as markdown. */
export function scores(files: Files): string {
	const named = survivors(files).filter(({ reason }) => reason !== undefined);
	const rows = Object.entries(files)
		.map(([file, { source, mutants }]) => ({
			file,
			pure: isPure(source),
			mutants: mutants.filter((mutant) => isNoticed(mutant) || isSurvivor(mutant)).length,
			noticed: mutants.filter(isNoticed).length,
			explained: named.filter((survivor) => survivor.file === file).length,
		}))
		.filter(({ mutants }) => mutants > 0)
		.sort((a, b) => (a.file < b.file ? -1 : 1));
	const pure = rows.filter((row) => row.pure);
	const others = rows.filter((row) => !row.pure);
	const tableOf = (of: typeof rows) =>
		table(
			HEAD,
			ALIGN,
			of.map((row) => line(`\`${row.file}\``, row)),
		);
	const number = (wanted: string) =>
		Object.values(files).flatMap(({ mutants }) => mutants.filter(({ status }) => status === wanted))
			.length;
	return [
		table(HEAD, ALIGN, [
			line('pure files', sum(pure)),
			line('other files', sum(others)),
			line('together', sum(rows)),
		]),
		`${number('Timeout')} of the noticed changes made a test wait for what never came. ${number('Ignored')} changes of texts and fields of forms are left out.`,
		'### Pure files',
		tableOf(pure),
		'### Other files',
		tableOf(others),
		'### Not noticed, and why',
		...namedSurvivors(named),
	].join('\n\n');
}

/** By file, changes that have a reason in common. */
function namedSurvivors(named: Survivor[]): string[] {
	const files = [...new Set(named.map(({ file }) => file))].sort();
	return files.map((name) => {
		const ofFile = named.filter(({ file }) => file === name);
		const lines = [...new Set(ofFile.map(({ reason }) => reason))].map((reason) => {
			const changes = ofFile.filter((survivor) => survivor.reason === reason);
			const shown = changes.map(({ change }) => `\`\` ${change} \`\``);
			return `- ${[...new Set(shown)].join(', ')}: ${reason}`;
		});
		return `**\`${name}\`**\n\n${lines.join('\n')}`;
	});
}

/** Puts them into docs/tests.md. */
export async function writeScores(files: Files): Promise<void> {
	const begin = '<!-- written by npm run mutation -->';
	const end = '<!-- npm run mutation: end -->';
	await writeSection({ page: 'tests.md', begin, end }, scores(files));
}
