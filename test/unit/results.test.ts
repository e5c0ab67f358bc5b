import type { IDataObject } from 'n8n-workflow';
import type {
	CandidateQuery,
	IdsQuery,
	ItemQuery,
	ScanQuery,
	Wanted,
} from '../../nodes/QueryExternalBackgroundChecks/plan';
import { Results } from '../../nodes/QueryExternalBackgroundChecks/results';
import type { Answers } from '../../nodes/QueryExternalBackgroundChecks/runPlan';
import { Taking, type Reason } from '../../nodes/QueryExternalBackgroundChecks/taking';
import type { ParameterError } from '../../nodes/shared/form/parameterError';
import type { CheckedId } from '../../nodes/shared/hire/checkedId';
import type { BackgroundCheck } from '../../nodes/shared/hire/types';

type IfNotFound = ItemQuery['ifNotFound'];

const settings = { pageSize: 20, timeoutMs: 1, requestsPerSecond: 10 };
const common = { settings, ifNotFound: 'include' as const, simple: false };
const manner = { timezone: 'Asia/Shanghai', isForModel: false };
const forModel = { ...manner, isForModel: true };

const ids = (itemIndex: number, list: string[], ifNotFound: IfNotFound = 'include'): IdsQuery => ({
	...common,
	kind: 'ids',
	itemIndex,
	ids: list as CheckedId[],
	ifNotFound,
});
const scan = (
	itemIndex: number,
	wanted: Wanted = {},
	more: Partial<ScanQuery> = {},
): ScanQuery => ({
	...common,
	kind: 'scan',
	itemIndex,
	scope: { externalApplicationId: null },
	wanted,
	responseFormat: 'checks',
	...more,
});
const ofApplication = (id: string, ifNotFound: IfNotFound = 'include'): ScanQuery =>
	scan(0, {}, { scope: { externalApplicationId: id as CheckedId }, ifNotFound });
const ofCandidate = (ifNotFound: IfNotFound = 'include'): CandidateQuery => ({
	...common,
	kind: 'candidate',
	itemIndex: 0,
	candidate: { by: 'name', value: '欧阳建国' },
	wanted: {},
	ifNotFound,
});

const page = (has_more: boolean, ...known: string[]) => ({
	items: known.map((id): BackgroundCheck => ({ id })),
	has_more,
});
type Page = ReturnType<typeof page>;

/** Answers in which Feishu knows the given IDs. */
function withIds(queries: IdsQuery[], ...known: string[]): Answers {
	const checks = new Map(
		known.map((id): [string, BackgroundCheck] => [id, { id, result: '已通过' }]),
	);
	return { takings: new Map(), found: new Map(queries.map((query) => [query, checks])) };
}

/** Answers in which these pages were read for the queries. */
function withPages(
	queries: Array<ScanQuery | CandidateQuery>,
	pages: Page[],
	reason?: Reason,
): Answers {
	const takings = queries.map((query): [ItemQuery, Taking] => {
		const taking = new Taking(query);
		for (const each of pages) if (!taking.isFull) taking.take(each);
		if (reason) taking.reason = reason;
		return [query, taking];
	});
	return { takings: new Map(takings), found: new Map() };
}

/** What one query gives. */
function outcome(query: ScanQuery | CandidateQuery, pages: Page[], reason?: Reason, how = manner) {
	const results = new Results(withPages([query], pages, reason), how);
	return { items: results.itemsFor(query).map(({ json }) => json), hints: results.hints() };
}

test('checks come in the order asked for, linked to the item that asked', () => {
	const query = ids(4, ['3', '1']);
	expect(new Results(withIds([query], '1', '2', '3'), manner).itemsFor(query)).toEqual([
		{ json: { id: '3', result: '已通过' }, pairedItem: { item: 4 } },
		{ json: { id: '1', result: '已通过' }, pairedItem: { item: 4 } },
	]);
});

test.each([true, false])('a check of two items is not one object twice (simple: %j)', (simple) => {
	const queries = [ids(0, ['1']), ids(1, ['1'])].map((query) => ({ ...query, simple }));
	const answers = withIds(queries);
	for (const checks of answers.found.values()) checks.set('1', { id: '1', attachment_list: [{}] });
	const results = new Results(answers, manner);
	const [first, second] = queries.map((query) => results.itemsFor(query)[0]?.json);
	(first?.attachment_list as IDataObject[])[0] = { id: 'changed' };
	expect(second?.attachment_list).toEqual([{}]);
});

test('IDs that are not found are counted once and named, the first ten of them', () => {
	const unknown = Array.from({ length: 12 }, (_, index) => `x${index}`);
	const queries = [ids(0, ['1', ...unknown], 'skip'), ids(1, ['x0', 'x1'], 'skip')];
	const results = new Results(withIds(queries, '1'), manner);
	expect(queries.map((query) => results.itemsFor(query).length)).toEqual([1, 0]);
	expect(results.hints()).toEqual([
		'Feishu did not find 12 of the IDs: x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and 2 more. To get an item for each, set the option \'If Not Found\' to "Include".',
	]);
});

test('included IDs stand at their place, and are counted', () => {
	const query = ids(0, ['1', '2', '3']);
	const results = new Results(withIds([query], '1', '3'), manner);
	const output = results.itemsFor(query);
	expect(output[1]).toEqual({
		json: { found: false, id: '2', reason: 'noBackgroundCheck' },
		pairedItem: { item: 0 },
	});
	expect(output.map(({ json }) => json.id)).toEqual(['1', '2', '3']);
	expect(results.hints()).toEqual(['Feishu did not find 1 of the IDs: 2.']);
});

test.each([
	[['1', '2'], 'holds an ID that Feishu does not know: 2'],
	[['1', '2', '3'], 'holds 2 IDs that Feishu does not know: 2, 3'],
])('a missing ID is an error where that is wanted: %j', (list, message) => {
	const queries = [ids(0, list, 'error'), ids(1, ['1'], 'error')] as const;
	const results = new Results(withIds([...queries], '1'), manner);
	expect(() => results.itemsFor(queries[0])).toThrow(message);
	expect(results.itemsFor(queries[1])).toHaveLength(1);
});

test('an ID that a spreadsheet has rounded is named as such', () => {
	const rounded = '7318840216653950000';
	const query = ids(0, [rounded]);
	const results = new Results(withIds([query]), manner);
	expect(results.itemsFor(query)[0]?.json.note).toMatch(/rounded by a spreadsheet/);
	expect(results.hints()[0]).toMatch(/rounded by a spreadsheet/);
	expect(outcome(ofApplication(rounded), [page(false)]).items[0]?.note).toMatch(/rounded/);
	let error: Partial<ParameterError> = {};
	try {
		outcome(ofApplication(rounded, 'error'), [page(false)]);
	} catch (thrown) {
		error = thrown as ParameterError;
	}
	expect(error.advice).toMatch(/rounded by a spreadsheet/);
});

test('a list read for several items is cut to each limit', () => {
	const queries = [scan(0, { limit: 1 }), scan(1, { limit: 3 }), scan(2)];
	const answers = withPages(queries, [page(true, '1', '2'), page(false, '3', '4')]);
	const results = new Results(answers, manner);
	expect(queries.map((query) => results.itemsFor(query).length)).toEqual([1, 3, 4]);
	expect(results.hints()).toEqual([
		expect.stringContaining('more background checks than the limit'),
	]);
});

test.each([
	['a page is not read to its end', [page(false, '1', '2', '3')]],
	['a further page is not read', [page(true, '1', '2')]],
])('a hint when %s', (_what, pages) => {
	const { items, hints } = outcome(scan(0, { limit: 2 }), pages);
	expect(items).toEqual([{ id: '1' }, { id: '2' }]);
	expect(hints).toEqual([expect.stringContaining('more background checks than the limit')]);
});

test('an empty page comes as a page, with a hint', () => {
	for (const query of [scan(0), ofApplication('7')]) {
		const { items, hints } = outcome({ ...query, responseFormat: 'pages' }, [page(false)]);
		expect(items).toEqual([page(false)]);
		expect(hints).toHaveLength(1);
	}
});

test.each([
	['the limit is just reached on the last page', 2],
	['there is no limit', undefined],
])('no hint when %s', (_name, limit) => {
	expect(outcome(scan(0, { limit }), [page(false, '1', '2')]).hints).toEqual([]);
});

test('pages come whole, one item each, and no more than the limit needs', () => {
	const pages = [
		{ ...page(true, '1', '2'), page_token: 'A' },
		{ ...page(true, '3', '4'), page_token: 'B' },
		page(false, '5'),
	];
	const query = scan(5, { limit: 3 }, { responseFormat: 'pages', simple: true });
	const results = new Results(withPages([query], pages), manner);
	expect(results.itemsFor(query)).toEqual([
		{ json: pages[0], pairedItem: { item: 5 } },
		{ json: pages[1], pairedItem: { item: 5 } },
	]);
});

test('an application without checks', () => {
	expect(outcome(ofApplication('7'), [page(false)])).toEqual({
		items: [{ found: false, external_application_id: '7', reason: 'noBackgroundCheck' }],
		hints: ['1 external application has no background checks, or does not exist: 7.'],
	});
	expect(outcome(ofApplication('7', 'skip'), [page(false)])).toEqual({
		items: [],
		hints: [expect.stringMatching(/^1 external application has no .*set the option/)],
	});
	expect(() => outcome(ofApplication('7', 'error'), [page(false)])).toThrow(
		"'External Application' has no external background check (外部背调): 7",
	);
});

test.each<[Reason, RegExp, RegExp]>([
	['noCandidate', /^1 input item found no candidate/, /'Candidate' means nobody/],
	['noExternalApplication', /a candidate without/, /'Candidate' means a candidate without/],
	['noBackgroundCheck', /found no external background/, /'Candidate' has no external background/],
])('a candidate: %s', (reason, hint, message) => {
	const { items, hints } = outcome(ofCandidate(), [], reason);
	expect(items).toEqual([{ found: false, reason }]);
	expect(hints).toEqual([expect.stringMatching(hint)]);
	expect(outcome(ofCandidate('skip'), [], reason).items).toEqual([]);
	expect(() => outcome(ofCandidate('error'), [], reason)).toThrow(message);
});

test('checks of which none matches are no application without checks', () => {
	const query = { ...ofApplication('7'), wanted: { matches: () => false } };
	const { items, hints } = outcome(query, [page(false, '1', '2')]);
	expect(items).toEqual([{ found: false, external_application_id: '7', reason: 'noMatch' }]);
	expect(hints).toEqual([expect.stringMatching(/none that matches the filters/)]);
	expect(() => outcome({ ...query, ifNotFound: 'error' }, [page(false, '1')])).toThrow(
		"'Filters' match none of the background checks",
	);
});

test('a tenant without checks was not asked for anything in particular', () => {
	for (const ifNotFound of ['include', 'skip', 'error'] as const) {
		const { items, hints } = outcome(scan(0, {}, { ifNotFound }), [page(false)]);
		expect([items, hints.length]).toEqual([[], 1]);
	}
});

test('after a start token an empty page is the end of a list', () => {
	const scope = { externalApplicationId: '7' as CheckedId, pageToken: 'A' };
	expect(outcome(scan(0, {}, { scope }), [page(false)])).toEqual({ items: [], hints: [] });
});

test('a model sees no hints: it is told everything in items', () => {
	const told = (query: ScanQuery | CandidateQuery, pages: Page[]) =>
		outcome(query, pages, undefined, forModel).items;
	expect(told(scan(0), [page(false)])).toEqual([
		{
			found: false,
			reason: 'noBackgroundCheck',
			message: 'There are no external background checks.',
		},
	]);
	expect(told(ofApplication('7', 'skip'), [page(false)])).toMatchObject([{ found: false }]);
	expect(told(scan(0, { matches: () => false }), [page(false, '1')])).toEqual([
		{
			found: false,
			reason: 'noMatch',
			message: 'There are external background checks, but none that matches the filters.',
		},
	]);
	expect(told(scan(0, { limit: 1 }), [page(true, '1', '2')])).toEqual([
		{ id: '1' },
		{
			limit_reached: true,
			message: expect.stringMatching(/^There are more background checks/) as unknown,
		},
	]);
	const query = ids(0, ['1', '2'], 'skip');
	expect(new Results(withIds([query]), forModel).itemsFor(query)).toHaveLength(2);
	const partly = ids(0, ['1', '2'], 'skip');
	expect(new Results(withIds([partly], '1'), forModel).itemsFor(partly)).toHaveLength(1);
});

test('what stands beside the checks of two items is not one object twice', () => {
	const beside = { external_application: { id: '7' } };
	const queries = [ofCandidate(), { ...ofCandidate(), itemIndex: 1 }];
	const takings = queries.map((query): [ItemQuery, Taking] => {
		const taking = new Taking(query);
		taking.take(page(false, '1'), beside);
		return [query, taking];
	});
	const results = new Results({ takings: new Map(takings), found: new Map() }, manner);
	const [first, second] = queries.map((query) => results.itemsFor(query)[0]?.json);
	(first?.external_application as IDataObject).id = 'changed';
	expect(second).toMatchObject({ external_application: { id: '7' } });
});

test('what stands beside a check comes with it, simplified or not', () => {
	const beside = { talent_id: '5', external_application: { id: '7', job_title: '工程师' } };
	for (const simple of [true, false]) {
		const query = { ...ofCandidate(), simple };
		const taking = new Taking(query);
		taking.take(page(false, '1'), beside);
		const answers = { takings: new Map<ItemQuery, Taking>([[query, taking]]), found: new Map() };
		const [item] = new Results(answers, manner).itemsFor(query);
		expect(item?.json).toMatchObject({ id: '1', ...beside });
		expect(Object.keys(item?.json ?? {}).slice(-2)).toEqual(['talent_id', 'external_application']);
	}
});
