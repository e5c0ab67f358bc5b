import type { IdsQuery, ScanQuery } from '../../nodes/QueryExternalBackgroundChecks/plan';

import { Results } from '../../nodes/QueryExternalBackgroundChecks/results';
import { Answers } from '../../nodes/QueryExternalBackgroundChecks/runPlan';

const common = { responseFormat: 'checks', pageSize: 20, timeoutMs: 1, requestsPerSecond: 10 };
const ids = (itemIndex: number, list: string[], ifNotFound = 'skip') =>
	({ ...common, kind: 'ids', itemIndex, ids: list, ifNotFound }) as IdsQuery;
const scan = (itemIndex: number, limit?: number, responseFormat = 'checks') =>
	({ ...common, kind: 'scan', itemIndex, limit, responseFormat }) as ScanQuery;

/** Answers in which Feishu knows the given IDs. */
function answersWith(...known: string[]) {
	const answers = new Answers();
	for (const id of known) answers.checks.set(id, { id, result: '已通过' });
	return answers;
}

const page = (has_more: boolean, ...known: string[]) => ({
	items: known.map((id) => ({ id })),
	has_more,
});

test('checks come in the order asked for, linked to the item that asked', () => {
	const results = new Results(answersWith('1', '2', '3'));
	expect(results.itemsFor(ids(4, ['3', '1']))).toEqual([
		{ json: { id: '3', result: '已通过' }, pairedItem: { item: 4 } },
		{ json: { id: '1', result: '已通过' }, pairedItem: { item: 4 } },
	]);
});

test('a check that two items get is not the same object twice', () => {
	const results = new Results(answersWith('1'));
	const [first] = results.itemsFor(ids(0, ['1']));
	const [second] = results.itemsFor(ids(1, ['1']));
	first.json.result = 'changed';
	expect(second.json).toEqual({ id: '1', result: '已通过' });
});

test('skipped IDs are counted once and named, the first ten of them', () => {
	const results = new Results(answersWith('1'));
	const unknown = Array.from({ length: 12 }, (_, index) => `x${index}`);
	expect(results.itemsFor(ids(0, ['1', ...unknown]))).toHaveLength(1);
	expect(results.itemsFor(ids(1, ['x0', 'x1']))).toEqual([]);
	expect(results.hints()).toHaveLength(1);
	expect(results.hints()[0]).toContain(
		'did not find 12 of the IDs: x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and 2 more.',
	);
});

test('included IDs stand at their place', () => {
	const results = new Results(answersWith('1', '3'));
	const output = results.itemsFor(ids(0, ['1', '2', '3'], 'include'));
	expect(output[1]).toEqual({ json: { id: '2', found: false }, pairedItem: { item: 0 } });
	expect(output.map(({ json }) => json.id)).toEqual(['1', '2', '3']);
	expect(results.hints()).toEqual([]);
});

test.each([
	[['1', '2'], 'holds an ID that Feishu does not know: 2'],
	[['1', '2', '3'], 'holds 2 IDs that Feishu does not know: 2, 3'],
])('a missing ID is an error where that is wanted: %j', (list, message) => {
	const results = new Results(answersWith('1'));
	expect(() => results.itemsFor(ids(0, list, 'error'))).toThrow(message);
	expect(results.itemsFor(ids(1, ['1'], 'error'))).toHaveLength(1);
});

test('an item with one ID that failed gets nothing but the error', () => {
	const answers = answersWith('1', '3');
	answers.errors.set('2', new Error('failed'));
	const results = new Results(answers);
	expect(() => results.itemsFor(ids(0, ['1', '2']))).toThrow('failed');
	expect(results.itemsFor(ids(1, ['1', '3']))).toHaveLength(2);
});

test('a list read for several items is cut to each limit', () => {
	const answers = answersWith();
	const [small, large, whole] = [scan(0, 1), scan(1, 3), scan(2)];
	const pages = [page(true, '1', '2'), page(false, '3', '4')];
	for (const query of [small, large, whole]) answers.pages.set(query, pages);
	const results = new Results(answers);
	const counts = [small, large, whole].map((query) => results.itemsFor(query).length);
	expect(counts).toEqual([1, 3, 4]);
	expect(results.hints()).toEqual([
		expect.stringContaining('more background checks than the limit'),
	]);
});

test.each([
	['the limit is just reached on the last page', 2, page(false, '1', '2')],
	['there is no limit', undefined, page(false, '1', '2')],
])('no hint when %s', (_name, limit, only) => {
	const answers = answersWith();
	const query = scan(0, limit);
	answers.pages.set(query, [only]);
	const results = new Results(answers);
	results.itemsFor(query);
	expect(results.hints()).toEqual([]);
});

test('pages come whole, one item each', () => {
	const answers = answersWith();
	const query = scan(5, 1, 'pages');
	const pages = [{ ...page(true, '1', '2'), page_token: 'A' }];
	answers.pages.set(query, pages);
	expect(new Results(answers).itemsFor(query)).toEqual([
		{ json: pages[0], pairedItem: { item: 5 } },
	]);
});
