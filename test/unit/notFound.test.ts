import type { ParameterError } from '../../nodes/shared/form/parameterError';
import { NotFound, notFoundItem, type Asked } from '../../nodes/shared/operations/notFound';
import { Hints } from '../../nodes/shared/run/hints';

type IfNotFound = Asked['ifNotFound'];

/** The label of the field with the IDs. */
const LABEL = 'Order IDs';

const byIds = (ifNotFound: IfNotFound): Asked => ({ ifNotFound });
const ofApplication = (externalApplicationId: string, ifNotFound: IfNotFound): Asked => ({
	ifNotFound,
	subject: { label: 'External Application', externalApplicationId },
});

/** @param talentId if absent, the candidate was not given by ID */
const ofCandidate = (talentId: string | undefined, ifNotFound: IfNotFound): Asked => ({
	ifNotFound,
	subject: { label: 'Candidate', talentId },
});

/** A run of two items that finds nothing, and its hints. */
function begun(isForModel = false) {
	const hints = new Hints(2);
	return { notFound: new NotFound({ hints, isForModel }), hints };
}

function refusal(work: (notFound: NotFound) => void): ParameterError {
	try {
		work(begun().notFound);
	} catch (error) {
		return error as ParameterError;
	}
	throw new Error('nothing was said');
}

const OTHERWISE = 'or set the option \'If Not Found\' to "Include" or "Skip".';
const FOR_EACH = 'To get an item for each, set the option \'If Not Found\' to "Include".';
const ROUNDED = '7318840216653950000';
const ROUNDED_ADVICE =
	'An ID that ends in zeros was probably rounded by a spreadsheet. Enter it again as text';

test.each<[string, (notFound: NotFound) => void, string, string, string]>([
	[
		'IDs',
		(notFound) => notFound.addIds(LABEL, ['1', '2'], byIds('error')),
		LABEL,
		'contains 2 IDs that Feishu cannot find: 1, 2',
		`Check the IDs, ${OTHERWISE}`,
	],
	[
		'an application',
		(notFound) => notFound.add('noBackgroundCheck', ofApplication('7', 'error')),
		'External Application',
		'has no external background check (外部背调): 7',
		`Check the value, ${OTHERWISE}`,
	],
	[
		'a candidate',
		(notFound) => notFound.add('noCandidate', ofCandidate(undefined, 'error')),
		'Candidate',
		'matches no candidate in Feishu Hire',
		`Check the value, ${OTHERWISE}`,
	],
	[
		'a talent ID, which is not repeated',
		(notFound) => notFound.add('noCandidate', ofCandidate('6930', 'error')),
		'Candidate',
		'matches no candidate in Feishu Hire',
		`Check the value, ${OTHERWISE}`,
	],
])('the exact error about %s', (_what, work, parameter, problem, advice) => {
	const error = refusal(work);
	expect(error).toMatchObject({ parameter, advice });
	expect(error.message).toBe(`'${parameter}' ${problem}`);
});

test('an error about a rounded talent ID says so', () => {
	const query = ofCandidate(ROUNDED, 'error');
	expect(refusal((notFound) => notFound.add('noCandidate', query)).advice).toMatch(/rounded/);
});

test('hints count items, applications and IDs, each in words of its number', () => {
	const { notFound, hints } = begun();
	notFound.addIds(LABEL, ['1', '2'], byIds('include'));
	for (const id of ['7', '8']) {
		notFound.add('noBackgroundCheck', ofApplication(id, 'include'));
	}
	for (let count = 0; count < 2; count++) {
		notFound.add('noCandidate', ofCandidate(undefined, 'include'));
	}
	notFound.add('noExternalApplication', ofCandidate(undefined, 'include'));
	expect(hints.all()).toEqual([
		'2 input items found no candidate in Feishu Hire.',
		'1 input item found a candidate without an external application (外部投递).',
		'Feishu cannot find 2 of the IDs: 1, 2.',
		'2 external applications have no background checks, or do not exist: 7, 8.',
	]);
});

test('what to do comes once, at the end', () => {
	const { notFound, hints } = begun();
	notFound.addIds(LABEL, ['1'], byIds('skip'));
	notFound.add('noCandidate', ofCandidate(ROUNDED, 'include'));
	expect(hints.all()).toEqual([
		'1 input item found no candidate in Feishu Hire.',
		'Feishu cannot find 1 of the IDs: 1.',
		`${ROUNDED_ADVICE}: ${ROUNDED}.`,
		FOR_EACH,
	]);
});

test('only IDs that look rounded are called rounded', () => {
	const { notFound, hints } = begun();
	notFound.add('noCandidate', ofCandidate('6930815272790114324', 'include'));
	notFound.add('noCandidate', ofCandidate(undefined, 'include'));
	expect(hints.all()).toEqual(['2 input items found no candidate in Feishu Hire.']);
});

test('one item left out is enough for the hint on how to include it', () => {
	const { notFound, hints } = begun();
	notFound.add('noCandidate', ofCandidate(undefined, 'skip'));
	notFound.addIds(LABEL, [], byIds('error'));
	notFound.addIds(LABEL, ['1'], byIds('include'));
	expect(hints.all()).toContain(FOR_EACH);
});

test('if nothing is missing, there is no hint', () => {
	const { notFound, hints } = begun();
	notFound.addIds(LABEL, [], byIds('error'));
	expect(hints.all()).toEqual([]);
});

test('ten IDs are named; with eleven, the eleventh is counted', () => {
	const ids = Array.from({ length: 11 }, (_, index) => `x${index}`);
	const hintFor = (list: string[]) => {
		const { notFound, hints } = begun();
		notFound.addIds(LABEL, list, byIds('include'));
		return hints.all()[0];
	};
	expect(hintFor(ids.slice(0, 10))).toMatch(/x8, x9\.$/);
	expect(hintFor(ids)).toMatch(/x8, x9 and 1 more\.$/);
});

test('the exact hint about a rounded ID', () => {
	const { notFound, hints } = begun();
	notFound.addIds(LABEL, ['1', ROUNDED], byIds('include'));
	notFound.add('noCandidate', ofCandidate('6930815272790114324', 'include'));
	expect(hints.all()).toEqual([
		'1 input item found no candidate in Feishu Hire.',
		`Feishu cannot find 2 of the IDs: ${ROUNDED}, 1.`,
		`${ROUNDED_ADVICE}.`,
	]);
});

test('rounded talent IDs are named', () => {
	const { notFound, hints } = begun();
	for (const id of [ROUNDED, '6930815272790114324']) {
		notFound.add('noCandidate', ofCandidate(id, 'include'));
	}
	expect(hints.all()).toEqual([
		'2 input items found no candidate in Feishu Hire.',
		`${ROUNDED_ADVICE}: ${ROUNDED}.`,
	]);
});

test('one rounded ID among several is enough for the error to say so, and comes first', () => {
	const ids = Array.from({ length: 12 }, (_, index) => `x${index}`);
	const error = refusal((notFound) => notFound.addIds(LABEL, [...ids, ROUNDED], byIds('error')));
	expect(error.message).toContain(`: ${ROUNDED}, x0, x1, `);
	expect(error.advice).toBe(`${ROUNDED_ADVICE}. Check the IDs, ${OTHERWISE}`);
});

test('a query for something specific gets an item if nothing is found, and a model always gets one', () => {
	const rows = (isForModel: boolean, asked: Asked) =>
		begun(isForModel).notFound.add('noBackgroundCheck', asked);
	const application = { external_application_id: '7' };
	const item = { found: false, reason: 'noBackgroundCheck' };
	const message = 'There are no external background checks.';
	expect(rows(false, ofApplication('7', 'include'))).toEqual([{ ...item, ...application }]);
	expect(rows(false, ofApplication('7', 'skip'))).toEqual([]);
	expect(rows(false, byIds('include'))).toEqual([]);
	expect(rows(true, byIds('include'))).toEqual([{ ...item, message }]);
});

test('a query for nothing specific is not an error if nothing is found', () => {
	const { notFound, hints } = begun();
	notFound.add('noBackgroundCheck', { ifNotFound: 'error' });
	expect(hints.all()).toEqual(['1 input item found no external background check (外部背调).']);
});

test.each<[string, Parameters<typeof notFoundItem>, object]>([
	['nothing in particular', ['noBackgroundCheck'], { reason: 'noBackgroundCheck' }],
	['an ID', ['noBackgroundCheck', { id: '1' }], { id: '1', reason: 'noBackgroundCheck' }],
	[
		'an application',
		['noMatch', { label: 'External Application', externalApplicationId: '7' }],
		{ external_application_id: '7', reason: 'noMatch' },
	],
	[
		'a candidate, whose ID is not repeated',
		['noCandidate', { label: 'Candidate', talentId: '5' }],
		{ reason: 'noCandidate' },
	],
	[
		'a rounded ID',
		['noBackgroundCheck', { id: ROUNDED }],
		{ id: ROUNDED, reason: 'noBackgroundCheck', note: `${ROUNDED_ADVICE}.` },
	],
	[
		'a rounded application',
		['noBackgroundCheck', { externalApplicationId: ROUNDED }],
		{ external_application_id: ROUNDED, reason: 'noBackgroundCheck', note: `${ROUNDED_ADVICE}.` },
	],
	[
		'a rounded talent ID',
		['noCandidate', { talentId: ROUNDED }],
		{ reason: 'noCandidate', note: `${ROUNDED_ADVICE}.` },
	],
])('the item for %s', (_what, asked, rest) => {
	expect(notFoundItem(...asked)).toStrictEqual({ found: false, ...rest });
});
