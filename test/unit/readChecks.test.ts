import type { IDataObject } from 'n8n-workflow';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import {
	checkById,
	checkLoader,
	checksOf,
	knownCheck,
} from '../../nodes/shared/hire/api/readChecks';
import { asId, clientOf, page, settings, type Sent } from './queryRun';

const idsOf = ([, { body }]: Sent) => body?.external_background_check_id_list as string[];

const refused = new FeishuError({ message: 'm', advice: 'a', reaction: 'fail', code: 1002002 });
const down = new FeishuError({ message: 'down', advice: 'a', reaction: 'retry' });

/** A loader of these IDs that gets these answers, and the lists that it requests. */
function loaderOf(ids: string[], answer: (...sent: Sent) => IDataObject) {
	const { client, call } = clientOf(answer);
	const loader = checkLoader(client, ids.map(asId), settings);
	const load = async (id: string) => await loader.load(asId(id));
	return { client, loader, load, asked: () => call.mock.calls.map(idsOf) };
}

test('all checks of an application are read, page by page', async () => {
	const { client, call } = clientOf((_endpoint, { qs }) =>
		qs?.page_token === undefined ? { ...page(true, '1'), page_token: 'B' } : page(false, '2'),
	);
	expect(await checksOf(client, asId('7'))).toEqual([{ id: '1' }, { id: '2' }]);
	expect(call.mock.calls.map(([, { qs }]) => qs?.external_application_id)).toEqual(['7', '7']);
});

test('a check that moved to a page already read is requested again', async () => {
	const { load, asked } = loaderOf(['1', '2', '3'], (...sent) => {
		const ids = idsOf(sent);
		if (ids.length === 1) return page(false, ...ids);
		return sent[1].qs?.page_token === undefined
			? { ...page(true, '1'), page_token: 'B' }
			: page(false, '3');
	});
	expect(await Promise.all(['1', '2', '3'].map(load))).toEqual([
		{ id: '1' },
		{ id: '2' },
		{ id: '3' },
	]);
	expect(asked()).toEqual([['1', '2', '3'], ['1', '2', '3'], ['2']]);
});

test.each<[string, (...sent: Sent) => IDataObject, number]>([
	['on one page it is not known', () => page(false, '1'), 1],
	[
		'on pages without any check none is known',
		(_endpoint, { qs }) =>
			qs?.page_token === undefined ? { ...page(true), page_token: 'B' } : page(false),
		2,
	],
])('a missing check is not requested again: %s', async (_why, answer, requests) => {
	const { load, asked } = loaderOf(['1', '2'], answer);
	expect(await load('2')).toBeUndefined();
	expect(asked()).toHaveLength(requests);
});

test('an ID that Feishu refuses counts as unknown; its error names it', async () => {
	const { load, loader } = loaderOf(['1', '2'], (...sent) => {
		if (idsOf(sent).includes('2')) throw refused;
		return page(false, ...idsOf(sent));
	});
	expect(await load('1')).toEqual({ id: '1' });
	await expect(load('2')).rejects.toMatchObject({ failure: { id: '2', code: 1002002 } });
	expect(await knownCheck(loader, asId('2'))).toBeUndefined();
	expect(await knownCheck(loader, asId('1'))).toEqual({ id: '1' });
});

test('any other error affects the whole list, and names no ID', async () => {
	const { load, loader, asked } = loaderOf(['1', '2'], () => {
		throw down;
	});
	await expect(load('1')).rejects.toBe(down);
	await expect(knownCheck(loader, asId('2'))).rejects.toBe(down);
	expect(asked()).toHaveLength(1);
});

test('a check is read again each time it is requested alone', async () => {
	let name = 'before';
	const { client } = clientOf(() => ({ items: [{ id: '1', name }], has_more: false }));
	expect(await checkById(client, asId('1'))).toEqual({ id: '1', name: 'before' });
	name = 'after';
	expect(await checkById(client, asId('1'))).toEqual({ id: '1', name: 'after' });
	const { client: other } = clientOf(() => page(false));
	expect(await checkById(other, asId('1'))).toBeUndefined();
});
