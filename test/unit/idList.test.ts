import { IdReader } from '../../nodes/shared/form/idList';
import type { ParameterError } from '../../nodes/shared/form/parameterError';

const reader = new IdReader('IDs');

/** The advice for a value that is refused. */
function adviceOf(value: unknown): string | undefined {
	try {
		reader.single(value);
	} catch (error) {
		return (error as ParameterError).advice;
	}
	return undefined;
}

const first = '6960663240925956660';
const second = '6960663240925956661';

test.each<[string, unknown]>([
	['commas', `${first},${second}`],
	['commas and spaces', ` ${first}, ${second} `],
	['semicolons', `${first};${second}`],
	['Chinese commas', `${first}，${second}`],
	['Chinese semicolons', `${first}；${second}`],
	['enumeration commas', `${first}、${second}`],
	['spaces', `${first} ${second}`],
	['tabs', `${first}\t${second}`],
	['new lines', `${first}\n${second}\n`],
	['Windows line ends', `${first}\r\n${second}`],
	['full-width spaces', `${first}\u3000${second}`],
	['several separators in a row', `,,${first} ;\n${second},`],
	['double quotes', `"${first}", "${second}"`],
	['single quotes', `'${first}' '${second}'`],
	['curly quotes', `“${first}”、“${second}”`],
	['a JSON array', `["${first}", "${second}"]`],
	['a JSON array over several lines', `\n[\n\t"${first}",\n\t"${second}"\n]\n`],
	['an array', [first, second]],
	['an array with blanks around', [` ${first}`, `${second}\n`]],
])('reads a list written with %s', (_form, value) => {
	expect(reader.list(value)).toEqual([first, second]);
});

test.each<[string, unknown, string]>([
	['a text', first, first],
	['a safe number', 9007199254740991, '9007199254740991'],
	['a bigint', BigInt(first), first],
	['letters, digits, - and _', 'aZ09-_', 'aZ09-_'],
	['64 characters', 'a'.repeat(64), 'a'.repeat(64)],
	['leading zeros', '0071', '0071'],
	['a safe number in a JSON array', '[123]', '123'],
])('takes %s as one ID', (_form, value, id) => {
	expect(reader.list(value)).toEqual([id]);
	expect(reader.single(value)).toBe(id);
});

test('keeps the order and drops duplicates, even across forms', () => {
	expect(reader.list([second, first, `"${second}"`, 7, '7'])).toEqual([second, first, '7']);
});

test('keeps IDs apart that are equal as numbers', () => {
	expect(Number(first)).toBe(Number(second));
	expect(reader.list([first, second])).toHaveLength(2);
});

test.each<[string, unknown]>([
	['an empty text', ''],
	['blanks', ' \n\t '],
	['separators only', ' ,;，；、 '],
	['empty quotes', '"" \'\''],
	['an empty array', []],
	['an empty JSON array', ' [ ] '],
	['null', null],
	['undefined', undefined],
	['an array of an empty text', ['']],
	['an array of null', [null]],
	['an array of a hole', Array(1)],
])('says that %s is empty', (_form, value) => {
	expect(() => reader.list(value)).toThrow("'IDs' is empty");
	expect(() => reader.single(value)).toThrow("'IDs' is empty");
});

const noId = /^'IDs' contains something that is not an ID$/;
const tooLarge = /^'IDs' contains a number so long that its last digits were lost/;
const likePhone = /^'IDs' contains something that looks like a phone number/;
const missing = /^'IDs' contains a placeholder for a missing value, such as undefined$/;
const noArray = /^'IDs' looks like a JSON array, but is not a valid one$/;

test.each<[string, unknown, RegExp]>([
	['a name', '张三', /^'IDs' contains something that looks like a name, not an ID$/],
	[
		'an e-mail address',
		'zhang@example.com',
		/^'IDs' contains something that looks like an email address/,
	],
	[
		'a phone number',
		'13812345678',
		/^'IDs' contains something that looks like a phone number, not an ID$/,
	],
	['a phone number with its code', '+8613812345678', /looks like a phone number/],
	['a phone number as a number', 13812345678, /looks like a phone number/],
	['a URL without an ID', 'https://x.feishu.cn/hire/1', /page address with no ID$/],
	[
		'a URL with two IDs',
		`https://x.feishu.cn/talent/${first}?application_id=${second}`,
		/page address with more than one ID$/,
	],
	['an object', { id: first }, /^'IDs' contains a value of type object instead of an ID$/],
	['an object in an array', [{ id: first }], /^'IDs' contains a value of type object instead/],
	['an object as JSON', `{"id":"${first}"}`, noId],
	['a list in a list', [[first]], /^'IDs' contains a list instead of an ID$/],
	['a boolean', true, /^'IDs' contains a value of type boolean instead of an ID$/],
	['65 characters', 'a'.repeat(65), /^'IDs' contains something that looks like a name, not an ID$/],
	['a path', `${first}/../x`, noId],
	['a query', `${first}?a=b`, noId],
	['an address behind something else', `see:https://x.feishu.cn/${first}`, noId],
	['an invisible space', `${first}\u200b`, noId],
	['full-width digits', '６９６０', noId],
	['an unsafe number', 6960663240925956660, tooLarge],
	['the first unsafe number', 2 ** 53, tooLarge],
	['an unsafe negative number', -(2 ** 60), tooLarge],
	['a negative number', -1, /^'IDs' contains a negative number$/],
	['a fraction', 1.5, /^'IDs' contains a number with decimals$/],
	['NaN', NaN, /^'IDs' contains a number with decimals$/],
	['a bare number in JSON', `[${first}]`, tooLarge],
	['a rounded number', '6.96066E+18', /^'IDs' contains a rounded number/],
	['a rounded number without a point', '7E18', /^'IDs' contains a rounded number/],
	['the word null', 'null', missing],
	['the word undefined', 'undefined', missing],
	['the word NaN', 'NaN', missing],
	['the word true', 'TRUE', missing],
	['the word false', 'false', missing],
	['the word None', 'None', missing],
	['a rounded number of many digits', '12.5e18', /^'IDs' contains a rounded number/],
	['a phone number', '13812341234', likePhone],
	['a phone number with 00', '008613812341234', likePhone],
	['a phone number with +', '+8613812341234', likePhone],
	['the text of an object', '[object Object]', noArray],
	['a JSON array cut off', `["${first}"`, noArray],
])('refuses %s', (_form, value, message) => {
	expect(() => reader.list(value)).toThrow(message);
});

test.each(['x1e5', '1e5x', 'true1', '00', '00861', '138123412345', 'https_1'])(
	'takes %s, which only resembles what is refused',
	(id) => {
		expect(reader.list(id)).toEqual([id]);
	},
);

test('an empty entry among IDs is an entry like any other', () => {
	const holes: unknown[] = [first, second];
	holes.length = 3;
	expect(() => reader.list(holes)).toThrow("'IDs' contains an empty value (entry 3 of 3)");
});

test.each([
	`https://x.feishu.cn/hire/check/${first}?tab=2`,
	`https://x.feishu.cn/${first}/${first}#a`,
	`"https://x.feishu.cn/a?id=${first}"`,
])('finds the one ID in a pasted address: %s', (address) => {
	expect(reader.list(address)).toEqual([first]);
	expect(reader.single(address)).toBe(first);
});

test.each(['张三', 'John Smith', 'zhang@example.com', '+86 13812345678', '13812345678'])(
	'other data of a candidate is refused with the way to use it: %s',
	(value) => {
		expect(adviceOf(value)).toContain("'Get by Candidate'");
	},
);

test('names the entry that is wrong, and never shows it', () => {
	let message = '';
	try {
		reader.list([first, '欧阳建国', second]);
	} catch (error) {
		message = (error as Error).message;
	}
	expect(message).toBe("'IDs' contains something that looks like a name, not an ID (entry 2 of 3)");
});

test('one ID is not several', () => {
	expect(() => reader.single(`${first},${second}`)).toThrow(
		"'IDs' contains 2 IDs, but only one is allowed",
	);
	expect(reader.single(`${first},${first}`)).toBe(first);
});

test('reads 10,000 IDs in one go', () => {
	const ids = Array.from({ length: 10_000 }, (_, index) =>
		String(7340000000000000000n + BigInt(index)),
	);
	expect(reader.list(ids.join('\n'))).toEqual(ids);
	expect(reader.list(JSON.stringify(ids))).toEqual(ids);
});
