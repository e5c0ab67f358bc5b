import { maskEmail, maskPhone, withoutPersonalData } from '../../nodes/shared/hire/people/mask';

test.each([
	['13812341234', '138****1234'],
	['+86 138-1234-1234', '861****1234'],
	['7911123456', '79****56'],
	['5550010', '55****10'],
	['123456', '****'],
	['1', '****'],
	['138****1234', '138****1234'],
	['', ''],
	[' - ', ''],
])('phone %j is shown as %j', (phone, shown) => {
	expect(maskPhone(phone)).toBe(shown);
});

test.each([
	['zhang.san@example.com', 'z***@example.com'],
	[' 张三@example.com ', '张***@example.com'],
	['𠮷野@example.com', '𠮷***@example.com'],
	['z@example.com', '***@example.com'],
	['@example.com', '***@example.com'],
	['a@b@example.com', 'a***@example.com'],
	['zhang', '***'],
	['', ''],
])('e-mail %j is shown as %j', (email, shown) => {
	expect(maskEmail(email)).toBe(shown);
});

test.each<[string, string[], string]>([
	['mobile 13812341234 is invalid', ['13812341234'], 'mobile *** is invalid'],
	['mobile +86 138-1234-1234 is invalid', ['13812341234'], 'mobile *** is invalid'],
	['No talent ZHANG@Example.com', ['zhang@example.com'], 'No talent ***'],
	['bad address z%40b.cn, sorry', [], 'bad address ***, sorry'],
	['用户张三不存在', ['张三'], '用户***不存在'],
	['no (C++) dev', ['(c++)'], 'no *** dev'],
	['call 138 1234 1234 now', [], 'call *** now'],
	['call +86 (138) 1234-1234 now', [], 'call *** now'],
	['code 12345 of 2026', [], 'code 12345 of 2026'],
	['first.last@example.com is unknown', [], '*** is unknown'],
	['to:<a@b.cn>, then', [], 'to:<***>, then'],
	['param is wrong, code 1002', [''], 'param is wrong, code 1002'],
])('of %j with %j is left %j', (text, values, left) => {
	expect(withoutPersonalData(text, values)).toBe(left);
});

test('what is too long for an expression is left alone, and stands in no error', () => {
	expect(withoutPersonalData('no such name', ['林'.repeat(100_000)])).toBe('no such name');
});
