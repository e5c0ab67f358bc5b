import { DateTime } from 'luxon';
import { readDateTime } from '../../nodes/shared/form/dateTime';
import { refusal } from './refusal';

const NOON = Date.parse('2025-03-10T12:00:00+08:00');

const read = (value: unknown) => readDateTime('Date', value, 'Asia/Shanghai');

/** What is said, and what to do. */
const refusalOf = (value: unknown): string => refusal(() => read(value));

test.each<[string, unknown]>([
	['a text without a zone', '2025-03-10T12:00:00'],
	['a text with a space', ' 2025-03-10 12:00 '],
	['a text with an offset', '2025-03-10T04:00:00Z'],
	["luxon's date", DateTime.fromMillis(NOON)],
	["JavaScript's date", new Date(NOON)],
	['milliseconds', NOON],
])('a moment as %s', (_form, value) => {
	expect(read(value)).toBe(NOON);
});

test('a day begins in the zone of the workflow', () => {
	expect(read('2025-03-10')).toBe(NOON - 12 * 60 * 60_000);
});

test('the first and the last moment that are accepted', () => {
	for (const edge of ['1973-01-01T00:00:00+08:00', '2100-12-31T23:59:59.999+08:00']) {
		expect(read(edge)).toBe(Date.parse(edge));
		expect(read(Date.parse(edge))).toBe(Date.parse(edge));
	}
	for (const beyond of ['1972-12-31T23:59:59.999+08:00', '2101-01-01T00:00:00+08:00']) {
		for (const value of [beyond, new Date(beyond), DateTime.fromISO(beyond)]) {
			expect(refusalOf(value)).toMatch(/^'Date' is (before 1973|after 2100)\. Enter a date/);
		}
	}
});

const CHOOSE =
	'Choose a date, or use an expression that returns a date or a text such as 2025-03-10.';
const SECONDS =
	"'Date' looks like seconds since 1970, not milliseconds. Multiply it by 1000, for example with {{ $json.date * 1000 }}.";
const MICROSECONDS =
	"'Date' looks like microseconds since 1970, not milliseconds. Divide it by 1000, for example with {{ $json.date / 1000 }}.";
const WHICH_DAY =
	"'Date' does not make clear which number is the day. Write the year first, with four digits, as in 2025-03-10.";
const OUT = 'Enter a date such as 2025-03-10, an Excel date number, or milliseconds since 1970.';

test.each<[unknown, string]>([
	[undefined, `'Date' is empty. ${CHOOSE}`],
	[null, `'Date' is empty. ${CHOOSE}`],
	['', `'Date' is empty. ${CHOOSE}`],
	[1_700_000_000, SECONDS],
	['1700000000', SECONDS],
	[NOON * 1000, MICROSECONDS],
	['7/2/26', WHICH_DAY],
	['05/06/2026', WHICH_DAY],
	['10:30', "'Date' is a time without a date. Add the date in front, as in 2025-03-10T10:30."],
	['0026-07-02', `'Date' is before 1973. ${OUT}`],
	[20_000, `'Date' is before 1973. ${OUT}`],
	['20260230', `'Date' is a date that does not exist. ${CHOOSE}`],
	[NaN, `'Date' is a number that cannot be read as a date. ${CHOOSE}`],
	[' -1.5 ', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['+10.25', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['2025-02-30', `'Date' is a date that does not exist. ${CHOOSE}`],
	[' 2025-13-01 10:00', `'Date' is a date that does not exist. ${CHOOSE}`],
	['soon', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['on 2025-02-30', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['v1.5', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['1.5 days', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	[0, `'Date' is a number that cannot be read as a date. ${CHOOSE}`],
	[-NOON, `'Date' is a number that cannot be read as a date. ${CHOOSE}`],
	[1e13, `'Date' is a number that cannot be read as a date. ${CHOOSE}`],
	[true, `'Date' is a boolean that cannot be read as a date. ${CHOOSE}`],
	[{}, `'Date' is a value of type object that cannot be read as a date. ${CHOOSE}`],
	[new Date(NaN), `'Date' is a value of type object that cannot be read as a date. ${CHOOSE}`],
])('%p is refused, word for word', (value, told) => {
	expect(refusalOf(value)).toBe(told);
});
