import type { IDataObject } from 'n8n-workflow';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { CandidateLookup } from '../../nodes/shared/hire/people/candidateLookup';
import type { CandidateQuestion } from '../../nodes/shared/hire/people/candidateQuestion';
import { clientOf, page, type Sent } from './queryRun';

const email = (value: string): CandidateQuestion => ({ by: 'email', value });
const phone = (value: string, mobileCode = '86'): CandidateQuestion => ({
	by: 'phone',
	value,
	mobileCode,
});
const name = (value: string): CandidateQuestion => ({ by: 'name', value });
const talentId = (value: string): CandidateQuestion => ({ by: 'talentId', value });

/** Everybody has an ID that begins with `talent`, and one application. */
const everybody = (...[{ title }, { body, qs }]: Sent): IDataObject => {
	if (title === '批量获取人才 ID') {
		const emails = (body?.email_list ?? []) as string[];
		const numbers = (body?.mobile_number_list ?? []) as string[];
		return {
			talent_list: [
				...emails.map((value) => ({ talent_id: `talent-${value}`, email: value })),
				...numbers.map((value) => ({ talent_id: `talent-${value}`, mobile_number: value })),
			],
		};
	}
	if (title === '获取人才列表') {
		return {
			items: [{ talent_id: 'talent-of-name', basic_info: { name: qs?.keyword } }],
			has_more: false,
		};
	}
	return page(false, `application-of-${qs?.talent_id as string}`);
};

/** A lookup for these questions, and the requests that it sends. */
function lookupOf(questions: CandidateQuestion[], answer = everybody) {
	const { client, call } = clientOf(answer);
	const lookup = new CandidateLookup(client, questions);
	const talentsOf = async (asked: CandidateQuestion[]) =>
		(await Promise.all(asked.map(async (each) => await lookup.talentsOf(each)))).map((talents) =>
			talents.map(({ id }) => id),
		);
	const sent = () => call.mock.calls.map(([, { body, qs }]) => body ?? qs ?? {});
	return { lookup, talentsOf, sent };
}

test('contacts share requests, each once, by their kind', async () => {
	const questions = [
		email('a'),
		phone('1'),
		email('b'),
		phone('2', '852'),
		email('a'),
		phone('3'),
		talentId('5'),
	];
	const { talentsOf, sent } = lookupOf(questions);
	expect(await talentsOf(questions)).toEqual([
		['talent-a'],
		['talent-1'],
		['talent-b'],
		['talent-2'],
		['talent-a'],
		['talent-3'],
		['5'],
	]);
	expect(sent()).toEqual([
		{ email_list: ['a', 'b'] },
		{ mobile_code: '86', mobile_number_list: ['1', '3'] },
		{ mobile_code: '852', mobile_number_list: ['2'] },
	]);
});

test('a request has a hundred contacts at most', async () => {
	const questions = Array.from({ length: 101 }, (_, index) => email(`e${index}`));
	const { talentsOf, sent } = lookupOf(questions);
	await talentsOf(questions);
	expect(sent().map(({ email_list }) => (email_list as string[]).length)).toEqual([100, 1]);
});

test('nothing is looked up before the first item needs it', async () => {
	const questions = [email('a'), phone('1'), name('b')];
	const { talentsOf, sent } = lookupOf(questions);
	await new Promise((resolve) => setImmediate(resolve));
	expect(sent()).toEqual([]);
	expect(await talentsOf([phone('1')])).toEqual([['talent-1']]);
	expect(sent()).toHaveLength(1);
});

test('a name is searched for once, however many items need it', async () => {
	const { talentsOf, sent } = lookupOf([name('x'), name('x'), name('y')]);
	expect(await talentsOf([name('x'), name('x'), name('y')])).toEqual(
		Array(3).fill(['talent-of-name']),
	);
	expect(sent().map(({ keyword }) => keyword)).toEqual(['x', 'y']);
});

test('the applications of a talent are listed once, however many items need them', async () => {
	const { lookup, sent } = lookupOf([]);
	const lists = ['5', '6', '5'].map(async (id) => await lookup.applicationsOf(id));
	expect(await Promise.all(lists)).toEqual(
		['5', '6', '5'].map((id) => [{ id: `application-of-${id}`, talent_id: id }]),
	);
	expect(sent().map((qs) => qs.talent_id)).toEqual(['5', '6']);
});

test('a talent that Feishu does not know is told apart from one without applications', async () => {
	const { lookup } = lookupOf([], (...[, { qs }]) => {
		if (qs?.talent_id === '5') return page(false);
		throw new FeishuError({ message: 'm', advice: 'a', reaction: 'fail', code: 1002102 });
	});
	expect(await lookup.applicationsOf('5')).toEqual([]);
	expect(await lookup.applicationsOf('6')).toBe('noCandidate');
});

test('an unknown contact finds no candidate', async () => {
	const { talentsOf } = lookupOf([email('a')], () => ({ talent_list: [] }));
	expect(await talentsOf([email('a')])).toEqual([[]]);
});

describe('what was not found is requested once more', () => {
	/** @param has whether the n-th request (from 0) finds a contact */
	const askAll = async (
		questions: CandidateQuestion[],
		has: (value: string, request: number) => boolean,
	) => {
		let requests = 0;
		const { talentsOf, sent } = lookupOf(questions, (...[, { body }]) => {
			const request = requests++;
			const asked = (body?.email_list ?? []) as string[];
			const found = asked.filter((value) => has(value, request));
			return {
				talent_list: found.map((value) => ({ talent_id: `talent-${value}`, email: value })),
			};
		});
		const found = await talentsOf(questions);
		return { found, lists: sent().map(({ email_list }) => email_list as string[]) };
	};
	const many = Array.from({ length: 250 }, (_, index) => email(`e${index}`));
	const sizes = (lists: string[][]) => lists.map(({ length }) => length);

	test('250 unknown contacts take three requests, and three more', async () => {
		const { found, lists } = await askAll(many, () => false);
		expect(found).toEqual(Array(250).fill([]));
		expect(sizes(lists)).toEqual([100, 100, 50, 100, 100, 50]);
	});

	test('250 known contacts take three requests', async () => {
		const { found, lists } = await askAll(many, () => true);
		expect(found).toEqual(many.map(({ value }) => [`talent-${value}`]));
		expect(sizes(lists)).toEqual([100, 100, 50]);
	});

	test('those left over from all requests share requests', async () => {
		const isNobody = (value: string) => value.endsWith('7');
		const { found, lists } = await askAll(many, (value) => !isNobody(value));
		expect(sizes(lists)).toEqual([100, 100, 50, 25]);
		expect(found).toEqual(many.map(({ value }) => (isNobody(value) ? [] : [`talent-${value}`])));
	});

	test('until a round finds nobody new', async () => {
		const questions = ['a', 'b', 'c', 'x', 'y'].map(email);
		// One contact of each person at a time; x and y belong to nobody.
		const { found, lists } = await askAll(questions, (value, request) => value === 'abc'[request]);
		expect(found).toEqual([['talent-a'], ['talent-b'], ['talent-c'], [], []]);
		expect(lists.map((list) => list.join(''))).toEqual(['abcxy', 'bcxy', 'cxy', 'xy']);
	});

	test('an address with capitals is then also requested as typed', async () => {
		const zhang = { ...email('zhang'), typed: 'Zhang' } as CandidateQuestion;
		const li = { ...email('li'), typed: 'Li' } as CandidateQuestion;
		const { found, lists } = await askAll([zhang, email('wang'), li], (value) =>
			['Zhang', 'li'].includes(value),
		);
		expect(found).toEqual([['talent-Zhang'], [], ['talent-li']]);
		expect(lists).toEqual([['zhang', 'wang', 'li'], ['zhang', 'Zhang', 'wang'], ['wang']]);
	});

	test('an address typed in several ways, in each of them', async () => {
		const typed = ['Zhang', 'ZHANG'].map(
			(each) => ({ ...email('zhang'), typed: each }) as CandidateQuestion,
		);
		const { found, lists } = await askAll(typed, (value) => value === 'ZHANG');
		expect(found).toEqual([['talent-ZHANG'], ['talent-ZHANG']]);
		expect(lists).toEqual([['zhang'], ['zhang', 'Zhang', 'ZHANG']]);
	});

	test('an error of one request does not affect the others, and the request is not sent again', async () => {
		const down = new FeishuError({ message: 'down', advice: 'a', reaction: 'retry' });
		const { lookup, sent } = lookupOf(many, (...[, { body }]) => {
			if ((body?.email_list as string[]).includes('e150')) throw down;
			return { talent_list: [] };
		});
		const settled = await Promise.allSettled(
			many.map(async (question) => await lookup.talentsOf(question)),
		);
		expect(settled.map(({ status }) => status)).toEqual(
			many.map((_, index) => (index >= 100 && index < 200 ? 'rejected' : 'fulfilled')),
		);
		expect(sent().map(({ email_list }) => (email_list as string[]).length)).toEqual([
			100, 100, 50, 100, 50,
		]);
	});

	test('an error of the second round affects only the contacts in it', async () => {
		let requests = 0;
		const { lookup } = lookupOf([email('a'), email('b')], () => {
			if (requests++ === 0) return { talent_list: [{ talent_id: '1', email: 'a' }] };
			throw new FeishuError({ message: 'down', advice: 'a', reaction: 'retry' });
		});
		const found = lookup.talentsOf(email('a'));
		await expect(lookup.talentsOf(email('b'))).rejects.toMatchObject({ message: 'down' });
		expect(await found).toEqual([{ id: '1' }]);
	});
});

test('an error affects only the contacts in that request', async () => {
	const down = new FeishuError({ message: 'down', advice: 'a', reaction: 'retry' });
	const { lookup } = lookupOf([email('a'), email('b'), phone('1')], (...sent) => {
		if (sent[1].body?.email_list) throw down;
		return everybody(...sent);
	});
	for (const value of ['a', 'b']) {
		await expect(lookup.talentsOf(email(value))).rejects.toMatchObject({ failure: down.failure });
	}
	expect(await lookup.talentsOf(phone('1'))).toEqual([{ id: 'talent-1' }]);
});
