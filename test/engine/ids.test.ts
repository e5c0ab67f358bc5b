import type { FaultAction } from '../../sandbox';
import { itemOf } from '../harness/itemOf';
import { idsOf, listOf, sourcesOf, useTenant } from '../harness/tenant';

const openTenant = useTenant();

/** This many IDs that no tenant has. */
const unknownIds = (count: number) => Array.from({ length: count }, (_, index) => `9${index}`);

const byIds = (externalBackgroundCheckIds: string, options = {}) => ({
	operation: 'getByIds',
	externalBackgroundCheckIds,
	options,
});

test('any number of IDs: 20 in a request, with page_size, in the order asked for', async () => {
	const { query, queries, sandbox } = await openTenant();
	const ids = sandbox.checks
		.all()
		.slice(0, 45)
		.map(({ id }) => id);
	ids
		.sort(() => 1)
		.reverse()
		.unshift(ids.pop() as string);
	const result = await query(byIds(ids.join(', ')));
	expect(result.output().map(({ json }) => json)).toEqual(ids.map((id) => sandbox.checks.byId(id)));
	// They are sent in parallel, so on a busy machine one may overtake another.
	const sizes = queries().map((request) => listOf(request).length);
	expect(sizes.sort((a, b) => b - a)).toEqual([20, 20, 5]);
	expect(queries().map((request) => request.query)).toEqual(Array(3).fill({ page_size: '20' }));
	expect(result.hints()).toEqual([]);
});

test('a repeated ID is requested once and comes out once', async () => {
	const { query, queries } = await openTenant();
	const result = await query(
		byIds('7318840216653955118 7318840216653955117 "7318840216653955118"'),
	);
	expect(idsOf(result)).toEqual(['7318840216653955118', '7318840216653955117']);
	expect(listOf(queries()[0]!)).toEqual(['7318840216653955118', '7318840216653955117']);
});

test('IDs that are equal as JS numbers are told apart', async () => {
	const { query } = await openTenant();
	const result = await query(byIds('7318840216653955119,7318840216653955117'));
	expect(idsOf(result)).toEqual(['7318840216653955119', '7318840216653955117']);
});

test.each([
	['text', '7318840216653955117；7318840216653955118'],
	['a JSON array', '["7318840216653955117","7318840216653955118"]'],
	['an array from an expression', '={{ ["7318840216653955117", "7318840216653955118"] }}'],
	['an expression within text', '=7318840216653955117,{{ $json.id }}'],
	['an array of items', '={{ $input.all().flatMap((item) => item.json.ids) }}'],
])('takes IDs from %s', async (_form, value) => {
	const { query } = await openTenant();
	const ids = ['7318840216653955117', '7318840216653955118'];
	const result = await query(byIds(value), { items: [{ json: { id: ids[1], ids } }] });
	expect(idsOf(result)).toEqual(ids);
});

test('takes a single value from an expression', async () => {
	const { query } = await openTenant({ checks: [{ id: '42', external_application_id: '1' }] });
	expect(idsOf(await query(byIds('={{ 42 }}')))).toEqual(['42']);
	expect(idsOf(await query(byIds('={{ $json.id }}'), { items: [{ json: { id: '42' } }] }))).toEqual(
		['42'],
	);
});

test('Return All and Limit do not apply', async () => {
	const { query } = await openTenant();
	const ids = '7318840216653955117,7318840216653955118';
	const result = await query({ ...byIds(ids, { pageToken: 'x' }), returnAll: false, limit: 1 });
	expect(result.output()).toHaveLength(2);
});

test('a small page size pages the list, and every page request has the list', async () => {
	const { query, queries, sandbox } = await openTenant();
	const ids = sandbox.checks
		.all()
		.slice(0, 20)
		.map(({ id }) => id);
	const result = await query(byIds(ids.join('\n'), { pageSize: 7 }));
	expect(idsOf(result)).toEqual(ids);
	expect(queries().map(listOf)).toEqual([ids, ids, ids]);
	expect(queries().map((request) => request.query.page_size)).toEqual(['7', '7', '7']);
	expect(queries().map((request) => 'page_token' in request.query)).toEqual([false, true, true]);
});

test('unknown IDs are skipped, and a hint says how many and which', async () => {
	const { query } = await openTenant();
	const skip = { ifNotFound: 'skip' };
	const one = await query(byIds('91,7318840216653955117', skip));
	expect(idsOf(one)).toEqual(['7318840216653955117']);
	expect(one.hints().map(({ message }) => message)).toEqual([
		expect.stringContaining('cannot find 1 of the IDs: 91.'),
	]);
	const many = await query(byIds(unknownIds(25).join(), skip));
	expect([many.status, many.output()]).toEqual(['success', []]);
	expect(many.hints()[0]?.message).toContain(
		'cannot find 25 of the IDs: 90, 91, 92, 93, 94, 95, 96, 97, 98, 99 and 15 more.',
	);
});

test('unknown IDs are included at their place, and counted in a hint', async () => {
	const { query, sandbox } = await openTenant();
	const result = await query(byIds('91 7318840216653955117 92'));
	const missing = (id: string) => ({ found: false, id, reason: 'noBackgroundCheck' });
	expect(result.output()).toEqual([
		{ json: missing('91'), pairedItem: { item: 0 } },
		{ json: sandbox.checks.byId('7318840216653955117'), pairedItem: { item: 0 } },
		{ json: missing('92'), pairedItem: { item: 0 } },
	]);
	expect(result.hints().map(({ message }) => message)).toEqual([
		'Feishu cannot find 2 of the IDs: 91, 92.',
	]);
});

test('unknown IDs are an error that names them', async () => {
	const { query } = await openTenant();
	const result = await query(byIds('91 7318840216653955117 92', { ifNotFound: 'error' }));
	expect(result.output()).toEqual([]);
	expect(result.error?.message).toBe(
		"'External Background Check IDs' contains 2 IDs that Feishu cannot find: 91, 92",
	);
});

// If a user changes the operation, such options stay in the workflow.
test('pages are not a format for IDs: the option is ignored', async () => {
	const { query } = await openTenant();
	const ids = '7318840216653955118 7318840216653955117';
	const result = await query(byIds(ids, { responseFormat: 'pages', pageToken: 'x' }));
	expect(idsOf(result)).toEqual(ids.split(' '));
});

test('an ID rounded by a spreadsheet is recognized', async () => {
	const { query } = await openTenant();
	const result = await query(byIds('7318840216653950000'));
	const { note, ...json } = result.output()[0]?.json ?? {};
	expect(json).toEqual({ found: false, id: '7318840216653950000', reason: 'noBackgroundCheck' });
	expect(note).toMatch(/rounded by a spreadsheet\. Enter it again as text/);
	expect(result.hints()[0]?.message).toMatch(/rounded by a spreadsheet/);
});

test('IDs that were numbers in the input, joined into one text, are recognized', async () => {
	const { query } = await openTenant();
	const json = { a: Number('7318840216653955118'), b: Number('6960663240925956660') };
	const result = await query(byIds('={{ $json.a }}, {{ $json.b }}'), { items: [{ json }] });
	const note: unknown = expect.stringMatching(/rounded/);
	expect(result.output().map((item) => item.json)).toMatchObject([
		{ found: false, id: '7318840216653955000', note },
		{ found: false, id: '6960663240925957000', note },
	]);
	expect(result.hints()[0]?.message).toMatch(
		/: 7318840216653955000, 6960663240925957000\. .*rounded/,
	);
});

test('a page address with one ID in it is understood', async () => {
	const { query } = await openTenant();
	const result = await query(byIds('https://x.feishu.cn/hire/check/7318840216653955118?tab=1'));
	expect(idsOf(result)).toEqual(['7318840216653955118']);
});

test('an ID that Feishu refuses is named, fails its own item, and does not affect the others', async () => {
	const { query, queries, sandbox } = await openTenant({ open: { unknownIds: 'error' } });
	const ids = sandbox.checks
		.all()
		.slice(0, 19)
		.map(({ id }) => id);
	const items = [ids.slice(0, 10), [ids[10], '91'], ids.slice(11)].map((list) => ({
		json: { list },
	}));
	const result = await query(byIds('={{ $json.list }}'), {
		items,
		nodeSettings: { onError: 'continueRegularOutput' },
	});
	expect(idsOf(result)).toEqual([...ids.slice(0, 10), undefined, ...ids.slice(11)]);
	expect(result.output()[10]).toMatchObject({
		json: {
			error: { code: 1002002, description: expect.stringContaining('the ID 91.') as unknown },
		},
		pairedItem: { item: 1 },
	});
	// The error of a failed item says what is missing of it.
	expect(result.hints()).toEqual([]);
	expect(queries().length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(20)));
});

test('IDs of several items share requests, and each check goes to every item that has its ID', async () => {
	const { query, queries, sandbox } = await openTenant();
	const ids = sandbox.checks
		.all()
		.slice(0, 15)
		.map(({ id }) => id);
	const lists = [ids.slice(0, 10), ids.slice(5).reverse(), [ids[7], '91'], [ids[0]]];
	const items = lists.map((list) => ({ json: { list } }));
	const result = await query(byIds('={{ $json.list }}', { ifNotFound: 'skip' }), { items });
	expect(queries().map((request) => listOf(request).length)).toEqual([16]);
	expect(idsOf(result)).toEqual(lists.flat().filter((id) => id !== '91'));
	expect(sourcesOf(result)).toEqual(
		lists.flatMap((list, item) => list.filter((id) => id !== '91').map(() => item)),
	);
	expect(new Set(result.output().map(({ json }) => json)).size).toBe(result.output().length);
});

test('a check that was not requested is an error: the list was not understood', async () => {
	const { query, sandbox } = await openTenant();
	sandbox.fault({
		api: 'batch_query',
		do: (_request, answer) => {
			const body = JSON.parse(answer.body as string) as { data: { items: unknown[] } };
			body.data.items = sandbox.checks.all().slice(0, 20);
			return { ...answer, body: JSON.stringify(body) };
		},
	});
	const result = await query(byIds('7318840216653955117'));
	expect(result.error?.message).toMatch(/not requested/);
	expect(result.output()).toEqual([]);
});

test('an error of the same ID in another request is not the item’s', async () => {
	const { query, queries, sandbox } = await openTenant();
	const id = '7318840216653955117';
	sandbox.fault({
		api: 'batch_query',
		when: (request) => request.query.page_size === '5',
		do: { kind: 'answer', status: 400, code: 1002002 },
	});
	const parameters = byIds(id, { pageSize: '={{ $json.pageSize }}' });
	const items = [{ json: { pageSize: 20 } }, { json: { pageSize: 5 } }];
	const nodeSettings = { onError: 'continueRegularOutput' as const };
	const result = await query(parameters, { items, nodeSettings });
	expect(queries()).toHaveLength(2);
	expect(result.output().map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
		[id, { item: 0 }],
		[undefined, { item: 1 }],
	]);
	const stopped = await query(parameters, { items });
	expect(itemOf(stopped.error)).toBe(1);
});

test('10,000 IDs in one field work', async () => {
	const { query, queries, sandbox } = await openTenant();
	const known = sandbox.checks.all().map(({ id }) => id);
	const ids = [...unknownIds(10_000 - known.length), ...known];
	const result = await query(byIds(ids.join('\n'), { ifNotFound: 'skip' }));
	expect(idsOf(result)).toEqual(known);
	expect(result.hints()[0]?.message).toContain(`did not find ${10_000 - known.length} of the IDs`);
	expect(queries()).toHaveLength(500);
	// Requests run in parallel, so they may arrive in another order.
	expect(queries().flatMap(listOf).sort()).toEqual([...ids].sort());
});

test('an item that has its checks is not affected if a later page of their request fails', async () => {
	const { query, queries, sandbox } = await openTenant();
	const ids = sandbox.checks
		.all()
		.slice(0, 20)
		.map(({ id }) => id);
	sandbox.fault({ api: 'batch_query', nth: 3, do: { kind: 'answer', status: 400, code: 4242 } });
	const items = [{ json: { list: ids.slice(0, 10) } }, { json: { list: ids.slice(10) } }];
	const parameters = byIds('={{ $json.list }}', { pageSize: 5 });
	const nodeSettings = { onError: 'continueRegularOutput' as const };
	const result = await query(parameters, { items, nodeSettings });
	expect(queries()).toHaveLength(3);
	expect(idsOf(result)).toEqual([...ids.slice(0, 10), undefined]);
	expect(result.output()[10]).toMatchObject({
		json: { error: { code: 4242 } },
		pairedItem: { item: 1 },
	});
});

test('a check that a deletion moves to a page already read is requested once more', async () => {
	const { query, queries, sandbox } = await openTenant();
	const ids = sandbox.checks
		.all()
		.slice(0, 10)
		.map(({ id }) => id);
	sandbox.fault({
		api: 'batch_query',
		nth: 1,
		do: (_request, answer) => {
			sandbox.checks.remove(ids[9] ?? '');
			sandbox.checks.remove(ids[0] ?? '');
			return answer;
		},
	});
	const result = await query(byIds(ids.join(), { pageSize: 5, ifNotFound: 'skip' }));
	// The first one was read before it was deleted.
	expect(idsOf(result)).toEqual(ids.slice(0, 9));
	expect(queries().map(listOf)).toEqual([ids, ids, [ids[5], ids[9]]]);
});

test('IDs that only lead to pages without checks are requested once', async () => {
	const { query, queries, sandbox } = await openTenant();
	const empty = (more: object): FaultAction => ({
		kind: 'answer',
		status: 200,
		body: { code: 0, data: { items: [], ...more } },
	});
	sandbox.fault({ api: 'batch_query', nth: 1, do: empty({ has_more: true, page_token: 'A' }) });
	sandbox.fault({ api: 'batch_query', nth: 2, do: empty({ has_more: false }) });
	const result = await query(byIds('7318840216653955117', { ifNotFound: 'skip' }));
	expect([idsOf(result), queries().length]).toEqual([[], 2]);
});

test('among many IDs that are not found, the rounded one is named', async () => {
	const { query } = await openTenant();
	const many = Array.from({ length: 30 }, (_, index) => 900 + index);
	const result = await query(byIds([...many, '7318840216653950000'].join(',')));
	expect(result.hints()[0]?.message).toMatch(
		/^Feishu cannot find 31 of the IDs: 7318840216653950000, 900, /,
	);
});
