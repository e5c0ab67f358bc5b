import { candidateAsked, readCandidate } from '../../nodes/shared/form/candidate';
import { ParameterError } from '../../nodes/shared/form/parameterError';
import {
	EMPTY,
	EXTENSION,
	ID_CARD,
	MISSING,
	NO_ADDRESS,
	NO_PHONE,
	refusals,
	ROUNDED,
	SEVERAL,
} from './candidateSpellings';
import { refusal } from './refusal';

const TALENT_ID = '6930815272790114324';

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

/** What is said about a value, and what to do. */
const refusalOf = (stored: unknown, mobileCode?: unknown): string =>
	refusal(() => readCandidate(stored, mobileCode));

test.each(['list', 'value', 'email', 'phone', 'name', 'id', 'url', ''])(
	'the mode does not matter: %j',
	(mode) => {
		const kindOf = (value: unknown) => readCandidate(locator(mode, value)).by;
		expect([TALENT_ID, 'zhang@example.com', '13812345678', '张三'].map(kindOf)).toEqual([
			'talentId',
			'email',
			'phone',
			'name',
		]);
	},
);

test('an object needs no __rl, and a bare value no object', () => {
	expect(readCandidate({ mode: 'value', value: ' 张三 ' })).toEqual({ by: 'name', value: '张三' });
	expect(readCandidate(` ${TALENT_ID} `)).toEqual({ by: 'talentId', value: TALENT_ID });
	expect(readCandidate(13812345678)).toMatchObject({ by: 'phone', value: '13812345678' });
});

test('the value that was looked up comes out as it came in', () => {
	expect(candidateAsked(locator('value', ' 138-1234 5678\n'))).toBe(' 138-1234 5678\n');
	expect(candidateAsked(locator('list', TALENT_ID))).toBe(TALENT_ID);
	expect(candidateAsked(13812345678)).toBe(13812345678);
});

test.each<[unknown, unknown, string, string]>([
	['13812341234', undefined, '86', '13812341234'],
	['13812341234', '', '86', '13812341234'],
	[13812341234, 86, '86', '13812341234'],
	['+86 138 1234 1234', '852', '86', '13812341234'],
	['００８６１３８１２３４１２３４', '852', '86', '13812341234'],
	['８６１３８１２３４１２３４', '+86', '86', '13812341234'],
	['55500101', '00852', '852', '55500101'],
	['8613812341234', '1', '1', '8613812341234'],
])('a phone number %j with the code %j', (value, code, mobileCode, number) => {
	expect(readCandidate(locator('value', value), code)).toEqual({
		by: 'phone',
		mobileCode,
		value: number,
	});
});

test.each(['abc', '0', '12345', '+', {}])('refuses %j as country code', (code) => {
	expect(refusalOf(locator('value', '13812341234'), code)).toMatch(/^'Mobile Code' is /);
});

test('an invalid country code, with the exact message', () => {
	expect(refusalOf(locator('value', '13812341234'), 'x')).toBe(
		"'Mobile Code' is not a country code. Enter only digits, for example 86.",
	);
});

test.each<[string, unknown]>([
	['an object', locator('value', { mode: 'value', value: '1' })],
	['a list', locator('value', ['a@example.com'])],
	['a list as the whole', ['a@example.com']],
	['an object without a mode', { value: 'a@example.com' }],
	['a boolean', locator('value', true)],
])('refuses %s', (_name, stored) => {
	expect(refusalOf(stored)).toMatch(/list or an object/);
});

const ADVICE: Record<string, string> = {
	[EMPTY]: 'Enter an email address, a phone number, a name or a talent ID.',
	[MISSING]: 'Check the expression and the input data.',
	[ID_CARD]: 'Feishu cannot search by it. Enter an email address or a phone number instead.',
	[SEVERAL]: 'Enter only one of them.',
	[EXTENSION]: 'Enter the number without the extension.',
	[ROUNDED]: 'Format the column of the sheet as text, then enter the value again.',
	[NO_PHONE]: 'Enter 5 to 15 digits, with or without a country code.',
	[NO_ADDRESS]: 'Enter one address, such as zhang@example.com.',
};

test.each(Object.entries(ADVICE))('%s: with what to do', (reason, advice) => {
	const [spelling] = refusals.find(([, each]) => each === reason) ?? [];
	expect(refusalOf(locator('value', spelling))).toBe(`'Candidate' ${reason}. ${advice}`);
});

test('no refusal repeats the value', () => {
	for (const [spelling] of refusals) {
		let told = '';
		try {
			readCandidate(locator('value', spelling));
		} catch (error) {
			told = JSON.stringify({ ...(error as ParameterError), message: String(error) });
		}
		expect(told).not.toMatch(/li@|@example\.com(?!\.")|1381|12345|110105|69308|4405|10-/);
	}
});

test('the longest name has 500 characters: it becomes a part of an address', () => {
	const value = '若'.repeat(500);
	expect(readCandidate(locator('value', value))).toEqual({ by: 'name', value });
	expect(refusalOf(locator('value', `${value}若`))).toBe(
		"'Candidate' is too long for a name or an address. Enter one candidate only.",
	);
});

test('the longest text that is examined has 2,048 characters', () => {
	const value = 'https://example.feishu.cn/hire/talent/7420000000000009001?'.padEnd(2048, 'x');
	expect(readCandidate(locator('value', value))).toEqual({
		by: 'talentId',
		value: '7420000000000009001',
	});
	expect(refusalOf(locator('value', `${value}x`))).toMatch(/too long for a name/);
});
