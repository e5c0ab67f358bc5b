import { type Files, merge, type Mutant, openRanges } from '../mutation/report';

const FILE = 'nodes/a.ts';

/** A change of the sixth to ninth character of a line. */
const mutant = (line: number, status: string, replacement = 'x'): Mutant => ({
	mutatorName: 'm',
	replacement,
	status,
	location: { start: { line, column: 6 }, end: { line, column: 10 } },
});

const report = (source: string, ...mutants: Mutant[]): Files => ({ [FILE]: { source, mutants } });

test.each<[string, Files, string[]]>([
	[
		'what no test has noticed, each place once',
		report(
			'1\n2\n3',
			mutant(1, 'Killed'),
			mutant(2, 'Survived'),
			mutant(2, 'Survived', 'y'),
			mutant(3, 'NoCoverage'),
		),
		[`${FILE}:2:5-2:9`, `${FILE}:3:5-3:9`],
	],
	['nothing', report('1\n2\n3', mutant(1, 'Timeout'), mutant(2, 'Ignored')), []],
	['a file that has changed', report('other', mutant(1, 'Killed')), [FILE]],
	['a file that is new', {}, [FILE]],
])('open is %s', (_what, files, ranges) => {
	expect(openRanges(files, { [FILE]: '1\n2\n3' })).toEqual(ranges);
});

test('what is explained is not open', () => {
	const file = 'nodes/FeishuHireTrigger/testEvents.ts';
	const known = { [file]: { source: 'looked.matching++;', mutants: [mutant(1, 'Survived')] } };
	expect(openRanges(known, { [file]: 'looked.matching++;' })).toEqual([]);
});

test('of two reports the later counts, and what has changed is forgotten', () => {
	const before = report('1\n2', mutant(1, 'Survived'), mutant(2, 'Survived'));
	const later = report('1\n2', mutant(2, 'Killed'));
	const gone: Files = { 'nodes/gone.ts': { source: '', mutants: [mutant(1, 'Killed')] } };
	expect(merge({ ...before, ...gone }, later, { [FILE]: '1\n2' })).toEqual(
		report('1\n2', mutant(1, 'Survived'), mutant(2, 'Killed')),
	);
	expect(merge(report('old', mutant(1, 'Killed')), later, { [FILE]: '1\n2' })).toEqual(later);
});
