import { IdReader } from '../../nodes/shared/form/idList';

const reader = new IdReader('IDs');
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

test('keeps the order and drops what comes twice, also across forms', () => {
	expect(reader.list([second, first, `"${second}"`, 7, '7'])).toEqual([second, first, '7']);
});

test('does not take neighbours apart by their number value: they are equal as numbers', () => {
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
])('says that %s is empty', (_form, value) => {
	expect(() => reader.list(value)).toThrow('IDs is empty');
	expect(() => reader.single(value)).toThrow('IDs is empty');
});

test.each<[string, unknown, RegExp]>([
	['a name', '张三', /^IDs is not an ID$/],
	['a URL', 'https://x.feishu.cn/hire/1', /^IDs is a URL, not an ID$/],
	['an object', { id: first }, /^IDs is of type object, not an ID$/],
	['an object in an array', [{ id: first }], /^IDs is of type object, not an ID$/],
	['an object as JSON', `{"id":"${first}"}`, /^IDs is not an ID$/],
	['a list in a list', [[first]], /^IDs is a list, not an ID$/],
	['a boolean', true, /^IDs is of type boolean, not an ID$/],
	['65 characters', 'a'.repeat(65), /^IDs is not an ID$/],
	['a path', `${first}/../x`, /^IDs is not an ID$/],
	['a query', `${first}?a=b`, /^IDs is not an ID$/],
	['an invisible space', `${first}\u200b`, /^IDs is not an ID$/],
	['full-width digits', '６９６０', /^IDs is not an ID$/],
	['an unsafe number', 6960663240925956660, /^IDs is a number that is too large to be exact/],
	['the first unsafe number', 2 ** 53, /^IDs is a number that is too large to be exact/],
	['an unsafe negative number', -(2 ** 60), /^IDs is a number that is too large to be exact/],
	['a negative number', -1, /^IDs is a negative number$/],
	['a fraction', 1.5, /^IDs is not a whole number$/],
	['NaN', NaN, /^IDs is not a whole number$/],
	['a bare number in JSON', `[${first}]`, /^IDs is a number that is too large to be exact/],
	['a rounded number', '6.96066E+18', /^IDs is a rounded number/],
	['a rounded number without a point', '7E18', /^IDs is a rounded number/],
	['the word null', 'null', /^IDs is not an ID but the word for a missing value$/],
	['the word undefined', 'undefined', /^IDs is not an ID but the word for a missing value$/],
	['the text of an object', '[object Object]', /^IDs starts like a JSON array but is none$/],
	['a JSON array cut off', `["${first}"`, /^IDs starts like a JSON array but is none$/],
])('refuses %s', (_form, value, message) => {
	expect(() => reader.list(value)).toThrow(message);
});

test('names the entry that is wrong, and never shows it', () => {
	let message = '';
	try {
		reader.list([first, '欧阳建国', second]);
	} catch (error) {
		message = (error as Error).message;
	}
	expect(message).toBe('IDs (entry 2 of 3) is not an ID');
});

test('one ID is not several', () => {
	expect(() => reader.single(`${first},${second}`)).toThrow('IDs holds 2 IDs, but takes one');
	expect(reader.single(`${first},${first}`)).toBe(first);
});

test('reads 10,000 IDs at once', () => {
	const ids = Array.from({ length: 10_000 }, (_, index) =>
		String(7340000000000000000n + BigInt(index)),
	);
	expect(reader.list(ids.join('\n'))).toEqual(ids);
	expect(reader.list(JSON.stringify(ids))).toEqual(ids);
});
