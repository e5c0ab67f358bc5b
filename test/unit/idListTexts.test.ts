import { IdReader } from '../../nodes/shared/form/idList';
import { refusal } from './refusal';

const reader = new IdReader('IDs');

const ADVICE =
	'An ID consists of 1 to 64 letters, digits, "-" or "_", for example 6960663240925956660.';
const BY_CANDIDATE =
	"To search by name, email or phone number, use the operation 'Get by Candidate' of the node 'Feishu Hire'.";

test.each<[string, unknown, string]>([
	[
		'nothing',
		'',
		"'IDs' is empty. Enter at least one ID. To get all, choose the operation 'Get Many' instead.",
	],
	[
		'half of a JSON array',
		'["7"',
		`'IDs' looks like a JSON array, but is not a valid one. Enter it like ["6960663240925956660", "6960663240925956661"].`,
	],
	[
		'an object',
		[{}],
		"'IDs' contains a value of type object instead of an ID. Enter the ID itself, for example {{ $json.id }}.",
	],
	['a negative number', [-1], `'IDs' contains a negative number. ${ADVICE}`],
	[
		'a text without end',
		'x'.repeat(10_000),
		`'IDs' contains something that is not an ID. ${ADVICE}`,
	],
	[
		'the word for a missing value',
		'undefined',
		"'IDs' contains a placeholder for a missing value, such as undefined. Check the expression.",
	],
	[
		'the address of a page without an ID',
		'http://example.com/7',
		"'IDs' contains a page address with no ID. Enter the ID itself.",
	],
	[
		'a page address with two IDs',
		'HTTPS://x/696066324092595666/696066324092595667',
		"'IDs' contains a page address with more than one ID. Enter the ID itself.",
	],
])('%s is refused with the exact message', (_what, value, told) => {
	expect(refusal(() => reader.list(value))).toBe(told);
});

test.each<[string, unknown, string]>([
	['nothing', ' ', `'IDs' is empty. ${ADVICE}`],
	['null', null, `'IDs' is empty. ${ADVICE}`],
	[
		'two IDs',
		'7,8',
		"'IDs' contains 2 IDs, but only one is allowed. Use a separate input item for each ID.",
	],
	[
		'an object',
		{ id: '7' },
		"'IDs' contains a value of type object instead of an ID. Enter the ID itself, for example {{ $json.id }}.",
	],
	['a list of words', ['7 8'], `'IDs' contains something that is not an ID. ${ADVICE}`],
	[
		'a name',
		'欧阳 建国',
		`'IDs' contains something that looks like a name, not an ID. ${BY_CANDIDATE}`,
	],
	[
		'a phone number in groups',
		'138 1234-1234',
		`'IDs' contains something that looks like a phone number, not an ID. ${BY_CANDIDATE}`,
	],
])('as a single ID, %s is refused with the exact message', (_what, value, told) => {
	expect(refusal(() => reader.single(value))).toBe(told);
});

test.each<[string, unknown, string[]]>([
	['a zero', [0], ['0']],
	['a text with quotes', '"7", “8”', ['7', '8']],
	['quotes only', '"", 7', ['7']],
	['a number', 7, ['7']],
	['a large number', [10n ** 18n], ['1000000000000000000']],
	['the address of a page', 'http://x/696066324092595666', ['696066324092595666']],
])('%s is read', (_what, value, ids) => {
	expect(reader.list(value)).toEqual(ids);
});
