import type { Envelope } from '../../nodes/shared/feishu/answer';
import type * as Paginate from '../../nodes/shared/feishu/paginate';

import { paginate } from '../../nodes/shared/feishu/paginate';

interface Walk {
	ids: unknown[];
	pages: Paginate.Page<{ id?: string }>[];
	/** The token of each request. */
	asked: Array<string | undefined>;
	error?: string;
}

/** Reads a list whose requests return these `data`s; the last one is repeated forever. */
async function walk(datas: unknown[], startToken?: string): Promise<Walk> {
	const seen: Walk = { ids: [], pages: [], asked: [] };
	const fetchPage = (token?: string) => {
		const data = datas[Math.min(seen.asked.length, datas.length - 1)];
		seen.asked.push(token);
		return Promise.resolve({ code: 0, data } as Envelope);
	};
	try {
		for await (const page of paginate<{ id?: string }>(fetchPage, startToken)) {
			seen.pages.push(page);
			seen.ids.push(...page.items.map(({ id }) => id));
		}
	} catch (error) {
		seen.error = (error as Error).message;
	}
	return seen;
}

const items = (...ids: string[]) => ids.map((id) => ({ id }));
const page = (page_token: unknown, ...ids: string[]) => ({
	items: items(...ids),
	has_more: true,
	page_token,
});

test('requests the first page without a token, and the next with the one it was given', async () => {
	const { asked, ids, pages, error } = await walk([
		page('A=+/', '1', '2'),
		page('B', '3'),
		{ items: items('4'), has_more: false },
	]);
	expect(error).toBeUndefined();
	expect(asked).toEqual([undefined, 'A=+/', 'B']);
	expect(ids).toEqual(['1', '2', '3', '4']);
	expect(pages.map(({ has_more, page_token }) => [has_more, page_token])).toEqual([
		[true, 'A=+/'],
		[true, 'B'],
		[false, undefined],
	]);
});

test('starts at a given token', async () => {
	const { asked } = await walk([{ items: [], has_more: false }], 'S');
	expect(asked).toEqual(['S']);
});

test('requests no page before it is needed', async () => {
	const fetchPage = jest.fn(() => Promise.resolve({ code: 0, data: page('A', '1') }));
	for await (const first of paginate(fetchPage)) {
		expect(first.items).toHaveLength(1);
		break;
	}
	expect(fetchPage).toHaveBeenCalledTimes(1);
});

test.each<[string, unknown]>([
	['no data', undefined],
	['null as data', null],
	['empty data', {}],
	['null as items', { items: null, has_more: false }],
	['no items', { has_more: false }],
	['an empty list', { items: [], has_more: false }],
	['null as has_more', { items: [], has_more: null }],
	['an empty token on the last page', { items: [], has_more: false, page_token: '' }],
	['a token on the last page', { items: [], has_more: false, page_token: 'A' }],
])('%s is one empty, last page', async (_name, data) => {
	const { pages, error } = await walk([data]);
	expect(error).toBeUndefined();
	expect(pages).toEqual([{ items: [], has_more: false }]);
});

test.each([
	['an empty list', []],
	['null', null],
	['nothing', undefined],
])('goes on after a page with %s as items that says has_more', async (_name, empty) => {
	const { ids, error } = await walk([
		{ items: empty, has_more: true, page_token: 'A' },
		{ items: items('1'), has_more: false },
	]);
	expect({ ids, error }).toEqual({ ids: ['1'], error: undefined });
});

test.each([undefined, null, '', 7])('has_more with %j as token is an error', async (token) => {
	const { ids, error } = await walk([page('A', '1'), page(token, '2')]);
	expect(error).toMatch(/more records, but sent no page token/);
	expect(ids).toEqual(['1']);
});

test.each([
	['the one before', [page('A', '1'), page('A', '2')]],
	['an earlier one', [page('A', '1'), page('B', '2'), page('A', '3')]],
])('a token seen before is an error: %s', async (_name, datas) => {
	expect((await walk(datas)).error).toMatch(/same page token twice/);
});

test('the token it started at counts as seen', async () => {
	const { error, asked } = await walk([page('S', '1')], 'S');
	expect(error).toMatch(/same page token twice/);
	expect(asked).toEqual(['S']);
});

test('a chain that repeats its records with new tokens ends in an error after bounded work', async () => {
	let token = 0;
	const fetchPage = () => Promise.resolve({ code: 0, data: page(`T${token++}`, '1', '2') });
	const drain = async () => {
		const pages = paginate(fetchPage);
		while (!(await pages.next()).done);
	};
	await expect(drain()).rejects.toThrow(/did not end/);
	// The first page had news, the hundred after it had none.
	expect(token).toBe(101);
});

test('pages that all have new records are not limited in number', async () => {
	const pages = Array.from({ length: 150 }, (_, index) => page(`T${index}`, String(index)));
	const { ids, error } = await walk([...pages, { items: [], has_more: false }]);
	expect([ids.length, error]).toEqual([150, undefined]);
});

test('an error of the chain says what to do', async () => {
	const fetchPage = () => Promise.resolve({ code: 0, data: 'oops' } as unknown as Envelope);
	const ended = paginate(fetchPage).next();
	await expect(ended).rejects.toMatchObject({
		failure: {
			reaction: 'fail',
			advice: expect.stringMatching(
				/^The node returns nothing, because the list would be incomplete/,
			) as unknown,
		},
	});
});

test('a record that moved to a later page comes once; one without an ID comes as often as sent', async () => {
	const { ids } = await walk([
		page('A', '1', '2'),
		{ items: [...items('2', '3'), {}, {}], has_more: false },
	]);
	expect(ids).toStrictEqual(['1', '2', '3', undefined, undefined]);
});

test.each<[string, unknown]>([
	['data is a text', 'oops'],
	['data is a list', items('1')],
	['items is an object', { items: { id: '1' }, has_more: false }],
	['items is a text', { items: 'x', has_more: false }],
	['an item is null', { items: [null], has_more: false }],
	['an item is a text', { items: ['1'], has_more: false }],
	['has_more is a text', { items: [], has_more: 'true' }],
	['has_more is a number', { items: [], has_more: 1 }],
])('an answer in another format is an error, not a page: %s', async (_name, data) => {
	const { pages, error } = await walk([data]);
	expect(pages).toEqual([]);
	expect(error).toMatch(/did not return a list/);
});

test('passes on the error of a page', async () => {
	const pages = paginate(async () => await Promise.reject(new Error('page failed')));
	await expect(pages.next()).rejects.toThrow('page failed');
});

describe('an answer with missing parts', () => {
	const lackingBoth: Array<[string, unknown]> = [
		['no data', undefined],
		['null as data', null],
		['empty data', {}],
		['null as items and has_more', { items: null, has_more: null }],
		['an empty token alone', { page_token: '' }],
	];

	test.each(lackingBoth)('is an empty list as first page: %s', async (_name, data) => {
		expect(await walk([data])).toMatchObject({ pages: [{ items: [], has_more: false }] });
	});

	test.each(lackingBoth)('is an error as a later page: %s', async (_name, data) => {
		const { ids, error } = await walk([page('A', '1'), data]);
		expect(error).toMatch(/did not say whether there are more/);
		expect(ids).toEqual(['1']);
	});

	test.each(lackingBoth)(
		'is an error where the list was not started at its beginning: %s',
		async (_name, data) => {
			expect((await walk([data], 'S')).error).toMatch(/did not say whether there are more/);
		},
	);

	test.each([undefined, null])(
		'a token beside %s as has_more is an error on any page',
		async (has_more) => {
			const open = { items: items('2'), has_more, page_token: 'B' };
			expect((await walk([open])).error).toMatch(/did not say whether there are more/);
			expect((await walk([page('A', '1'), open])).error).toMatch(/did not say/);
		},
	);

	test.each<[string, unknown, string[]]>([
		['items alone', { items: items('2') }, ['1', '2']],
		['items and an empty token', { items: items('2'), page_token: '' }, ['1', '2']],
		['items and null as token', { items: items('2'), page_token: null }, ['1', '2']],
		['an empty list alone', { items: [] }, ['1']],
		['null as items, and an end', { items: null, has_more: false }, ['1']],
		['an end alone', { has_more: false }, ['1']],
	])('may be a last page with %s', async (_name, data, ids) => {
		const walked = await walk([page('A', '1'), data]);
		expect([walked.ids, walked.error]).toEqual([ids, undefined]);
	});
});

test('two records whose ID is an empty text are two records', async () => {
	expect((await walk([{ items: items('', ''), has_more: false }])).ids).toEqual(['', '']);
});
