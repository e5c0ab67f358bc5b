import { locatorText, readLocator } from '../../nodes/shared/form/locatorValue';
import { readMobileCode, readPhone } from '../../nodes/shared/form/phone';
import {
	boolean,
	integer,
	numberBetween,
	oneOf,
	readOptions,
	show,
} from '../../nodes/shared/form/values';
import { refusal } from './refusal';

test.each<[unknown, string]>([
	[null, 'empty'],
	[undefined, 'empty'],
	['', 'empty'],
	['张三', 'text'],
	[7, 'a number'],
	[NaN, 'a number'],
	[false, 'a boolean'],
	[[], 'a list'],
	[{}, 'a value of type object'],
	[() => 0, 'a value of type function'],
])('%p is shown as %j', (value, shown) => {
	expect(show(value)).toBe(shown);
});

const TO_NUMBER =
	'The expression returns text. Convert it to a number, for example with {{ Number($json.value) }}.';

test.each<[string, () => unknown, string]>([
	[
		'a collection',
		() => readOptions(null),
		"'Options' is empty, not an object. Use an expression that returns an object.",
	],
	['a choice', () => oneOf('Mode', 3, [1, 2]), "'Mode' has an invalid value. Use one of: 1, 2."],
	[
		'a switch',
		() => boolean('Simplify', 1),
		"'Simplify' is a number, not true or false. Use the switch, or an expression that returns true or false.",
	],
	[
		'a number',
		() => numberBetween('Size', 11, 1, 10),
		"'Size' is 11, not a number from 1 to 10. Use a number from 1 to 10.",
	],
	[
		'a number as text',
		() => numberBetween('Size', '5', 1, 10),
		`'Size' is text, not a number from 1 to 10. ${TO_NUMBER}`,
	],
	[
		'a whole number',
		() => integer('Limit', 0, 1, Infinity),
		"'Limit' is 0, not a whole number of at least 1. Use a whole number of at least 1.",
	],
	[
		'a whole number within bounds',
		() => integer('Limit', 1.5, 1, 20),
		"'Limit' is 1.5, not a whole number from 1 to 20. Use a whole number from 1 to 20.",
	],
	[
		'a list as text',
		() => locatorText('Candidate', ['a']),
		"'Candidate' is a list or an object, not a single value. Enter the value itself, for example {{ $json.email }}. Use a separate input item for each value.",
	],
	[
		'a number that is not exact',
		() => locatorText('Candidate', -1),
		"'Candidate' is a number that may have lost digits. Enter it as text: put it in quotes, or format the column of the sheet as text.",
	],
])('a value that is not %s is refused with the exact message', (_what, work, told) => {
	expect(refusal(work)).toBe(told);
});

test('bounds belong to what is allowed', () => {
	expect([1, 10].map((value) => numberBetween('Size', value, 1, 10))).toEqual([1, 10]);
	expect([1, 20].map((value) => integer('Limit', value, 1, 20))).toEqual([1, 20]);
	for (const value of [0.99, 10.01]) {
		expect(() => numberBetween('Size', value, 1, 10)).toThrow(/not a number from/);
	}
	for (const value of [0, 21]) expect(() => integer('Limit', value, 1, 20)).toThrow(/not a whole/);
	expect(() => numberBetween('Size', [5], 1, 10)).toThrow("'Size' is a list");
});

test.each<[unknown, string]>([
	[' a ', 'a'],
	[0, '0'],
	[13812341234, '13812341234'],
	[10n, '10'],
	[null, ''],
	[undefined, ''],
])('the text of %p is %j', (value, text) => {
	expect(locatorText('Candidate', value)).toBe(text);
});

test('a locator has a mode and a value, a bare value has none', () => {
	expect(readLocator('Candidate', { mode: 'id', value: 7 })).toEqual({ mode: 'id', value: 7 });
	expect(readLocator('Candidate', ['a'])).toEqual({ value: ['a'] });
	for (const odd of [{ value: 7 }, { mode: 1, value: 7 }, { mode: 'id', value: {} }]) {
		expect(refusal(() => readLocator('Candidate', odd))).toMatch(/is a list or an object/);
	}
});

test.each<[string, string, string]>([
	['13812341234', '86', '13812341234'],
	['8613812341234', '86', '13812341234'],
	['98613812341234', '86', '98613812341234'],
	['86138123412345', '86', '86138123412345'],
	['+8613812341234', '86', '13812341234'],
	['0044 7911 123456', '44', '7911123456'],
	['（138）1234 1234', '86', '13812341234'],
])('the phone number %j has the code %s and the number %s', (text, mobileCode, value) => {
	expect(readPhone(text, '86')).toEqual({ mobileCode, value });
});

test.each(['+0123456', '+86', '1234', '+86138x', '138-CALL-ME', '', '1234567890123456'])(
	'%j is no phone number',
	(text) => {
		expect(readPhone(text, '86')).toBeUndefined();
	},
);

test('without a code of its own or a default there is no number', () => {
	expect(readPhone('13812341234', '')).toBeUndefined();
});

test.each<[string, string | undefined]>([
	['86', '86'],
	[' +86 ', '86'],
	['0086', '86'],
	['８６', '86'],
	['1', '1'],
	['0', undefined],
	['12345', undefined],
	['x86', undefined],
])('the country code of %j is %s', (text, code) => {
	expect(readMobileCode(text)).toBe(code);
});
