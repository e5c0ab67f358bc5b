import {
	busyApplicationId,
	type FaultAction,
	type PlainFault,
	type SandboxOptions,
} from '../../sandbox';
import { itemOf } from '../harness/itemOf';
import { idsOf, useTenant } from '../harness/tenant';

const openTenant = useTenant();

type Fault = FaultAction | PlainFault;

const page = (data: unknown): Fault => ({ kind: 'answer', status: 200, body: { code: 0, data } });

/** Each with how often the page is requested until the run gives up. */
const liars: Array<[string, Fault, RegExp, number]> = [
	['has_more without a token', 'token_missing', /more records, but sent no page token/, 1],
	[
		'has_more with an empty token',
		page({ items: [], has_more: true, page_token: '' }),
		/but sent no page token/,
		1,
	],
	['code ≠ 0 with HTTP 200', { kind: 'answer', status: 200, code: 42 }, /\(code 42\)/, 1],
	[
		'an error code with data',
		{ kind: 'answer', status: 200, body: { code: 7, data: { items: [], has_more: false } } },
		/\(code 7\)/,
		1,
	],
	[
		'items that are no list',
		page({ items: { id: '1' }, has_more: false }),
		/did not return a list/,
		1,
	],
	['data that is a text', page('ok'), /did not return a list/, 1],
	[
		'has_more as a text',
		page({ items: [], has_more: 'true', page_token: 'A' }),
		/did not return a list/,
		1,
	],
	['an HTML page', { kind: 'html', status: 200 }, /cut off or not JSON/, 5],
	['an empty body', 'empty', /cut off or not JSON/, 5],
	['JSON that is cut off', 'truncated', /cut off or not JSON/, 5],
	['JSON without a code', 'no_code', /cut off or not JSON/, 5],
	['a body that breaks off', 'cut', /the response was cut off|connection/, 5],
	['a redirect', { kind: 'redirect', to: '/elsewhere' }, /redirect/, 1],
	['a page that is not found', { kind: 'html', status: 404 }, /HTTP 404/, 1],
];

describe.each(liars)('%s is an error', (_name, fault, message, tries) => {
	test.each([1, 2, 3])('on page %i, and what was read before does not come out', async (nth) => {
		const { query, queries, sandbox } = await openTenant();
		sandbox.fault({
			api: 'batch_query',
			nth: [0, 1, 2, 3, 4].map((more) => nth + more),
			do: fault,
		});
		const result = await query({
			operation: 'getByApplication',
			externalApplicationId: busyApplicationId,
			returnAll: true,
		});
		expect([result.status, result.output()]).toEqual(['error', []]);
		expect(result.error?.message).toMatch(message);
		expect(result.error?.name).toBe('NodeApiError');
		expect(result.error?.description).toMatch(tries > 1 ? /tried 5 times/ : /^(?!.*tried)/s);
		expect(queries()).toHaveLength(nth - 1 + tries);
	});
});

test.each([
	[1, 2],
	[2, 2],
	[3, 3],
])('the token of the page itself on page %i is an error after %i requests', async (nth, count) => {
	const { query, queries, sandbox } = await openTenant();
	sandbox.fault({ api: 'batch_query', nth: [nth, nth + 1], do: 'token_repeats' });
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: busyApplicationId,
		returnAll: true,
	});
	expect(result.error?.message).toMatch(/same page token twice/);
	expect(result.output()).toEqual([]);
	// The first page was requested without a token, so its own token appears on the second.
	expect(queries()).toHaveLength(count);
});

test.each(['getByApplication', 'getByIds', 'getMany'])(
	'%s: an endless chain ends in an error',
	async (operation) => {
		const { query, queries, sandbox } = await openTenant();
		sandbox.fault({ api: 'batch_query', do: 'endless' });
		const result = await query({
			operation,
			externalApplicationId: busyApplicationId,
			externalBackgroundCheckIds: '7318840216653955117',
			returnAll: true,
		});
		expect(result.error?.message).toMatch(/did not end after/);
		expect(result.output()).toEqual([]);
		expect(queries().length).toBeLessThan(150);
	},
);

test('a failed page fails only its own item', async () => {
	const { query, sandbox } = await openTenant();
	sandbox.fault({
		api: 'batch_query',
		when: ({ query: { external_application_id, page_token } }) =>
			external_application_id === busyApplicationId && page_token !== undefined,
		do: 'token_missing',
	});
	const items = ['7318839904418072621', busyApplicationId, '7318841177300633901'];
	const result = await query(
		{ operation: 'getByApplication', externalApplicationId: '={{ $json.id }}', returnAll: true },
		{
			items: items.map((id) => ({ json: { id } })),
			nodeSettings: { onError: 'continueRegularOutput' },
		},
	);
	expect(
		result.output().map(({ json, pairedItem }) => [json.id ?? json.error, pairedItem]),
	).toEqual([
		['7318840216653955117', { item: 0 }],
		['7318840216653955118', { item: 0 }],
		[
			expect.objectContaining({
				message: expect.stringMatching(/but sent no page token/) as unknown,
			}) as unknown,
			{ item: 1 },
		],
		['7318840216653955119', { item: 2 }],
	]);
});

test('an item that has all it needs is not affected by a later failure', async () => {
	const { query, queries, sandbox } = await openTenant();
	sandbox.fault({ api: 'batch_query', nth: 2, do: 'token_missing' });
	const items = [{ json: { limit: 50 } }, { json: { limit: 20 } }];
	const parameters = {
		operation: 'getByApplication',
		externalApplicationId: busyApplicationId,
		limit: '={{ $json.limit }}',
	};
	const nodeSettings = { onError: 'continueRegularOutput' as const };
	const result = await query(parameters, { items, nodeSettings });
	expect(queries()).toHaveLength(2);
	expect(result.output()).toHaveLength(21);
	expect(result.output()[0]).toMatchObject({
		json: { error: { message: expect.stringMatching(/but sent no page token/) as unknown } },
		pairedItem: { item: 0 },
	});
	expect(idsOf(result).slice(1)).toEqual(
		sandbox.checks
			.byApplication(busyApplicationId)
			.slice(0, 20)
			.map(({ id }) => id),
	);
});

test('the error names the item that wanted more, not the one that was served', async () => {
	const { query, sandbox } = await openTenant();
	sandbox.fault({ api: 'batch_query', nth: 2, do: 'token_missing' });
	const items = [{ json: { limit: 20 } }, { json: { limit: 50 } }];
	const result = await query(
		{
			operation: 'getByApplication',
			externalApplicationId: busyApplicationId,
			limit: '={{ $json.limit }}',
		},
		{ items },
	);
	expect(itemOf(result.error)).toBe(1);
});

test('a check of another application than the requested one is an error', async () => {
	const { query, sandbox } = await openTenant();
	sandbox.fault({
		api: 'batch_query',
		nth: 2,
		do: (_request, answer) => {
			const body = JSON.parse(answer.body as string) as { data: { items: object[] } };
			body.data.items.push({ id: '1', external_application_id: '2' });
			return { ...answer, body: JSON.stringify(body) };
		},
	});
	const result = await query({
		operation: 'getByApplication',
		externalApplicationId: busyApplicationId,
		returnAll: true,
	});
	expect([result.status, result.output()]).toEqual(['error', []]);
	expect(result.error?.message).toMatch(/not requested/);
});

test('a check without an application, and two with an empty ID, are checks', async () => {
	const { query, sandbox } = await openTenant();
	const checks = [{ id: '' }, { id: '' }, { id: '3', external_application_id: null }];
	sandbox.fault({ api: 'batch_query', do: page({ items: checks, has_more: false }) });
	const result = await query({ operation: 'getByApplication', externalApplicationId: '1' });
	expect(result.output().map(({ json }) => json)).toEqual(checks);
});

test('a page that fails once and comes the second time is whole', async () => {
	const { query, queries, sandbox } = await openTenant();
	sandbox.fault({ api: 'batch_query', nth: 2, do: 'truncated' });
	const result = await query({ operation: 'getMany', returnAll: true });
	expect(result.output().map(({ json }) => json)).toEqual(sandbox.checks.all());
	expect(queries()).toHaveLength(19);
});

const readings: Array<NonNullable<SandboxOptions['open']>> = [
	{ emptyAnswer: 'array' },
	{ emptyAnswer: 'null' },
	{ emptyAnswer: 'missing' },
	{ emptyAnswer: 'noData' },
	{ lastPageToken: 'empty' },
	{ paging: 'offset' },
	{ idListPaging: 'ignore' },
	{ idOrder: 'asked' },
	{ idOrder: 'reversed' },
	{ emptyIdList: 'error' },
	{ emptyIdList: 'empty' },
];

test.each(readings)(
	'the result is the same with these settings of the sandbox: %j',
	async (open) => {
		const { query, sandbox } = await openTenant({ open });
		const all = sandbox.checks.all();
		const whole = await query({ operation: 'getMany', returnAll: true });
		expect(whole.output().map(({ json }) => json)).toEqual(all);
		const options = { ifNotFound: 'skip' };
		const nothing = await query({
			operation: 'getByApplication',
			externalApplicationId: '1',
			options,
		});
		expect([nothing.status, nothing.output()]).toEqual(['success', []]);
		const ids = all.slice(30, 60).map(({ id }) => id);
		const listed = await query({
			operation: 'getByIds',
			externalBackgroundCheckIds: [...ids, '1'].join(','),
			options,
		});
		expect(listed.error).toBeUndefined();
		expect(idsOf(listed)).toEqual(ids);
		expect(
			(await query({ operation: 'getByIds', externalBackgroundCheckIds: '1', options })).output(),
		).toEqual([]);
	},
);

test('a check that moves to a later page during the scan comes out once', async () => {
	const { query, sandbox } = await openTenant({ open: { paging: 'offset' } });
	sandbox.checks.addAt = 'start';
	sandbox.fault({
		api: 'batch_query',
		nth: [2, 3],
		do: (request, answer) => {
			sandbox.checks.add({ id: `${request.n}`, external_application_id: '1' });
			return answer;
		},
	});
	const result = await query({ operation: 'getMany', returnAll: true });
	expect(result.status).toBe('success');
	expect(new Set(idsOf(result)).size).toBe(result.output().length);
	expect(result.output().length).toBeGreaterThanOrEqual(360);
});
