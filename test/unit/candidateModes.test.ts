import { readCandidate } from '../../nodes/shared/form/candidate';
import { refusal } from './refusal';

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

/** What is said about a value, and what to do. */
const refusalOf = (stored: unknown, mobileCode?: unknown): string =>
	refusal(() => readCandidate(stored, mobileCode));

test.each<[string, unknown, string]>([
	[
		'nothing',
		locator('list', ''),
		"'Candidate' is empty. Pick a candidate, or enter an e-mail address, a phone number or a name.",
	],
	...['null', 'undefined', 'NaN', '[object Object]'].map((word): [string, unknown, string] => [
		`the word ${word}`,
		locator('name', word),
		"'Candidate' is not a value but the word for a missing one. Check the expression.",
	]),
	[
		'an unknown mode',
		locator('url', 'x'),
		"'Candidate' has a mode that does not exist. Use one of: list, email, phone, name, id.",
	],
	[
		'a phone number that is an e-mail address',
		locator('phone', 'a@example.com'),
		"'Candidate' holds an e-mail address, but its mode is 'By Phone'. Choose the mode 'By Email'.",
	],
	[
		'a name that is an e-mail address',
		locator('name', 'a@example.com'),
		"'Candidate' holds an e-mail address, but its mode is 'By Name'. Choose the mode 'By Email'.",
	],
	[
		'an e-mail address that is a phone number',
		locator('email', '138 1234 1234'),
		"'Candidate' holds a phone number, but its mode is 'By Email'. Choose the mode 'By Phone'.",
	],
	[
		'an ID that is a phone number',
		locator('id', '8613812341234'),
		"'Candidate' holds a phone number, but its mode is 'By ID'. Choose the mode 'By Phone'.",
	],
	[
		'an ID that begins with digits and is an e-mail address',
		locator('id', '138@example.com'),
		"'Candidate' holds an e-mail address, but its mode is 'By ID'. Choose the mode 'By Email'.",
	],
	[
		'a name that is the address of a page',
		locator('name', 'https://x.feishu.cn/hire/talent/6930815272790114324'),
		"'Candidate' holds the address of a candidate's page, but its mode is 'By Name'. Choose the mode 'By ID'.",
	],
	[
		'a phone number that is a talent ID',
		locator('phone', '6930815272790114324'),
		"'Candidate' holds a talent ID, but its mode is 'By Phone'. Choose the mode 'By ID'.",
	],
	...['6.93082E+18', '6.93082e18', '7E18', '69.3e+17'].map((value): [string, unknown, string] => [
		`the rounded ID ${value}`,
		locator('id', value),
		"'Candidate' is a rounded number, as spreadsheets show long ones. Pass the ID as text: format the column of the sheet as text.",
	]),
])('%s, word for word', (_what, stored, told) => {
	expect(refusalOf(stored)).toBe(told);
});

test('a country code that is none, word for word', () => {
	expect(refusalOf(locator('phone', '13812341234'), 'x')).toBe(
		"'Mobile Code' is not a country code. Enter its digits, for example 86.",
	);
});

test.each(['99913812341234', '138123412345', '7', 'abc-DEF_1', 'x'.repeat(64), '1'.repeat(70)])(
	'%j is an ID, though it holds other things',
	(value) => {
		expect(readCandidate(locator('id', value))).toEqual({ by: 'talentId', value });
	},
);

test.each([
	'王 abc',
	'abc 王',
	'x'.repeat(65),
	'v6.9e18',
	'6.9e18.',
	'6.9e+18x',
	'王6930815272790114324',
	'6930815272790114324王',
])('%j is none', (value) => {
	expect(refusalOf(locator('id', value))).toBe(
		"'Candidate' holds no talent ID. If it is a name, choose the mode 'By Name'.",
	);
});

test('the longest name has 500 characters: it becomes a part of an address', () => {
	const value = '若'.repeat(500);
	expect(readCandidate(locator('name', value))).toEqual({ by: 'name', value });
	expect(refusalOf(locator('name', `${value}若`))).toMatch(/longer than any name/);
});

test('the longest text that is looked at has 2,048 characters', () => {
	const value = 'https://example.feishu.cn/hire/talent/7420000000000009001?'.padEnd(2048, 'x');
	expect(readCandidate(locator('id', value))).toEqual({
		by: 'talentId',
		value: '7420000000000009001',
	});
	expect(refusalOf(locator('id', `${value}x`))).toMatch(/longer than any name/);
});
