import { DateTime } from 'luxon';
import { readFilters } from '../../nodes/shared/operations/externalBackgroundCheck/read/readFilters';
import { formOf } from './formOf';

const at = (moment: string) => Date.parse(`${moment}+08:00`);
const zone = 'Asia/Shanghai';

/** Create and Update read a date with Form.dateTime. */
const write = (value: unknown) => formOf({}).dateTime('Date', value);

/** Whether a check with this date passes. */
const passes = (filters: Record<string, unknown>, date: number) =>
	readFilters(formOf({ filters }))?.({ date }) ?? true;

const DAY = ['2026-11-20T00:00:00', '2026-11-20T23:59:59.999'] as const;
const MOMENT = ['2026-11-20T10:30:00', '2026-11-20T10:30:00'] as const;
const MIDNIGHT = at(DAY[0]);
const EXCEL = MIDNIGHT / 86_400_000 + 8 / 24 + 25_569;

test.each<[string, unknown, readonly [string, string]]>([
	['ISO', '2026-11-20', DAY],
	['slashes', '2026/11/20', DAY],
	['dots', '2026.11.20', DAY],
	['Chinese', '2026年11月20日', DAY],
	['Chinese with spaces', ' 2026 年 11 月 20 日 ', DAY],
	['full-width digits', '２０２６／１１／２０', DAY],
	['an invisible mark', '\u200e2026/11/20', DAY],
	['eight digits', '20261120', DAY],
	['eight digits, a number', 20261120, DAY],
	["Excel's number", EXCEL, DAY],
	["Excel's number as text", String(EXCEL), DAY],
	["Excel's number as text with .0", `${EXCEL}.0`, DAY],
	['the picker', '2026-11-20T00:00:00', DAY],
	['$today', DateTime.fromMillis(MIDNIGHT, { zone }), DAY],
	['a Date at midnight', new Date(MIDNIGHT), DAY],
	['an ordinal day', '2026-324', DAY],
	["a week's day", '2026-W47-5', DAY],
	['a month', '2026-11', ['2026-11-01T00:00:00', '2026-11-30T23:59:59.999']],
	['a year', '2026', ['2026-01-01T00:00:00', '2026-12-31T23:59:59.999']],
	['a week', '2026-W47', ['2026-11-16T00:00:00', '2026-11-22T23:59:59.999']],
	['slashes with a time', '2026/11/20 10:30', MOMENT],
	['Chinese with a time', '2026年11月20日 10:30', MOMENT],
	["Excel's number with a time", EXCEL + 0.4375, MOMENT],
	['ISO with an offset', '2026-11-20T02:30:00Z', MOMENT],
	['milliseconds', at(MOMENT[0]), MOMENT],
	['milliseconds as text', String(at(MOMENT[0])), MOMENT],
	['a DateTime', DateTime.fromMillis(at(MOMENT[0])), MOMENT],
])('%s: Create, Update, Date From, Date To', (_form, value, [first, last]) => {
	expect(write(value)).toBe(at(first));
	expect(passes({ dateFrom: value }, at(first) - 1)).toBe(false);
	expect(passes({ dateFrom: value }, at(first))).toBe(true);
	expect(passes({ dateTo: value }, at(last))).toBe(true);
	expect(passes({ dateTo: value }, at(last) + 1)).toBe(false);
});

test.each<[unknown]>([
	['0026-07-02'],
	['7/2/26'],
	['05/06/2026'],
	['10:30'],
	['2101-01-01'],
	['1972-12-31'],
	['1970-01-01T00:00:46.205Z'],
	[new Date(46_205)],
	[DateTime.fromMillis(46_205)],
	[1_763_605_800],
	['1763605800'],
	[1_763_605_800_000_000],
	[2026],
	['20261341'],
])('%p is refused in Create, Update, Date From, Date To', (value) => {
	expect(() => write(value)).toThrow(/^'Date' /);
	expect(() => passes({ dateFrom: value }, 0)).toThrow(/^'Date From' /);
	expect(() => passes({ dateTo: value }, 0)).toThrow(/^'Date To' /);
});

test.each(['1899-12-30', '1904/1/1', '1970', '1970-01-01', '1970-01-01T00:00:00.000Z'])(
	'%s means ever in a filter, and is refused in Create and Update',
	(value) => {
		expect(readFilters(formOf({ filters: { dateFrom: value, dateTo: value } }))).toBeUndefined();
		expect(() => write(value)).toThrow(/^'Date' is before 1973/);
	},
);
