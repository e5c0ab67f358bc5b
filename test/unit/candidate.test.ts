import { readCandidate } from '../../nodes/shared/form/candidate';
import { ParameterError } from '../../nodes/shared/form/parameterError';

const TALENT_ID = '6930815272790114324';

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

/** The error of reading a value, as a person sees it. */
function refusalOf(stored: unknown, mobileCode?: unknown): string {
	try {
		readCandidate(stored, mobileCode);
	} catch (error) {
		if (error instanceof ParameterError) return `${error.message}. ${error.advice}`;
		throw error;
	}
	throw new Error('It was not refused');
}

test.each([
	['list', TALENT_ID],
	['id', `  ${TALENT_ID}\n`],
	['id', `https://example.feishu.cn/hire/talent/${TALENT_ID}?application_id=7000000000000000000`],
	['id', 'Tal_ent-1'],
	['id', '12345'],
	['id', 12345],
	['id', 6930815272790114324n],
	['', TALENT_ID],
])('mode %j understands the talent ID in %j', (mode, value) => {
	const id = /\d{19}/.exec(String(value))?.[0] ?? String(value);
	expect(readCandidate(locator(mode, value))).toEqual({ by: 'talentId', value: id });
});

test('an object needs no __rl, and a bare text counts as a talent ID', () => {
	expect(readCandidate({ mode: 'name', value: ' 张三 ' })).toEqual({ by: 'name', value: '张三' });
	expect(readCandidate(` ${TALENT_ID} `)).toEqual({ by: 'talentId', value: TALENT_ID });
});

test.each([
	[' Zhang.San@Example.COM\n', 'zhang.san@example.com'],
	['ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'zhang@example.com'],
	['张三@例子.中国', '张三@例子.中国'],
])('mode email reads %j', (value, email) => {
	expect(readCandidate(locator('email', value))).toEqual({ by: 'email', value: email });
});

test.each<[unknown, unknown, string, string]>([
	['13812341234', undefined, '86', '13812341234'],
	[' 138-1234 1234 ', '', '86', '13812341234'],
	[13812341234, 86, '86', '13812341234'],
	['+86 138 1234 1234', '852', '86', '13812341234'],
	['008613812341234', undefined, '86', '13812341234'],
	['8613812341234', undefined, '86', '13812341234'],
	['８６１３８１２３４１２３４', '+86', '86', '13812341234'],
	['＋86（138）1234－1234', undefined, '86', '13812341234'],
	['+852 5550 0101', undefined, '852', '55500101'],
	['+44 (0)7911 123456', undefined, '44', '7911123456'],
	['+1 (415) 555-0100', undefined, '1', '4155550100'],
	['00 7 912 345 67 89', undefined, '7', '9123456789'],
	['+20 100 123 4567', undefined, '20', '1001234567'],
	['+212 612 345 678', undefined, '212', '612345678'],
	['+33 6 12 34 56 78', undefined, '33', '612345678'],
	['+351 912 345 678', undefined, '351', '912345678'],
	['+55 11 91234 5678', undefined, '55', '11912345678'],
	['+591 7123 4567', undefined, '591', '71234567'],
	['+65 9123 4567', undefined, '65', '91234567'],
	['+670 7723 4567', undefined, '670', '77234567'],
	['+91 98765 43210', undefined, '91', '9876543210'],
	['+971 50 123 4567', undefined, '971', '501234567'],
	['55500101', '00852', '852', '55500101'],
	['8613812341234', '1', '1', '8613812341234'],
])('mode phone reads %j with code %j', (value, code, mobileCode, number) => {
	expect(readCandidate(locator('phone', value), code)).toEqual({
		by: 'phone',
		mobileCode,
		value: number,
	});
});

test.each(['张三', 'Mary O’Neil-Smith', 'Null', 'Or Cohen', '王 五 2'])(
	'mode name takes %j as it is',
	(name) => {
		expect(readCandidate(locator('name', name))).toEqual({ by: 'name', value: name });
	},
);

const kinds = {
	email: 'zhang@example.net',
	phone: '+86 138 1234 1234',
	name: '欧阳建国',
	id: TALENT_ID,
	page: `https://hire.example.net/hire/talent/${TALENT_ID}`,
};

test.each<[string, keyof typeof kinds, string]>([
	['email', 'phone', 'By Phone'],
	['email', 'id', 'By ID'],
	['email', 'page', 'By ID'],
	['email', 'name', 'By Name'],
	['phone', 'email', 'By Email'],
	['phone', 'id', 'By ID'],
	['phone', 'page', 'By ID'],
	['phone', 'name', 'By Name'],
	['name', 'email', 'By Email'],
	['name', 'phone', 'By Phone'],
	['name', 'id', 'By ID'],
	['name', 'page', 'By ID'],
	['id', 'email', 'By Email'],
	['id', 'phone', 'By Phone'],
	['id', 'name', 'By Name'],
	['list', 'email', 'By Email'],
])('mode %s refuses what is a matter of another: %s', (mode, kind, right) => {
	const told = refusalOf(locator(mode, kinds[kind]));
	expect(told).toMatch(new RegExp(`[Cc]hoose the mode '${right}'`));
	expect(told).toMatch(/^'Candidate' holds /);
});

test('a bare number in mode id that can only be a mobile number is refused', () => {
	expect(refusalOf(locator('id', '13812341234'))).toMatch(/phone number.*'By Phone'/);
});

test.each<[string, unknown, RegExp]>([
	['nothing', locator('list', ''), /is empty/],
	['null', locator('email', null), /is empty/],
	['no parameter at all', undefined, /is empty/],
	['white space', locator('name', ' \n'), /is empty/],
	['the word for a missing value', locator('name', 'undefined'), /missing/],
	['an object as text', locator('name', '[object Object]'), /missing/],
	['a rounded number', locator('id', Number(TALENT_ID)), /digits of it are lost/],
	['a fraction', locator('phone', 1.5), /digits of it are lost/],
	['a rounded number as text', locator('id', '6.93082E+18'), /rounded/],
	['an object', locator('id', { mode: 'id', value: '1' }), /list or an object/],
	['a list', locator('email', ['a@example.com']), /list or an object/],
	['a list as the whole', ['a@example.com'], /list or an object/],
	['an object without a mode', { value: 'a@example.com' }, /list or an object/],
	['a truth value', locator('name', true), /list or an object/],
	['an unknown mode', locator('url', 'https://example.com'), /mode that does not exist/],
	['two addresses', locator('email', 'a@example.com, b@example.com'), /no e-mail address/],
	['too few digits', locator('phone', '1234'), /no phone number/],
	['a code without a number', locator('phone', '+86'), /no phone number/],
	['letters in a number', locator('phone', '138-CALL-ME'), /no phone number/],
	['an extension behind a number', locator('phone', '+86 138 1234 1234 x5'), /no phone number/],
	['two numbers', locator('phone', '+8613812341234, +8613912341234'), /no phone number/],
])('refuses %s', (_name, stored, problem) => {
	expect(refusalOf(stored)).toMatch(problem);
});

test.each(['abc', '0', '12345', '+', {}])('refuses %j as country code', (code) => {
	expect(refusalOf(locator('phone', '13812341234'), code)).toMatch(/^'Mobile Code' is /);
});

test.each(['email', 'phone', 'name', 'id', 'list', 'other'])(
	'no refusal of mode %s repeats the value',
	(mode) => {
		for (const value of [...Object.values(kinds), '欧阳 <o@example.net>', '138-CALL-ME']) {
			let told = '';
			try {
				readCandidate(locator(mode, value));
			} catch (error) {
				told = JSON.stringify({ ...(error as ParameterError), message: String(error) });
			}
			expect(told).not.toMatch(/欧阳|example\.net|1381234|138 1234|CALL|69308/);
		}
	},
);

test.each(['list', 'email', 'phone', 'name', 'id'])('a whole text is no candidate: %s', (mode) => {
	expect(refusalOf(locator(mode, '林晓彤'.repeat(1000)))).toBe(
		"'Candidate' is longer than any name or address. Pass one candidate, not a whole text.",
	);
});
