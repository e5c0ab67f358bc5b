import { keyOf, type CandidateQuestion } from '../../nodes/shared/hire/people/candidateQuestion';

test.each<[string, CandidateQuestion, CandidateQuestion, boolean]>([
	['the same email', { by: 'email', value: 'a' }, { by: 'email', value: 'a' }, true],
	['another email', { by: 'email', value: 'a' }, { by: 'email', value: 'b' }, false],
	['a name and an ID', { by: 'name', value: '1' }, { by: 'talentId', value: '1' }, false],
	[
		'the same phone',
		{ by: 'phone', mobileCode: '86', value: '1' },
		{ by: 'phone', mobileCode: '86', value: '1' },
		true,
	],
	[
		'one number in two countries',
		{ by: 'phone', mobileCode: '86', value: '1' },
		{ by: 'phone', mobileCode: '81', value: '1' },
		false,
	],
])('%s', (_what, one, other, isSame) => {
	expect(keyOf(one) === keyOf(other)).toBe(isSame);
});
