import { readCandidate } from '../../nodes/shared/form/candidate';
import { emails, names, phones, refusals, talentIds } from './candidateSpellings';
import { refused } from './queryForms';

const read = (value: unknown) => readCandidate({ __rl: true, mode: 'value', value });

test.each(talentIds)('%p is read as a talent ID', (spelling, value) => {
	expect(read(spelling)).toStrictEqual({ by: 'talentId', value });
});

test.each(emails)('%j is read as an e-mail address', (spelling, ...[value, typed]) => {
	expect(read(spelling)).toStrictEqual({ by: 'email', value, ...(typed && { typed }) });
});

test.each(phones)('%j is read as a phone number', (spelling, codeAndNumber) => {
	const [mobileCode, value] = codeAndNumber.split(' ');
	expect(read(spelling)).toStrictEqual({ by: 'phone', mobileCode, value });
});

test.each(names)('%j is read as a name', (spelling, value = String(spelling)) => {
	expect(read(spelling)).toStrictEqual({ by: 'name', value });
});

test.each(refusals)('%j is refused: %s', (spelling, reason) => {
	expect(refused(() => read(spelling)).message).toBe(`'Candidate' ${reason}`);
});

test('no spelling is listed twice, and there are many', () => {
	const all = [...talentIds, ...emails, ...phones, ...names, ...refusals].map(([one]) => one);
	expect(new Set(all).size).toBe(all.length);
	expect(all.length).toBeGreaterThan(200);
});
