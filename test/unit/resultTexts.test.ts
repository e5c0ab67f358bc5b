import { ParameterError } from '../../nodes/shared/form/parameterError';
import { hasResult, readResults, resultOf } from '../../nodes/shared/form/results';

const read = (value: unknown) => readResults('Result Is', value);

test.each<[unknown, string[]]>([
	['未通过', ['未通过']],
	[' 未通过 ，存疑;a b；c、d\r\ne\n\n', ['未通过', '存疑', 'a b', 'c', 'd', 'e']],
	[
		['未通过，有争议', ' 存疑 '],
		['未通过，有争议', '存疑'],
	],
	[87.5, ['87.5']],
	[
		[0, '存疑', 87],
		['0', '存疑', '87'],
	],
	['[87, "存疑"]', ['87', '存疑']],
	['', []],
	[' \n ', []],
	[undefined, []],
	[null, []],
	[[], []],
	[[''], []],
])('%j names the results %j', (value, results) => {
	expect(read(value)).toEqual(results);
});

test.each([
	[2 ** 53, "'Result Is' contains an entry that is a number, not text"],
	[NaN, "'Result Is' contains an entry that is a number, not text"],
	[[null], "'Result Is' contains an entry that is empty, not text"],
	[Array(2), "'Result Is' contains an entry that is empty, not text"],
	[{ a: 1 }, "'Result Is' contains an entry that is a value of type object, not text"],
	[' ，、', "'Result Is' contains only separators"],
])('%j is refused: it must not let everything through', (value, message) => {
	expect(() => read(value)).toThrow(ParameterError);
	expect(() => read(value)).toThrow(message);
});

test.each([
	[{ result: '未通过' }, true],
	[{ result: ' 未通过　' }, true],
	[{ result: '未通过。' }, false],
	[{ result: null }, false],
	[{}, false],
])('whether the result of %j is among the given ones: %s', (check, isAmong) => {
	expect(hasResult(check, ['存疑', '未通过'])).toBe(isAmong);
	expect(hasResult(check, [])).toBe(true);
});

test('a result that is no text is compared as JSON', () => {
	expect(resultOf({ result: 7 as never })).toBe('7');
});
