import { NotFound } from '../../nodes/QueryExternalBackgroundChecks/notFound';
import type {
	CandidateQuery,
	IdsQuery,
	ItemQuery,
	ScanQuery,
} from '../../nodes/QueryExternalBackgroundChecks/plan';
import type { ParameterError } from '../../nodes/shared/form/parameterError';
import type { CheckedId } from '../../nodes/shared/hire/checkedId';

type IfNotFound = ItemQuery['ifNotFound'];

const settings = { pageSize: 20, timeoutMs: 1, requestsPerSecond: 10 };
const common = { settings, simple: false, itemIndex: 0 };

const byIds = (ifNotFound: IfNotFound): IdsQuery => ({
	...common,
	ifNotFound,
	kind: 'ids',
	ids: [],
});
const ofApplication = (id: string | null, ifNotFound: IfNotFound): ScanQuery => ({
	...common,
	ifNotFound,
	kind: 'scan',
	scope: { externalApplicationId: id as CheckedId | null },
	wanted: {},
	responseFormat: 'checks',
});
const ofCandidate = (
	by: 'name' | 'talentId',
	value: string,
	ifNotFound: IfNotFound,
): CandidateQuery => ({
	...common,
	ifNotFound,
	kind: 'candidate',
	candidate: { by, value },
	wanted: {},
});

function refusal(work: (notFound: NotFound) => void): ParameterError {
	try {
		work(new NotFound());
	} catch (error) {
		return error as ParameterError;
	}
	throw new Error('nothing was said');
}

const OTHERWISE = 'or set the option \'If Not Found\' to "Include" or "Skip".';
const FOR_EACH = 'To get an item for each, set the option \'If Not Found\' to "Include".';
const ROUNDED = '7318840216653950000';

test.each<[string, (notFound: NotFound) => void, string, string, string]>([
	[
		'IDs',
		(notFound) => notFound.addIds(['1', '2'], byIds('error')),
		'External Background Check IDs',
		'holds 2 IDs that Feishu does not know: 1, 2',
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
		'a name, which is not repeated',
		(notFound) => notFound.add('noCandidate', ofCandidate('name', '欧阳建国', 'error')),
		'Candidate',
		'means nobody whom Feishu Hire knows',
		`Check the value, ${OTHERWISE}`,
	],
	[
		'a talent ID, which is not repeated',
		(notFound) => notFound.add('noCandidate', ofCandidate('talentId', '6930', 'error')),
		'Candidate',
		'means nobody whom Feishu Hire knows',
		`Check the value, ${OTHERWISE}`,
	],
])('an error about %s, word for word', (_what, work, parameter, problem, advice) => {
	const error = refusal(work);
	expect(error).toMatchObject({ parameter, advice });
	expect(error.message).toBe(`'${parameter}' ${problem}`);
});

test('an error about a rounded talent ID says so', () => {
	const query = ofCandidate('talentId', ROUNDED, 'error');
	expect(refusal((notFound) => notFound.add('noCandidate', query)).advice).toMatch(/rounded/);
});

test('hints count items, applications and IDs, each in words of its number', () => {
	const notFound = new NotFound();
	notFound.addIds(['1', '2'], byIds('include'));
	for (const id of ['7', '8']) {
		notFound.add('noBackgroundCheck', ofApplication(id, 'include'));
	}
	for (const name of ['王伟', '李芳']) {
		notFound.add('noCandidate', ofCandidate('name', name, 'include'));
	}
	notFound.add('noExternalApplication', ofCandidate('name', '张三', 'include'));
	expect(notFound.hints()).toEqual([
		'Feishu did not find 2 of the IDs: 1, 2.',
		'2 external applications have no background checks, or do not exist: 7, 8.',
		'2 input items found no candidate.',
		'1 input item found a candidate without an external application (外部投递).',
	]);
});

test('what to do stands once, beside the first hint', () => {
	const notFound = new NotFound();
	notFound.addIds(['1'], byIds('skip'));
	notFound.add('noCandidate', ofCandidate('talentId', ROUNDED, 'include'));
	const [first, second, ...others] = notFound.hints();
	expect(first).toMatch(/^Feishu did not find 1 of the IDs: 1\. .*rounded by a spreadsheet/);
	expect(first).toContain(`: ${ROUNDED}. ${FOR_EACH}`);
	expect(second).toBe('1 input item found no candidate.');
	expect(others).toEqual([]);
});

test('only what looks rounded is said to be', () => {
	const notFound = new NotFound();
	notFound.add('noCandidate', ofCandidate('talentId', '6930815272790114324', 'include'));
	notFound.add('noCandidate', ofCandidate('name', ROUNDED, 'include'));
	expect(notFound.hints()).toEqual(['2 input items found no candidate.']);
});

test('one item that is left out is enough to be told how it is not', () => {
	const notFound = new NotFound();
	notFound.add('noCandidate', ofCandidate('name', '王伟', 'skip'));
	notFound.addIds([], byIds('error'));
	notFound.addIds(['1'], byIds('include'));
	expect(notFound.hints()[0]).toBe(`Feishu did not find 1 of the IDs: 1. ${FOR_EACH}`);
});

test('nothing missing, nothing said', () => {
	const notFound = new NotFound();
	notFound.addIds([], byIds('error'));
	expect(notFound.hints()).toEqual([]);
});

test('ten IDs are named, and no more are spoken of; of eleven the eleventh is counted', () => {
	const ids = Array.from({ length: 11 }, (_, index) => `x${index}`);
	const hintFor = (list: string[]) => {
		const notFound = new NotFound();
		notFound.addIds(list, byIds('include'));
		return notFound.hints()[0];
	};
	expect(hintFor(ids.slice(0, 10))).toMatch(/x8, x9\.$/);
	expect(hintFor(ids)).toMatch(/x8, x9 and 1 more\.$/);
});

const ROUNDED_ADVICE =
	'An ID that ends in 0000 has probably been rounded by a spreadsheet: format the column as text and enter the ID again';

test('a rounded ID is told in the hint, word for word', () => {
	const notFound = new NotFound();
	notFound.addIds(['1', ROUNDED], byIds('include'));
	notFound.add('noCandidate', ofCandidate('talentId', '6930815272790114324', 'include'));
	expect(notFound.hints()).toEqual([
		`Feishu did not find 2 of the IDs: ${ROUNDED}, 1. ${ROUNDED_ADVICE}.`,
		'1 input item found no candidate.',
	]);
});

test('rounded talent IDs are named', () => {
	const notFound = new NotFound();
	for (const id of [ROUNDED, '6930815272790114324']) {
		notFound.add('noCandidate', ofCandidate('talentId', id, 'include'));
	}
	expect(notFound.hints()).toEqual([
		`2 input items found no candidate. ${ROUNDED_ADVICE}: ${ROUNDED}.`,
	]);
});

test('one rounded ID of several is enough for an error to say so, and comes first', () => {
	const ids = Array.from({ length: 12 }, (_, index) => `x${index}`);
	const error = refusal((notFound) => notFound.addIds([...ids, ROUNDED], byIds('error')));
	expect(error.message).toContain(`: ${ROUNDED}, x0, x1, `);
	expect(error.advice).toBe(`${ROUNDED_ADVICE}. Check the IDs, ${OTHERWISE}`);
});
