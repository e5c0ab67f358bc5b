import { readCandidate } from '../../nodes/shared/form/candidate';
import { emails, names, phones, refusals, talentIds } from './candidateSpellings';
import { refused } from './queryForms';

const read = (value: unknown) => readCandidate({ __rl: true, mode: 'value', value });

test.each(talentIds)('a talent ID is what %p means', (spelling, value) => {
	expect(read(spelling)).toStrictEqual({ by: 'talentId', value });
});

test.each(emails)('an e-mail address is what %j means', (spelling, ...[value, typed]) => {
	expect(read(spelling)).toStrictEqual({ by: 'email', value, ...(typed && { typed }) });
});

test.each(phones)('a phone number is what %j means', (spelling, codeAndNumber) => {
	const [mobileCode, value] = codeAndNumber.split(' ');
	expect(read(spelling)).toStrictEqual({ by: 'phone', mobileCode, value });
});

test.each(names)('a name is what %j means', (spelling, value = String(spelling)) => {
	expect(read(spelling)).toStrictEqual({ by: 'name', value });
});

test.each(refusals)('%j is refused: %s', (spelling, reason) => {
	expect(refused(() => read(spelling)).message).toBe(`'Candidate' ${reason}`);
});

test('no spelling is there twice, and there are many', () => {
	const all = [...talentIds, ...emails, ...phones, ...names, ...refusals].map(([one]) => one);
	expect(new Set(all).size).toBe(all.length);
	expect(all.length).toBeGreaterThan(200);
});
