import { table, writeSection } from '../bench/document';
import { isNoticed, isSurvivor, survivors, type Files, type Survivor } from './report';

/** Files that work on values alone: no promise in them, or neither n8n's context nor Feishu's client. */
export function isPure(source: string): boolean {
	const code = source.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
	if (!/\b(await|async|Promise)\b/.test(code)) return true;
	return !/\b(I\w+Functions|NodeContext|FeishuClient|client|helpers|context)\b/.test(code);
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
