import type { IDataObject } from 'n8n-workflow';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { getByCandidate } from '../../nodes/shared/operations/externalBackgroundCheck/getByCandidate';
import { readWith, refused } from './queryForms';
import { clientOf, page, queryOf, runOf, settings } from './queryRun';
import { laterRefusal } from './refusal';

type CandidateRequest = Parameters<ReturnType<typeof getByCandidate.start>>[0];

const read = (parameters: Record<string, unknown>) => readWith(getByCandidate, parameters);

test('a candidate, with the country code of the options', () => {
	const candidate = { __rl: true, mode: 'value', value: '138 1234 5678' };
	expect(read({ candidate, limit: 7 })).toStrictEqual({
		itemIndex: 0,
		candidate: { by: 'phone', mobileCode: '86', value: '13812345678' },
		asked: '138 1234 5678',
		wanted: { limit: 7 },
		ifNotFound: 'include',
		ifSeveralCandidates: 'error',
		simple: true,
		settings,
		subject: { label: 'Candidate' },
	});
	expect(read({ candidate, options: { mobileCode: '852' } })).toMatchObject({
		candidate: { mobileCode: '852' },
	});
});

test('only a talent ID can be unknown to Feishu', () => {
	expect(
		read({ candidate: { __rl: true, mode: 'value', value: '6930815272790114324' } }),
	).toMatchObject({ subject: { label: 'Candidate', talentId: '6930815272790114324' } });
	expect(read({ candidate: { __rl: true, mode: 'value', value: '王伟' } })).toMatchObject({
		subject: { label: 'Candidate' },
	});
});

test('a list of one candidate has neither page token nor pages', () => {
	const candidate = { __rl: true, mode: 'value', value: '王伟' };
	const request = read({ candidate, options: { pageToken: 7, responseFormat: 'x' } });
	expect(request).not.toHaveProperty('scope');
	expect(request).not.toHaveProperty('responseFormat');
});

test('no candidate at all is refused', () => {
	expect(refused(() => read({})).message).toBe("'Candidate' is empty");
	expect(
		refused(() => read({ candidate: { __rl: true, mode: 'value', value: '1' }, options: 'x' }))
			.message,
	).toBe("'Options' is text, not an object");
});

/** The talents of an email address, their applications, and the checks of each application. */
interface People {
	talents: Record<string, string[]>;
	applications: Record<string, string[]>;
	checks: Record<string, string[]>;
}

const wang: People = {
	talents: { wang: ['5'] },
	applications: { '5': ['a', 'b'] },
	checks: { a: ['1', '2'], b: ['3'] },
};

const unknownTalent = new FeishuError({
	message: 'm',
	advice: 'a',
	reaction: 'fail',
	code: 1002102,
});

const feishu = ({ talents, applications, checks }: People) =>
	clientOf(({ title }, { qs, body }): IDataObject => {
		if (title === '批量获取人才 ID') {
			const talent_list = (body?.email_list as string[]).flatMap((email) =>
				(talents[email] ?? []).map((talent_id) => ({ talent_id, email })),
			);
			return { talent_list };
		}
		if (title === '查询外部投递列表') {
			const known = applications[qs?.talent_id as string];
			if (!known) throw unknownTalent;
			return page(false, ...known);
		}
		return page(false, ...(checks[qs?.external_application_id as string] ?? []));
	});

const candidate = (
	itemIndex: number,
	value: string,
	more: Partial<CandidateRequest> = {},
): CandidateRequest => ({
	...queryOf({ itemIndex }),
	candidate: { by: 'email', value },
	asked: value,
	ifSeveralCandidates: 'error',
	subject: { label: 'Candidate' },
	wanted: {},
	...more,
});

/** Works on all items in parallel. */
async function workOn(requests: CandidateRequest[], people: People = wang) {
	const { client, call } = feishu(people);
	const run = runOf({ client });
	const work = getByCandidate.start(run, requests);
	const settled = await Promise.all(requests.map(async (request) => await work(request)));
	const items = settled.map((output) => [output].flat());
	const listsRead = call.mock.calls.flatMap(([, { qs }]) => qs?.external_application_id ?? []);
	return { items, call, listsRead, hints: run.hints.all() };
}

test('the checks of all applications come out, each with its application beside it', async () => {
	const { items } = await workOn([candidate(0, 'wang')]);
	const application = (id: string) => ({
		talent_id: '5',
		external_application: { id, talent_id: '5' },
	});
	expect(items).toEqual([
		[
			{ candidate: 'wang', id: '1', ...application('a') },
			{ candidate: 'wang', id: '2', ...application('a') },
			{ candidate: 'wang', id: '3', ...application('b') },
		],
	]);
});

test('a candidate that several items need is looked up once, and each list is read once', async () => {
	const { items, call } = await workOn([
		candidate(0, 'wang'),
		candidate(1, 'nobody'),
		candidate(2, 'wang', { wanted: { limit: 1 } }),
	]);
	expect(items.map((output) => output.map(({ id }) => id))).toEqual([
		['1', '2', '3'],
		[undefined],
		['1'],
	]);
	expect(call.mock.calls.map(([{ title }]) => title)).toEqual([
		'批量获取人才 ID',
		'查询外部投递列表',
		// Those not found are looked up once more.
		'批量获取人才 ID',
		'查询外部背调列表',
		'查询外部背调列表',
	]);
});

test('two items with different settings share the candidate, but not the lists', async () => {
	const other = { settings: { ...settings, pageSize: 5 } };
	const { call, listsRead } = await workOn([candidate(0, 'wang'), candidate(1, 'wang', other)]);
	expect(listsRead.sort()).toEqual(['a', 'a', 'b', 'b']);
	expect(call).toHaveBeenCalledTimes(6);
});

test.each([
	[2, ['1', '2'], ['a'], 1],
	[3, ['1', '2', '3'], ['a', 'b'], 0],
])('with a limit of %i no further list is read', async (limit, ids, lists, hintCount) => {
	const { items, listsRead, hints } = await workOn([candidate(0, 'wang', { wanted: { limit } })]);
	expect(items[0]?.map(({ id }) => id)).toEqual(ids);
	expect(listsRead).toEqual(lists);
	// What is not read is unknown.
	expect(hints).toHaveLength(hintCount);
});

describe('several candidates of one address', () => {
	const people = {
		talents: { wang: ['5', '6', '7'] },
		applications: { '5': ['a'], '7': ['b'] },
		checks: { a: ['1'], b: ['2'] },
	};

	test('are an error that says how many, before their checks are read', async () => {
		const { client, call } = feishu(people);
		const request = candidate(0, 'wang');
		const work = getByCandidate.start(runOf({ client }), [request]);
		expect(await laterRefusal(Promise.resolve(work(request)))).toBe(
			"'Candidate' matches 3 candidates. Enter something that only one of them has, such as the talent ID, or set the option 'If Several Candidates' to \"Return All\".",
		);
		expect(call).toHaveBeenCalledTimes(1);
	});

	test('come out together if the option says so', async () => {
		const all = candidate(0, 'wang', { ifSeveralCandidates: 'all' });
		const { items } = await workOn([all], people);
		expect(items[0]?.map(({ id, talent_id }) => [id, talent_id])).toEqual([
			['1', '5'],
			['2', '7'],
		]);
	});
});

test("Feishu's own field of the name candidate comes out under another one", async () => {
	const { client } = clientOf(({ title }) => {
		if (title === '批量获取人才 ID') return { talent_list: [{ talent_id: '5', email: 'wang' }] };
		if (title === '查询外部投递列表') return page(false, 'a');
		return { ...page(false), items: [{ id: '1', candidate: 'theirs' }] };
	});
	const request = candidate(0, 'wang');
	const output = await getByCandidate.start(runOf({ client }), [request])(request);
	expect(output).toMatchObject([{ candidate: 'wang', id: '1', feishu_candidate: 'theirs' }]);
	expect(Object.keys([output].flat()[0] ?? {})[0]).toBe('candidate');
});

test.each<[string, Partial<People>]>([
	['noCandidate', { talents: {} }],
	['noCandidate', { applications: {} }],
	['noExternalApplication', { applications: { '5': [] } }],
	['noBackgroundCheck', { checks: {} }],
])('nothing is there: %s', async (reason, people) => {
	const { items, hints } = await workOn([candidate(0, 'wang')], { ...wang, ...people });
	expect(items).toEqual([[{ candidate: 'wang', found: false, reason }]]);
	expect(hints).toHaveLength(1);
});

test('checks that do not match the filters are reported as such', async () => {
	const { items } = await workOn([candidate(0, 'wang', { wanted: { matches: () => false } })]);
	expect(items).toEqual([[{ candidate: 'wang', found: false, reason: 'noMatch' }]]);
});
