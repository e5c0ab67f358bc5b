import { maskEmail, maskPhone } from '../../nodes/shared/hire/people/mask';

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
])('email %j is shown as %j', (email, shown) => {
	expect(maskEmail(email)).toBe(shown);
});
