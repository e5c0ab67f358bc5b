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

test('the first and the last moment that are taken', () => {
	expect(read(1e11)).toBe(1e11);
	expect(read('1970-01-01T08:00:00.001')).toBe(1);
	expect(read(253_402_300_799_999)).toBe(253_402_300_799_999);
});

const CHOOSE =
	'Choose a date, or use an expression that gives a date, an ISO 8601 text such as 2025-03-10, or milliseconds since 1970.';
const SECONDS =
	"'Date' looks like seconds since 1970, not milliseconds. Multiply it by 1000, for example with {{ $json.date * 1000 }}.";
const AS_TEXT =
	"'Date' is a number as text. Convert it, for example with {{ Number($json.date) }}: milliseconds since 1970.";

test.each<[unknown, string]>([
	[undefined, `'Date' is empty. ${CHOOSE}`],
	[null, `'Date' is empty. ${CHOOSE}`],
	['', `'Date' is empty. ${CHOOSE}`],
	[1_700_000_000, SECONDS],
	[0.5, SECONDS],
	[1e11 - 1, SECONDS],
	[NOON + 0.5, `'Date' is not a whole number of milliseconds. ${CHOOSE}`],
	[NaN, `'Date' is not a whole number of milliseconds. ${CHOOSE}`],
	['1700000000000', AS_TEXT],
	[' -1.5 ', AS_TEXT],
	['+10.25', AS_TEXT],
	['2025-02-30', `'Date' is no day of the calendar. ${CHOOSE}`],
	[' 2025-13-01 10:00', `'Date' is no day of the calendar. ${CHOOSE}`],
	['1969-12-31', `'Date' is no day of the calendar. ${CHOOSE}`],
	['soon', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['on 2025-02-30', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['v1.5', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	['1.5 days', `'Date' is text that cannot be read as a date. ${CHOOSE}`],
	[0, `'Date' is a number that cannot be read as a date. ${CHOOSE}`],
	[-NOON, `'Date' is a number that cannot be read as a date. ${CHOOSE}`],
	[253_402_300_800_000, `'Date' is a number that cannot be read as a date. ${CHOOSE}`],
	[true, `'Date' is a truth value that cannot be read as a date. ${CHOOSE}`],
	[{}, `'Date' is of type object that cannot be read as a date. ${CHOOSE}`],
	[new Date(NaN), `'Date' is of type object that cannot be read as a date. ${CHOOSE}`],
])('%p is refused, word for word', (value, told) => {
	expect(refusalOf(value)).toBe(told);
});
