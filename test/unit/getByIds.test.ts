import { FeishuError } from '../../nodes/shared/feishu/failure';
import { getByIds } from '../../nodes/shared/operations/externalBackgroundCheck/getByIds';
import { readWith, refused } from './queryForms';
import { asId, clientOf, queryOf, runOf, settings, type Sent } from './queryRun';

type IdsRequest = Parameters<ReturnType<typeof getByIds.start>>[0];

const read = (parameters: Record<string, unknown>) => readWith(getByIds, parameters);

test('a query by IDs has neither limit nor page token nor pages', () => {
	expect(
		read({
			externalBackgroundCheckIds: 'a,b,a',
			limit: 0,
			returnAll: 'x',
			filters: 'x',
			options: { pageToken: 7, responseFormat: 'x', pageSize: 7 },
		}),
	).toStrictEqual({
		itemIndex: 0,
		ids: ['a', 'b'],
		ifNotFound: 'include',
		simple: true,
		settings: { pageSize: 7, requestsPerSecond: 10 },
	});
});

test.each([{}, { externalBackgroundCheckIds: ' ' }, { externalBackgroundCheckIds: [] }])(
	'no IDs at all are refused: %j',
	(parameters) => {
		const error = refused(() => read(parameters));
		expect(error.message).toBe("'External Background Check IDs' is empty");
	},
);

const idsOf = ([, { body }]: Sent) => body?.external_background_check_id_list as string[];

/** Feishu knows all IDs except those that begin with `-`, and refuses those that begin with `bad`. */
const feishu = () =>
	clientOf((...sent) => {
		const ids = idsOf(sent);
		if (ids.some((id) => id.startsWith('bad'))) {
			throw new FeishuError({ message: 'm', advice: 'a', reaction: 'fail', code: 1002002 });
		}
		const known = ids.filter((id) => !id.startsWith('-'));
		return { items: known.map((id) => ({ id })), has_more: false };
	});

const ids = (itemIndex: number, list: string[], more: Partial<IdsRequest> = {}): IdsRequest => ({
	...queryOf({ itemIndex }),
	ids: list.map(asId),
	...more,
});
const numbers = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => String(from + index));

/** Works on all items in parallel. */
async function workOn(requests: IdsRequest[]) {
	const { client, call } = feishu();
	const run = runOf({ client });
	const work = getByIds.start(run, requests);
	const settled = await Promise.allSettled(requests.map(async (request) => await work(request)));
	return { settled, sent: call.mock.calls, hints: run.hints.all() };
}

test('IDs of all items share requests, each once, at most 20 per request', async () => {
	const { sent, settled } = await workOn([
		ids(0, numbers(0, 15)),
		ids(1, numbers(10, 30)),
		ids(2, ['3', '45']),
	]);
	expect(sent.map(idsOf)).toEqual([numbers(0, 20), [...numbers(20, 30), '45']]);
	expect(settled[2]).toEqual({ status: 'fulfilled', value: [{ id: '3' }, { id: '45' }] });
});

test('IDs with different settings do not share requests', async () => {
	const { sent, settled } = await workOn([
		ids(0, ['1']),
		ids(1, ['1', '2'], { settings: { ...settings, pageSize: 5 } }),
		ids(2, ['3', '1']),
		ids(3, ['1'], { settings: { ...settings, requestsPerSecond: 5 } }),
	]);
	expect(
		sent.map((each) => [each[1].qs?.page_size, each[1].requestsPerSecond, idsOf(each)]),
	).toEqual([
		[20, 10, ['1', '3']],
		[5, 10, ['1', '2']],
		[20, 5, ['1']],
	]);
	expect(settled.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
});

test('each item gets its own checks, in its own order, and what is not found at its place', async () => {
	const { settled, hints } = await workOn([ids(0, ['2', '-1', '1']), ids(1, ['-1'])]);
	expect(settled).toEqual([
		{
			status: 'fulfilled',
			value: [{ id: '2' }, { found: false, id: '-1', reason: 'noBackgroundCheck' }, { id: '1' }],
		},
		{ status: 'fulfilled', value: [{ found: false, id: '-1', reason: 'noBackgroundCheck' }] },
	]);
	expect(hints).toEqual(['Feishu cannot find 1 of the IDs: -1.']);
});

test('an ID that Feishu refuses is an error of the items that asked for it, which names it', async () => {
	const { settled } = await workOn([ids(0, ['1', 'bad2', '3']), ids(1, ['3', '1'])]);
	expect(settled).toEqual([
		{
			status: 'rejected',
			reason: expect.objectContaining({
				failure: expect.objectContaining({ id: 'bad2' }) as unknown,
			}) as unknown,
		},
		{ status: 'fulfilled', value: [{ id: '3' }, { id: '1' }] },
	]);
});
