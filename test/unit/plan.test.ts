import type * as PlanModule from '../../nodes/QueryExternalBackgroundChecks/plan';

import { plan } from '../../nodes/QueryExternalBackgroundChecks/plan';

const common = {
	responseFormat: 'checks' as const,
	pageSize: 20,
	timeoutMs: 60_000,
	requestsPerSecond: 10,
};
const scan = (itemIndex: number, query: Partial<PlanModule.ScanQuery> = {}) =>
	({ ...common, kind: 'scan', itemIndex, ...query }) as PlanModule.ScanQuery;
const ids = (itemIndex: number, list: string[], query: Partial<PlanModule.IdsQuery> = {}) =>
	({
		...common,
		kind: 'ids',
		itemIndex,
		ids: list,
		ifNotFound: 'skip',
		...query,
	}) as PlanModule.IdsQuery;
const numbers = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => String(from + index));

test('IDs of all items travel together, each once, at most 20 in a request', () => {
	const { scans, chunks } = plan([
		ids(0, numbers(0, 15)),
		ids(1, numbers(10, 30)),
		ids(2, ['3', '45']),
	]);
	expect(scans).toEqual([]);
	expect(chunks.map((chunk) => chunk.ids)).toEqual([numbers(0, 20), [...numbers(20, 30), '45']]);
});

test.each([
	[1, [1]],
	[20, [20]],
	[21, [20, 1]],
	[45, [20, 20, 5]],
])('%i IDs make requests of %j', (count, sizes) => {
	const { chunks } = plan([ids(0, numbers(0, count))]);
	expect(chunks.map((chunk) => chunk.ids.length)).toEqual(sizes);
});

test('IDs that are to be asked for in another way travel apart', () => {
	const { chunks } = plan([ids(0, ['1']), ids(1, ['2'], { pageSize: 5 }), ids(2, ['3'])]);
	expect(chunks.map((chunk) => [chunk.pageSize, chunk.ids])).toEqual([
		[20, ['1', '3']],
		[5, ['2']],
	]);
});

test('whoever wants the pages themselves gets requests of his own', () => {
	const query = ids(1, ['2'], { responseFormat: 'pages' });
	const { chunks } = plan([ids(0, ['1']), query, ids(2, ['3'])]);
	expect(chunks.map((chunk) => [chunk.ids, chunk.item])).toEqual([
		[['2'], query],
		[['1', '3'], undefined],
	]);
});

test('a list that several items ask for is read once, as far as the largest limit', () => {
	const queries = [
		scan(0, { externalApplicationId: 'a', limit: 30 }),
		scan(1, { externalApplicationId: 'a', limit: 50 }),
		scan(2, { externalApplicationId: 'b', limit: 30 }),
		scan(3, { externalApplicationId: 'a' }),
	];
	const { scans } = plan(queries);
	expect(scans.map((job) => [job.externalApplicationId, job.limit, job.items])).toEqual([
		['a', undefined, [queries[0], queries[1], queries[3]]],
		['b', 30, [queries[2]]],
	]);
});

test.each<[string, Partial<PlanModule.ScanQuery>]>([
	['page size', { pageSize: 5 }],
	['start', { pageToken: 'A' }],
	['scope', { externalApplicationId: 'a' }],
	['time-out', { timeoutMs: 1 }],
	['rate', { requestsPerSecond: 1 }],
	['limit, where the pages themselves are wanted', { responseFormat: 'pages', limit: 30 }],
])('lists with another %s are read apart', (_name, other) => {
	expect(plan([scan(0), scan(1, other)]).scans).toHaveLength(2);
});

test.each([
	[1, 1],
	[5, 5],
	[20, 20],
	[21, 20],
	[undefined, 20],
])('with a limit of %s a page holds %i', (limit, pageSize) => {
	expect(plan([scan(0, { limit })]).scans[0].pageSize).toBe(pageSize);
});

test('leaves the queries as they were', () => {
	const query = Object.freeze(scan(0, { limit: 5 }));
	expect(() => plan([query, query])).not.toThrow();
	expect(query.pageSize).toBe(20);
});

test('nothing to ask for is nothing to send', () => {
	expect(plan([])).toEqual({ scans: [], chunks: [] });
});
