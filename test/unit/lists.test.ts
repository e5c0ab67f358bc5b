import type { BackgroundCheckPage } from '../../nodes/shared/hire/api/backgroundChecks';
import { SharedLists } from '../../nodes/shared/operations/externalBackgroundCheck/read/lists';
import { asId, clientOf, page, settings } from './queryRun';

const whole = { externalApplicationId: null };

/** Lists of three pages each; the second page may fail. */
function listsOf(isFailing = false) {
	const { client, call } = clientOf((_endpoint, { qs }) => {
		if (qs?.page_token === 'B' && isFailing) throw new Error('down');
		if (qs?.page_token === undefined) return { ...page(true, '1'), page_token: 'B' };
		return qs.page_token === 'B' ? { ...page(true, '2'), page_token: 'C' } : page(false, '3');
	});
	return { lists: new SharedLists(client), call };
}

/** The IDs of a list, up to `count`. */
async function idsOf(pages: AsyncIterable<BackgroundCheckPage>, count = Infinity) {
	const ids: unknown[] = [];
	for await (const { items } of pages) {
		ids.push(...items.map(({ id }) => id));
		if (ids.length >= count) break;
	}
	return ids;
}

test('a list that several items need is read once, in parallel or one after the other', async () => {
	const { lists, call } = listsOf();
	const read = async () => await idsOf(lists.pagesOf(whole, settings));
	expect(await Promise.all([read(), read()])).toEqual([
		['1', '2', '3'],
		['1', '2', '3'],
	]);
	expect(await read()).toEqual(['1', '2', '3']);
	expect(call).toHaveBeenCalledTimes(3);
});

test('a list is read only as far as one of them needs it', async () => {
	const { lists, call } = listsOf();
	expect(await idsOf(lists.pagesOf(whole, settings), 1)).toEqual(['1']);
	expect(call).toHaveBeenCalledTimes(1);
	expect(await idsOf(lists.pagesOf(whole, settings), 2)).toEqual(['1', '2']);
	expect(call).toHaveBeenCalledTimes(2);
});

test.each([
	['page size', whole, { ...settings, pageSize: 5 }],
	['rate', whole, { ...settings, requestsPerSecond: 1 }],
	['start', { ...whole, pageToken: 'C' }, settings],
	['application', { externalApplicationId: asId('a') }, settings],
])('lists with another %s are read apart', async (_what, scope, otherSettings) => {
	const { lists, call } = listsOf();
	await idsOf(lists.pagesOf(whole, settings), 1);
	await idsOf(lists.pagesOf(scope, otherSettings), 1);
	expect(call).toHaveBeenCalledTimes(2);
});

test('an error affects every item that reaches its page, and no other; the page is not requested again', async () => {
	const { lists, call } = listsOf(true);
	const readAll = async () => await idsOf(lists.pagesOf(whole, settings));
	await expect(readAll()).rejects.toThrow('down');
	expect(await idsOf(lists.pagesOf(whole, settings), 1)).toEqual(['1']);
	await expect(readAll()).rejects.toThrow('down');
	expect(call).toHaveBeenCalledTimes(2);
});
