import { busyApplicationId } from '../../sandbox';
import { gather } from '../harness/gather';
import { idsOf, sourcesOf, useTenant } from '../harness/tenant';

const openTenant = useTenant();

const application = '7318839904418072621';

test('Get Many with Return All returns every check as Feishu sent it, 20 per request', async () => {
	const { query, queries, sandbox } = await openTenant();
	const result = await query({ operation: 'getMany', returnAll: true });
	expect(result.status).toBe('success');
	expect(result.output().map(({ json }) => json)).toEqual(sandbox.checks.all());
	expect(queries()).toHaveLength(18);
	expect(queries().every((request) => request.query.page_size === '20')).toBe(true);
	expect(queries().some((request) => 'external_application_id' in request.query)).toBe(false);
	expect(sandbox.requests('token')).toHaveLength(1);
	expect(result.hints()).toEqual([]);
});

test('each page is requested with the token of the one before', async () => {
	const { query, queries, sandbox } = await openTenant({ open: { paging: 'cursor' } });
	const tokens: unknown[] = [undefined];
	sandbox.fault({
		api: 'batch_query',
		always: true,
		do: (_request, answer) => {
			tokens.push(
				(JSON.parse(answer.body as string) as { data: { page_token?: string } }).data.page_token,
			);
			return answer;
		},
	});
	await query({ operation: 'getMany', returnAll: true });
	expect(queries().map((request) => request.query.page_token)).toEqual(tokens.slice(0, -1));
	expect(new Set(tokens).size).toBe(18);
});

test('an application returns only its checks, and every page request names it', async () => {
	const { query, queries, sandbox } = await openTenant();
	const externalApplicationId = busyApplicationId;
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId,
		returnAll: true,
	});
	const expected = sandbox.checks.byApplication(busyApplicationId);
	expect(result.output().map(({ json }) => json)).toEqual(expected);
	expect(expected.length).toBeGreaterThan(40);
	expect(queries().map((request) => request.query.external_application_id)).toEqual(
		Array(Math.ceil(expected.length / 20)).fill(busyApplicationId),
	);
});

test('an application without checks is reported, and is not an error', async () => {
	const { query, queries } = await openTenant();
	const application = {
		operation: 'getByApplication',
		externalApplicationId: '1',
		returnAll: true,
	};
	const included = await query(application);
	expect([included.status, queries().length]).toEqual(['success', 1]);
	expect(included.output()).toEqual([
		{
			json: { found: false, external_application_id: '1', reason: 'noBackgroundCheck' },
			pairedItem: { item: 0 },
		},
	]);
	expect(included.hints()[0]?.message).toBe(
		'1 external application has no background checks, or does not exist: 1.',
	);
	const skipped = await query({ ...application, options: { ifNotFound: 'skip' } });
	expect([skipped.status, skipped.output()]).toEqual(['success', []]);
	expect(skipped.hints()[0]?.message).toMatch(/^1 external application has no background checks/);
	const failed = await query({ ...application, options: { ifNotFound: 'error' } });
	expect([failed.status, failed.output(), failed.error?.message]).toEqual([
		'error',
		[],
		"'External Application' has no external background check (外部背调): 1",
	]);
});

test('a tenant without checks returns no item, but a hint', async () => {
	const { query } = await openTenant({ checks: [] });
	const result = await query({ operation: 'getMany' });
	expect([result.status, result.output()]).toEqual(['success', []]);
	const message = 'This run found no external background check (外部背调).';
	expect(result.hints()).toEqual([{ message, location: 'outputPane', type: 'warning' }]);
});

test.each(['getByApplication', 'getMany'])('%s: 50 checks by default', async (operation) => {
	const { query, queries, sandbox } = await openTenant();
	const count = sandbox.checks.byApplication(busyApplicationId).length;
	const result = await query({ operation, externalApplicationId: busyApplicationId });
	expect(result.output()).toHaveLength(Math.min(50, operation === 'getMany' ? 360 : count));
	expect(queries()).toHaveLength(3);
});

test.each([
	[1, 20, [1]],
	[5, 20, [5]],
	[20, 20, [20]],
	[21, 20, [20, 20]],
	[40, 20, [20, 20]],
	[41, 20, [20, 20, 20]],
	[7, 7, [7]],
	[8, 7, [7, 7]],
	[3, 7, [3]],
])('a limit of %i at page size %i requests pages of %j', async (limit, pageSize, sizes) => {
	const { query, queries, sandbox } = await openTenant();
	const result = await query({ operation: 'getMany', limit, options: { pageSize } });
	expect(idsOf(result)).toEqual(
		sandbox.checks
			.all()
			.slice(0, limit)
			.map(({ id }) => id),
	);
	expect(queries().map((request) => Number(request.query.page_size))).toEqual(sizes);
	expect(result.hints()[0]!.message).toMatch(/more background checks than the limit/);
});

test('a limit above the number of checks returns all of them', async () => {
	const { query, queries } = await openTenant();
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: application,
		limit: 500,
	});
	expect([result.output().length, queries().length, result.hints()]).toEqual([2, 1, []]);
});

test('with Return All a stored limit is ignored', async () => {
	const { query } = await openTenant();
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: busyApplicationId,
		returnAll: true,
		limit: 1,
	});
	expect(result.output().length).toBeGreaterThan(40);
});

test('one item for each page, for workflows that loop themselves', async () => {
	const { query, sandbox } = await openTenant();
	const options = { responseFormat: 'pages' };
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: busyApplicationId,
		returnAll: true,
		options,
	});
	const pages = result.output().map(({ json }) => json);
	const expected = sandbox.checks.byApplication(busyApplicationId);
	expect(pages.flatMap(({ items }) => items)).toEqual(expected);
	expect(pages.map(({ has_more }) => has_more)).toEqual([true, true, false]);
	expect(pages.map((page) => typeof page.page_token)).toEqual(['string', 'string', 'undefined']);
	expect(Object.keys(pages[0]!).sort()).toEqual(['has_more', 'items', 'page_token']);
	expect(sourcesOf(result)).toEqual([0, 0, 0]);
});

test('a loop over single pages with Page Token sees every check once', async () => {
	const { query, queries, sandbox } = await openTenant();
	const seen: unknown[] = [];
	let pageToken = '';
	do {
		const options = { responseFormat: 'pages', pageToken };
		const result = await query({ operation: 'getMany', limit: 20, options });
		const { json } = result.output()[0]!;
		seen.push(...(json.items as unknown[]));
		pageToken = json.has_more ? (json.page_token as string) : '';
	} while (pageToken !== '');
	expect(seen).toEqual(sandbox.checks.all());
	expect(queries()).toHaveLength(18);
});

test('an empty answer is one page without items', async () => {
	const { query } = await openTenant({ open: { emptyAnswer: 'noData' } });
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: '1',
		options: { responseFormat: 'pages' },
	});
	expect(result.output()).toEqual([
		{ json: { items: [], has_more: false }, pairedItem: { item: 0 } },
	]);
});

test('several items: each has its own checks, linked to it', async () => {
	const { query, queries, sandbox } = await openTenant();
	const wanted = [
		{ app: application, limit: 1 },
		{ app: busyApplicationId, limit: 30 },
		{ app: '1', limit: 5 },
		{ app: application, limit: 7 },
	];
	const result = await query(
		{
			operation: 'getByApplication',
			externalApplicationId: '={{ $json.app }}',
			limit: '={{ $json.limit }}',
		},
		{ items: wanted.map((json) => ({ json })) },
	);
	const nothing = { found: false, external_application_id: '1', reason: 'noBackgroundCheck' };
	const expected = wanted.flatMap(({ app, limit }, item) =>
		(app === '1' ? [nothing] : sandbox.checks.byApplication(app).slice(0, limit)).map((json) => ({
			json,
			pairedItem: { item },
		})),
	);
	expect(result.output()).toEqual(expected);
	expect(queries().length).toBeLessThanOrEqual(5);
});

test('what several items request alike is read once', async () => {
	const { query, queries } = await openTenant();
	const items = Array.from({ length: 5 }, () => ({ json: {} }));
	const result = await query(
		{ operation: 'getByApplication', externalApplicationId: busyApplicationId, returnAll: true },
		{ items },
	);
	expect(queries()).toHaveLength(3);
	const each = result.output().length / 5;
	expect(sourcesOf(result)).toEqual(
		[0, 1, 2, 3, 4].flatMap((item) => Array<number>(each).fill(item)),
	);
	expect(new Set(result.output().map(({ json }) => json)).size).toBe(result.output().length);
});

test('an unfiltered query that the tenant refuses is an error, not nothing', async () => {
	const { query } = await openTenant({ open: { unfiltered: 'error' } });
	const result = await query({ operation: 'getMany' });
	expect([result.status, result.error?.message]).toEqual([
		'error',
		'Feishu refused a parameter (code 1002002)',
	]);
});

test('at 100 requests a second more than ten lists are read at once', async () => {
	const { query, sandbox } = await openTenant();
	const most = gather(sandbox, 'batch_query', 15);
	const items = Array.from({ length: 15 }, (_, index) => ({ json: { id: `8${index}` } }));
	const parameters = { operation: 'getByApplication', externalApplicationId: '={{ $json.id }}' };
	expect((await query(parameters, { items })).status).toBe('success');
	expect(most()).toBe(15);
});

test('candidates wait for three APIs in turn: at 10 requests a second more than ten are under way', async () => {
	const { query, sandbox } = await openTenant();
	const most = gather(sandbox, 'external_applications', 12);
	const items = Array.from({ length: 12 }, (_, index) => ({
		json: { id: `${7420000000000008000n + BigInt(index)}` },
	}));
	const candidate = { __rl: true, mode: 'value', value: '={{ $json.id }}' };
	const options = { requestsPerSecond: 10 };
	const result = await query({ operation: 'getByCandidate', candidate, options }, { items });
	expect(result.status).toBe('success');
	expect(most()).toBe(12);
});
