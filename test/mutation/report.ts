import { readFileSync, writeFileSync } from 'node:fs';
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
	/** Both from 1. */
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
	`${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

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

export const isNoticed = ({ status }: Mutant) => status === 'Killed' || status === 'Timeout';
export const isSurvivor = ({ status }: Mutant) => status === 'Survived' || status === 'NoCoverage';

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
