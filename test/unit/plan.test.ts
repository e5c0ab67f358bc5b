import {
	plan,
	type CandidateQuery,
	type IdsQuery,
	type ScanQuery,
} from '../../nodes/QueryExternalBackgroundChecks/plan';
import type { CheckedId } from '../../nodes/shared/hire/checkedId';

const settings = { pageSize: 20, timeoutMs: 60_000, requestsPerSecond: 10 };
const common = { settings, ifNotFound: 'include' as const, simple: true };
const whole = { externalApplicationId: null };
const of = (application: string) => ({ externalApplicationId: application as CheckedId });

const scan = (itemIndex: number, query: Partial<ScanQuery> = {}): ScanQuery => ({
	...common,
	kind: 'scan',
	itemIndex,
	scope: whole,
	wanted: {},
	responseFormat: 'checks',
	...query,
});
const ids = (itemIndex: number, list: string[], query: Partial<IdsQuery> = {}): IdsQuery => ({
	...common,
	kind: 'ids',
	itemIndex,
	ids: list as CheckedId[],
	...query,
});
const candidate = (itemIndex: number, value: string, query: Partial<CandidateQuery> = {}) =>
	({
		...common,
		kind: 'candidate',
		itemIndex,
		candidate: { by: 'email', value },
		wanted: {},
		...query,
	}) satisfies CandidateQuery;
const numbers = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => String(from + index));
const chunksOf = (queries: IdsQuery[]) => plan(queries).idLists.flatMap(({ chunks }) => chunks);

test('IDs of all items travel together, each once, at most 20 in a request', () => {
	const queries = [ids(0, numbers(0, 15)), ids(1, numbers(10, 30)), ids(2, ['3', '45'])];
	expect(plan(queries).scans).toEqual([]);
	expect(chunksOf(queries)).toEqual([numbers(0, 20), [...numbers(20, 30), '45']]);
});

test.each([
	[1, [1]],
	[20, [20]],
	[21, [20, 1]],
	[45, [20, 20, 5]],
])('%i IDs make requests of %j', (count, sizes) => {
	expect(chunksOf([ids(0, numbers(0, count))]).map(({ length }) => length)).toEqual(sizes);
});

test('IDs that are to be asked for in another way travel apart, and know who asked', () => {
	const queries = [
		ids(0, ['1']),
		ids(1, ['1', '2'], { settings: { ...settings, pageSize: 5 } }),
		ids(2, ['3', '1']),
	];
	const { idLists } = plan(queries);
	expect(idLists.map((job) => [job.settings.pageSize, job.chunks])).toEqual([
		[20, [['1', '3']]],
		[5, [['1', '2']]],
	]);
	expect(idLists.map((job) => job.queries)).toEqual([[queries[0], queries[2]], [queries[1]]]);
	expect(idLists.map(({ askers }) => askers.get('1' as CheckedId))).toEqual([
		[queries[0], queries[2]],
		[queries[1]],
	]);
});

test('a list that several items ask for is read once', () => {
	const queries = [
		scan(0, { scope: of('a'), wanted: { limit: 30 } }),
		scan(1, { scope: of('a'), wanted: { limit: 50 } }),
		scan(2, { scope: of('b'), wanted: { limit: 30 } }),
		scan(3, { scope: of('a') }),
	];
	const { scans } = plan(queries);
	expect(scans.map((job) => [job.scope, job.queries])).toEqual([
		[of('a'), [queries[0], queries[1], queries[3]]],
		[of('b'), [queries[2]]],
	]);
});

test.each<[string, Partial<ScanQuery>]>([
	['page size', { settings: { ...settings, pageSize: 5 } }],
	['start', { scope: { ...whole, pageToken: 'A' } }],
	['scope', { scope: of('a') }],
	['time-out', { settings: { ...settings, timeoutMs: 1 } }],
	['rate', { settings: { ...settings, requestsPerSecond: 1 } }],
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
	const [job] = plan([scan(0, { wanted: { limit } })]).scans;
	expect(job?.settings.pageSize).toBe(pageSize);
});

test('with a filter pages are full: nobody knows how many of their rows match', () => {
	const [job] = plan([scan(0, { wanted: { limit: 1, matches: () => true } })]).scans;
	expect(job?.settings.pageSize).toBe(20);
});

test('a candidate whom several items ask for is looked up once', () => {
	const other = { settings: { ...settings, timeoutMs: 1 } };
	const queries = [
		candidate(0, 'a'),
		candidate(1, 'b'),
		candidate(2, 'a'),
		candidate(3, 'a', other),
	];
	const { candidates } = plan(queries);
	expect(candidates.map((job) => job.queries)).toEqual([
		[queries[0], queries[2]],
		[queries[1]],
		[queries[3]],
	]);
});

test('leaves the queries as they were', () => {
	const query = Object.freeze(scan(0, { wanted: Object.freeze({ limit: 5 }) }));
	expect(() => plan([query, query])).not.toThrow();
	expect(query.settings).toEqual(settings);
	expect(settings.pageSize).toBe(20);
});

test('nothing to ask for is nothing to send', () => {
	expect(plan([])).toEqual({ scans: [], idLists: [], candidates: [] });
});
