import type { BackgroundCheckPage } from '../../nodes/shared/hire/api/backgroundChecks';
import { Selection } from '../../nodes/shared/operations/selection';
import { page } from './queryRun';

/** A list of these pages, and how many of them were read. */
function listOf(...pages: BackgroundCheckPage[]) {
	let read = 0;
	async function* walk() {
		for (const each of pages) {
			read += 1;
			yield await Promise.resolve(each);
		}
	}
	return { list: walk(), pagesRead: () => read };
}

/** The selection from a list. */
async function select(
	pages: BackgroundCheckPage[],
	wanted: ConstructorParameters<typeof Selection>[0] = {},
	wholePages = false,
) {
	const selection = new Selection(wanted, wholePages);
	const { list, pagesRead } = listOf(...pages);
	await selection.readFrom(list);
	const { selected, isCutOff, isFull, read } = selection;
	const ids = selected.map(({ json }) => json.id);
	return { ids, selected, isCutOff, isFull, read, pagesRead: pagesRead() };
}

test('without a limit a list is read to its end', async () => {
	expect(await select([page(true, '1', '2'), page(false, '3')])).toMatchObject({
		ids: ['1', '2', '3'],
		isCutOff: false,
		isFull: false,
		read: 3,
		pagesRead: 2,
	});
});

test.each([
	['a page is not read to its end', 2, [page(false, '1', '2', '3')], 1],
	['a further page is not read', 2, [page(true, '1', '2'), page(false, '3')], 1],
	['a later page is not read to its end', 3, [page(true, '1', '2'), page(true, '3', '4')], 2],
])('the limit cuts off when %s', async (_what, limit, pages, pagesRead) => {
	const selected = await select(pages, { limit });
	expect(selected.ids).toEqual(['1', '2', '3'].slice(0, limit));
	expect(selected).toMatchObject({ isCutOff: true, isFull: true, pagesRead });
});

test('a limit that is just reached on the last page cuts nothing off', async () => {
	expect(await select([page(true, '1'), page(false, '2')], { limit: 2 })).toMatchObject({
		ids: ['1', '2'],
		isCutOff: false,
		isFull: true,
	});
});

test('what does not match is read, and does not count for the limit', async () => {
	const matches = ({ id }: { id?: string }) => id === '2' || id === '4';
	const pages = [page(true, '1', '2', '3'), page(false, '4', '5')];
	expect(await select(pages, { matches })).toMatchObject({
		ids: ['2', '4'],
		read: 5,
		isCutOff: false,
	});
	// No matching row is left out after the limit.
	expect(await select(pages, { matches, limit: 2 })).toMatchObject({
		ids: ['2', '4'],
		isCutOff: false,
	});
	expect(await select(pages, { matches, limit: 1 })).toMatchObject({
		ids: ['2'],
		isCutOff: true,
		pagesRead: 1,
	});
});

test('a list without a match still counts as read', async () => {
	expect(await select([page(false, '1', '2')], { matches: () => false })).toMatchObject({
		ids: [],
		read: 2,
		isCutOff: false,
	});
});

test('pages come whole, as many as the limit needs', async () => {
	const pages = [page(true, '1', '2'), page(true, '3', '4'), page(false, '5')];
	const { selected, isCutOff, pagesRead } = await select(pages, { limit: 3 }, true);
	expect(selected).toEqual([{ json: pages[0] }, { json: pages[1] }]);
	expect([isCutOff, pagesRead]).toEqual([true, 2]);
	expect(await select(pages, { limit: 5 }, true)).toMatchObject({ isCutOff: false, pagesRead: 3 });
	expect((await select([page(false)], {}, true)).selected).toEqual([{ json: page(false) }]);
});

test('several lists are one selection, each with its own fields beside the checks', async () => {
	const selection = new Selection({ limit: 3 });
	await selection.readFrom(listOf(page(false, '1')).list, { talent_id: '5' });
	expect(selection.isFull).toBe(false);
	await selection.readFrom(listOf(page(false, '2', '3', '4')).list, { talent_id: '6' });
	expect(selection.selected).toEqual([
		{ json: { id: '1' }, beside: { talent_id: '5' } },
		{ json: { id: '2' }, beside: { talent_id: '6' } },
		{ json: { id: '3' }, beside: { talent_id: '6' } },
	]);
	expect(selection).toMatchObject({ isCutOff: true, isFull: true, read: 4 });
});

test('before a list is read, nothing is known', () => {
	expect(new Selection({})).toMatchObject({
		isFull: false,
		isCutOff: false,
		read: 0,
		selected: [],
	});
});

test('an error of a page is passed on', async () => {
	const error = new Error('down');
	async function* failing() {
		yield await Promise.resolve(page(true, '1'));
		throw error;
	}
	await expect(new Selection({}).readFrom(failing())).rejects.toBe(error);
	// A selection that has enough is not affected.
	const served = new Selection({ limit: 1 });
	await served.readFrom(failing());
	expect(served.selected).toHaveLength(1);
});
