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

/** A lookup for these questions, and what it asks for. */
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

test('contacts travel together, each once, by their kind', async () => {
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

test('nothing is looked up before the first item wants it', async () => {
	const questions = [email('a'), phone('1'), name('b')];
	const { talentsOf, sent } = lookupOf(questions);
	await new Promise((resolve) => setImmediate(resolve));
	expect(sent()).toEqual([]);
	expect(await talentsOf([phone('1')])).toEqual([['talent-1']]);
	expect(sent()).toHaveLength(1);
});

test('a name is searched for once, however many ask', async () => {
	const { talentsOf, sent } = lookupOf([name('x'), name('x'), name('y')]);
	expect(await talentsOf([name('x'), name('x'), name('y')])).toEqual(
		Array(3).fill(['talent-of-name']),
	);
	expect(sent().map(({ keyword }) => keyword)).toEqual(['x', 'y']);
});

test('the applications of a talent are listed once, however many ask', async () => {
	const { lookup, sent } = lookupOf([]);
	const lists = ['5', '6', '5'].map(async (id) => await lookup.applicationsOf(id));
	expect(await Promise.all(lists)).toEqual(
		['5', '6', '5'].map((id) => [{ id: `application-of-${id}`, talent_id: id }]),
	);
	expect(sent().map((qs) => qs.talent_id)).toEqual(['5', '6']);
});

test('a talent that Feishu does not know is told from one without applications', async () => {
	const { lookup } = lookupOf([], (...[, { qs }]) => {
		if (qs?.talent_id === '5') return page(false);
		throw new FeishuError({ message: 'm', advice: 'a', reaction: 'fail', code: 1002102 });
	});
	expect(await lookup.applicationsOf('5')).toEqual([]);
	expect(await lookup.applicationsOf('6')).toBe('noCandidate');
});

test('a contact that nobody has is no candidate', async () => {
	const { talentsOf } = lookupOf([email('a')], () => ({ talent_list: [] }));
	expect(await talentsOf([email('a')])).toEqual([[]]);
});

test('an error meets those who asked in that request, and no others', async () => {
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
