import type { IDataObject } from 'n8n-workflow';
import type { ParameterError } from '../../nodes/shared/form/parameterError';
import type { BackgroundCheckPage } from '../../nodes/shared/hire/api/backgroundChecks';
import type { BackgroundCheck } from '../../nodes/shared/hire/types';
import { CHECK_ROWS } from '../../nodes/shared/operations/externalBackgroundCheck/read/queryOperation';
import type { QueryRequest } from '../../nodes/shared/operations/externalBackgroundCheck/read/request';
import type { Reason } from '../../nodes/shared/operations/notFound';
import { Output } from '../../nodes/shared/operations/output';
import { Selection, type Wanted } from '../../nodes/shared/operations/selection';
import { page, queryOf, runOf } from './queryRun';

const ofApplication = (externalApplicationId: string, more: Partial<QueryRequest> = {}) =>
	queryOf({ subject: { label: 'External Application', externalApplicationId }, ...more });
const ofCandidate = (more: Partial<QueryRequest> = {}) =>
	queryOf({ subject: { label: 'Candidate' }, ...more });

/** An output, and the hint of its run, if any. */
function outputOf(isForModel = false) {
	const run = runOf({ isForModel });
	const hints = () => [run.hints.all().join(' ')].filter(Boolean);
	return { output: new Output(run, CHECK_ROWS), hints };
}

/** The selection from pages that are read for an item. @param beside additional fields for each check */
async function selectionOf(
	pages: BackgroundCheckPage[],
	wanted: Wanted<BackgroundCheck> = {},
	{ isPages = false, beside }: { isPages?: boolean; beside?: IDataObject } = {},
): Promise<Selection<BackgroundCheck>> {
	const selection = new Selection(wanted, isPages);
	async function* list() {
		for (const each of pages) yield await Promise.resolve(each);
	}
	await selection.readFrom(list(), beside);
	return selection;
}

/** How an item is read. */
interface Case {
	wanted?: Wanted<BackgroundCheck>;
	isPages?: boolean;
	isContinued?: boolean;
	isForModel?: boolean;
	/** Why there is nothing, if no list is read. */
	reason?: Reason;
}

/** The output for one item. */
async function outcome(
	request: QueryRequest,
	pages: BackgroundCheckPage[],
	{ wanted, isPages = false, isContinued = false, isForModel = false, reason }: Case = {},
) {
	const { output, hints } = outputOf(isForModel);
	const selection = await selectionOf(pages, wanted, { isPages });
	if (reason) selection.reason = reason;
	const items = output.ofSelection(request, selection, { isPages, isContinued });
	return { items, hints: hints() };
}

/** The output for these IDs, of which Feishu knows some. */
function byIds(
	ids: string[],
	known: string[],
	request = queryOf(),
	{ output } = outputOf(),
): IDataObject[] {
	const checks = ids.map((id): BackgroundCheck | undefined =>
		known.includes(id) ? { id, result: '已通过' } : undefined,
	);
	return output.ofIds(request, ids, checks);
}

test('checks come in the requested order', () => {
	expect(byIds(['3', '1'], ['1', '2', '3'])).toEqual([
		{ id: '3', result: '已通过' },
		{ id: '1', result: '已通过' },
	]);
});

test('simplified, a check is easy to read; otherwise it is as Feishu sent it', () => {
	const check = { date: 1_741_536_000_000, id: '1', other: 'x' };
	const { output } = outputOf();
	expect(output.ofIds(queryOf({ simple: true }), ['1'], [{ ...check }])).toEqual([
		{
			name: null,
			result: null,
			date: '2025-03-10T00:00:00.000+08:00',
			id: '1',
			external_application_id: null,
			attachment_list: [],
			other: 'x',
		},
	]);
	expect(output.ofIds(queryOf(), ['1'], [check])).toEqual([check]);
});

test.each([true, false])(
	'two items with the same check do not share an object (simple: %j)',
	(simple) => {
		const check: BackgroundCheck = { id: '1', attachment_list: [{}] };
		const { output } = outputOf();
		const [first, second] = [0, 1].map(
			(itemIndex) => output.ofIds(queryOf({ itemIndex, simple }), ['1'], [check])[0],
		);
		(first?.attachment_list as IDataObject[])[0] = { id: 'changed' };
		expect(second?.attachment_list).toEqual([{}]);
	},
);

test('two items that select the same check do not share an object', async () => {
	const { output } = outputOf();
	const pages = [{ items: [{ id: '1', attachment_list: [{}] }], has_more: false }];
	const [first, second] = [await selectionOf(pages), await selectionOf(pages)].map(
		(selection, itemIndex) => output.ofSelection(queryOf({ itemIndex }), selection)[0],
	);
	(first?.attachment_list as IDataObject[])[0] = { id: 'changed' };
	expect(second?.attachment_list).toEqual([{}]);
});

test('two items that select the same page do not share an object', async () => {
	const { output } = outputOf();
	const pages = [page(false, '1')];
	const selections = [
		await selectionOf(pages, {}, { isPages: true }),
		await selectionOf(pages, {}, { isPages: true }),
	];
	const [first, second] = selections.map(
		(selection) => output.ofSelection(queryOf(), selection, { isPages: true })[0],
	);
	(first?.items as IDataObject[])[0] = { id: 'changed' };
	expect(second).toEqual(page(false, '1'));
});

test('IDs that are not found are counted once and named, the first ten of them', () => {
	const unknown = Array.from({ length: 12 }, (_, index) => `x${index}`);
	const both = outputOf();
	const skip = queryOf({ ifNotFound: 'skip' });
	expect(byIds(['1', ...unknown], ['1'], skip, both)).toHaveLength(1);
	expect(byIds(['x0', 'x1'], ['1'], skip, both)).toEqual([]);
	expect(both.hints()).toEqual([
		'Feishu cannot find 12 of the IDs: x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and 2 more. To get an item for each, set the option \'If Not Found\' to "Include".',
	]);
});

test('included IDs keep their place, and are counted', () => {
	const run = outputOf();
	const items = byIds(['1', '2', '3'], ['1', '3'], queryOf(), run);
	expect(items[1]).toEqual({ found: false, id: '2', reason: 'noBackgroundCheck' });
	expect(items.map(({ id }) => id)).toEqual(['1', '2', '3']);
	expect(run.hints()).toEqual(['Feishu cannot find 1 of the IDs: 2.']);
});

test.each([
	[['1', '2'], "'External Background Check IDs' contains an ID that Feishu cannot find: 2"],
	[['1', '2', '3'], "'External Background Check IDs' contains 2 IDs that Feishu cannot find: 2, 3"],
])('a missing ID is an error where that is wanted: %j', (list, message) => {
	const run = outputOf();
	const request = queryOf({ ifNotFound: 'error' });
	expect(() => byIds(list, ['1'], request, run)).toThrow(message);
	expect(byIds(['1'], ['1'], request, run)).toHaveLength(1);
});

test('an ID rounded by a spreadsheet is recognized', async () => {
	const rounded = '7318840216653950000';
	const run = outputOf();
	expect(byIds([rounded], [], queryOf(), run)[0]?.note).toMatch(/rounded by a spreadsheet/);
	expect(run.hints()[0]).toMatch(/rounded by a spreadsheet/);
	const { items } = await outcome(ofApplication(rounded), [page(false)]);
	expect(items[0]?.note).toMatch(/rounded/);
	const wanted = outcome(ofApplication(rounded, { ifNotFound: 'error' }), [page(false)]);
	const error = await wanted.catch((thrown: unknown) => thrown as ParameterError);
	expect(error).toHaveProperty('advice', expect.stringMatching(/rounded by a spreadsheet/));
});

test('items are cut to each limit, and one hint covers all', async () => {
	const pages = [page(true, '1', '2'), page(false, '3', '4')];
	const { output, hints } = outputOf();
	const counts: number[] = [];
	for (const limit of [1, 3, undefined]) {
		const selection = await selectionOf(pages, { limit });
		counts.push(output.ofSelection(queryOf(), selection).length);
	}
	expect(counts).toEqual([1, 3, 4]);
	expect(hints()).toEqual([
		'There may be more background checks than the limit allows. To get all of them, turn on Return All.',
	]);
});

test.each([
	['the limit is just reached on the last page', 2],
	['there is no limit', undefined],
])('no hint when %s', async (_name, limit) => {
	expect(await outcome(queryOf(), [page(false, '1', '2')], { wanted: { limit } })).toEqual({
		items: [{ id: '1' }, { id: '2' }],
		hints: [],
	});
});

test('an empty page comes out as a page, with a hint', async () => {
	for (const request of [queryOf(), ofApplication('7')]) {
		const { items, hints } = await outcome(request, [page(false)], { isPages: true });
		expect(items).toEqual([page(false)]);
		expect(hints).toHaveLength(1);
	}
});

test('pages come whole, one item each, also simplified', async () => {
	const pages = [{ ...page(true, '1', '2'), page_token: 'A' }, page(false, '3')];
	const { items, hints } = await outcome(queryOf({ simple: true }), pages, { isPages: true });
	expect(items).toEqual(pages);
	expect(hints).toEqual([]);
});

test('an application without checks', async () => {
	expect(await outcome(ofApplication('7'), [page(false)])).toEqual({
		items: [{ found: false, external_application_id: '7', reason: 'noBackgroundCheck' }],
		hints: ['1 external application has no background checks, or does not exist: 7.'],
	});
	expect(await outcome(ofApplication('7', { ifNotFound: 'skip' }), [page(false)])).toEqual({
		items: [],
		hints: [expect.stringMatching(/^1 external application has no .*set the option/)],
	});
	await expect(outcome(ofApplication('7', { ifNotFound: 'error' }), [page(false)])).rejects.toThrow(
		"'External Application' has no external background check (外部背调): 7",
	);
});

test.each<[Reason, RegExp, RegExp]>([
	[
		'noCandidate',
		/^1 input item found no candidate in Feishu Hire/,
		/'Candidate' matches no candidate/,
	],
	['noExternalApplication', /a candidate without/, /'Candidate' matches a candidate without/],
	['noBackgroundCheck', /found no external background/, /'Candidate' has no external background/],
])('a candidate: %s', async (reason, hint, message) => {
	const { items, hints } = await outcome(ofCandidate(), [], { reason });
	expect(items).toEqual([{ found: false, reason }]);
	expect(hints).toEqual([expect.stringMatching(hint)]);
	const skipped = await outcome(ofCandidate({ ifNotFound: 'skip' }), [], { reason });
	expect(skipped.items).toEqual([]);
	await expect(outcome(ofCandidate({ ifNotFound: 'error' }), [], { reason })).rejects.toThrow(
		message,
	);
});

test('checks without a match are not reported as an application without checks', async () => {
	const wanted = { matches: () => false };
	const { items, hints } = await outcome(ofApplication('7'), [page(false, '1', '2')], { wanted });
	expect(items).toEqual([{ found: false, external_application_id: '7', reason: 'noMatch' }]);
	expect(hints).toEqual([expect.stringMatching(/none that match the filters/)]);
	await expect(
		outcome(ofApplication('7', { ifNotFound: 'error' }), [page(false, '1')], { wanted }),
	).rejects.toThrow("'Filters' matches none of the records: 7");
});

test('a tenant without checks is not reported as not found', async () => {
	for (const ifNotFound of ['include', 'skip', 'error'] as const) {
		const { items, hints } = await outcome(queryOf({ ifNotFound }), [page(false)]);
		expect([items, hints.length]).toEqual([[], 1]);
	}
});

test('after a start token an empty page is the end of a list', async () => {
	for (const isForModel of [true, false]) {
		const request = ofApplication('7');
		expect(await outcome(request, [page(false)], { isContinued: true, isForModel })).toEqual({
			items: [],
			hints: [],
		});
	}
});

describe('a model sees no hints: items tell it', () => {
	const told = async (
		request: QueryRequest,
		pages: BackgroundCheckPage[],
		wanted: Wanted<BackgroundCheck> = {},
	): Promise<IDataObject[]> => (await outcome(request, pages, { wanted, isForModel: true })).items;

	test('of an empty list', async () => {
		expect(await told(queryOf(), [page(false)])).toEqual([
			{
				found: false,
				reason: 'noBackgroundCheck',
				message: 'There are no external background checks.',
			},
		]);
		expect(await told(queryOf(), [page(false, '1')], { matches: () => false })).toEqual([
			{
				found: false,
				reason: 'noMatch',
				message: 'There are records, but none that match the filters.',
			},
		]);
	});

	test('of what was to be skipped', async () => {
		expect(await told(ofApplication('7', { ifNotFound: 'skip' }), [page(false)])).toMatchObject([
			{ found: false },
		]);
	});

	test('of the limit', async () => {
		expect(await told(queryOf(), [page(true, '1', '2')], { limit: 1 })).toEqual([
			{ id: '1' },
			{
				limit_reached: true,
				message: expect.stringMatching(/^There may be more background checks/) as unknown,
			},
		]);
	});

	test('of IDs that were to be skipped, when there is no other', () => {
		const skip = queryOf({ ifNotFound: 'skip' });
		expect(byIds(['1', '2'], [], skip, outputOf(true))).toHaveLength(2);
		expect(byIds(['1', '2'], ['1'], skip, outputOf(true))).toHaveLength(1);
	});
});

test('two items never share an object beside their checks', async () => {
	const beside = { external_application: { id: '7' } };
	const { output } = outputOf();
	const selections = [
		await selectionOf([page(false, '1')], {}, { beside }),
		await selectionOf([page(false, '1')], {}, { beside }),
	];
	const [first, second] = selections.map(
		(selection) => output.ofSelection(ofCandidate(), selection)[0],
	);
	(first?.external_application as IDataObject).id = 'changed';
	expect(second).toMatchObject({ external_application: { id: '7' } });
});

test('the fields beside a check come with it, simplified or not', async () => {
	const beside = { talent_id: '5', external_application: { id: '7', job_title: '工程师' } };
	for (const simple of [true, false]) {
		const selection = await selectionOf([page(false, '1')], {}, { beside });
		const [item] = outputOf().output.ofSelection(ofCandidate({ simple }), selection);
		expect(item).toMatchObject({ id: '1', ...beside });
		expect(Object.keys(item ?? {}).slice(-2)).toEqual(['talent_id', 'external_application']);
	}
});
