import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { normalized } from '../normalized';
import { ParameterError } from './parameterError';
import { show } from './values';

/** A year outside this range means a number in the wrong unit, or a two-digit year. */
const YEARS = { first: 1973, last: 2100 };

/** Excel's day number of 1970-01-01. */
const EXCEL_EPOCH = 25_569;
const DAY_MS = 86_400_000;

/** Years of the dates that programs use for "no date". */
const EVER = [1899, 1904, 1970];

/** Longer than any date; keeps the patterns below cheap. */
const MAX_LENGTH = 64;

const ADVICE_FOR_MODEL = 'Enter it like 2025-03-10 or 2025-03-10T10:30.';
const ADVICE =
	'Choose a date, or use an expression that returns a date or a text such as 2025-03-10.';

/**
 * Reads a moment that a user enters: in n8n's picker, which stores no zone, from a sheet, or from
 * an expression.
 *
 * @param parameter label of the parameter in the editor
 * @param timezone IANA name of the workflow's zone, for texts without an offset
 * @returns epoch ms, in the years 1973 to 2100
 * @throws ParameterError
 */
export function readDateTime(parameter: string, value: unknown, timezone: string): number {
	return readPeriod(parameter, value, timezone).start;
}

/**
 * The first and last millisecond of the day, month, year or week that a value names. For a value
 * with a time other than midnight, both are that moment.
 *
 * @throws ParameterError
 */
function readPeriod(
	parameter: string,
	value: unknown,
	timezone: string,
): { start: number; end: number } {
	const text = typeof value === 'string' ? written(value) : '';
	const date = toDateTime(parameter, value, text, timezone);
	if (date.year < YEARS.first || date.year > YEARS.last) {
		throw new ParameterError(
			parameter,
			date.year < YEARS.first ? `is before ${YEARS.first}` : `is after ${YEARS.last}`,
			'Enter a date such as 2025-03-10, an Excel date number, or milliseconds since 1970.',
			ADVICE_FOR_MODEL,
		);
	}
	const named = unitOf(text) ?? (+date === +date.startOf('day') ? 'day' : undefined);
	return { start: date.toMillis(), end: (named ? date.endOf(named) : date).toMillis() };
}

/** The form field of a day that limits a period; read by {@link readBounds}. */
export const dayField = (
	displayName: string,
	name: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description: `${description}. Days are in the workflow's time zone.`,
});

/** A bound as the user enters it: the label of its field, and its value. */
type EnteredBound = [label: string, value: unknown];

/**
 * The period between two bounds, in epoch ms. A bound that is empty or means "ever" is left out.
 *
 * @param what a word for the records, for the error if the bounds are swapped
 * @returns undefined if there is no bound
 * @throws ParameterError
 */
export function readBounds(
	first: EnteredBound,
	last: EnteredBound,
	timezone: string,
	what: string,
): { from?: number; to?: number } | undefined {
	const read = ([label, value]: EnteredBound) =>
		value === undefined || value === null || value === '' || meansEver(value)
			? undefined
			: readPeriod(label, value, timezone);
	const from = read(first)?.start;
	const to = read(last)?.end;
	if (from === undefined && to === undefined) return undefined;
	if ((from ?? -Infinity) > (to ?? Infinity)) {
		throw new ParameterError(
			first[0],
			`is after '${last[0]}'`,
			`No ${what} can match. Enter the earlier date first.`,
		);
	}
	return { from, to };
}

/** Whether a text means "no bound": a day without a time, in a year where a program's calendar begins. */
function meansEver(value: unknown): boolean {
	if (typeof value !== 'string') return false;
	const date = DateTime.fromISO(written(value), { setZone: true });
	return date.isValid && EVER.includes(date.year) && +date === +date.startOf('day');
}

/** Rewrites a date with the year first as ISO 8601; keeps other text. */
function written(value: string): string {
	if (value.length > MAX_LENGTH) return value;
	const text = normalized(value.replace(/\p{Cf}/gu, ''), 'NFKC').trim();
	const parts =
		/^(\d{4})(?:年$| *[/.年-] *(\d{1,2})(?:月?$| *[/.月-] *(\d{1,2})(?:$|(?: *日|[T ]) *(.*)$)))/u.exec(
			text,
		);
	// "2026.11" could also be a number
	if (!parts || isNumber(text)) return text;
	const [, year, month, day, time] = parts;
	const date = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-');
	return time ? `${date}T${time.replace(/^(?=\d:)/, '0')}` : date;
}

const isNumber = (text: string) => /^[+-]?\d+(\.\d+)?$/.test(text);

function unitOf(text: string): 'year' | 'month' | 'week' | undefined {
	if (/^\d{4}$/.test(text)) return 'year';
	if (/^\d{4}-\d\d$/.test(text)) return 'month';
	return /^\d{4}-?W\d\d$/.test(text) ? 'week' : undefined;
}

function toDateTime(parameter: string, value: unknown, text: string, zone: string): DateTime {
	if (value === undefined || value === null || value === '') {
		throw new ParameterError(parameter, 'is empty', ADVICE, ADVICE_FOR_MODEL);
	}
	let date: DateTime | undefined;
	if (DateTime.isDateTime(value)) date = value.setZone(zone);
	else if (value instanceof Date) date = DateTime.fromJSDate(value, { zone });
	else if (typeof value === 'number') date = ofNumber(parameter, value, zone);
	else if (isNumber(text) && !/^\d{4}$/.test(text)) date = ofNumber(parameter, Number(text), zone);
	else if (typeof value === 'string') date = ofText(parameter, text, zone);
	if (date?.isValid) return date;
	throw new ParameterError(
		parameter,
		/^\d{4}-\d\d-\d\d/.test(text) || /^\d{8}$/.test(typeof value === 'number' ? `${value}` : text)
			? 'is a date that does not exist'
			: `is ${show(value)} that cannot be read as a date`,
		ADVICE,
		ADVICE_FOR_MODEL,
	);
}

/** A day as eight digits, an Excel day number, or milliseconds. */
function ofNumber(parameter: string, value: number, zone: string): DateTime | undefined {
	if (/^\d{8}$/.test(String(value))) return DateTime.fromISO(String(value), { zone });
	if (value >= 20_000 && value < 80_001) {
		// Excel's day numbers are local time.
		const wall = DateTime.fromMillis(Math.round((value - EXCEL_EPOCH) * DAY_MS), { zone: 'utc' });
		return wall.setZone(zone, { keepLocalTime: true });
	}
	const isIn = (ms: number) => {
		const { year } = DateTime.fromMillis(Math.trunc(ms), { zone });
		return year >= YEARS.first && year <= YEARS.last;
	};
	if (!(value > 0) || !Number.isFinite(value)) return undefined;
	if (isIn(value)) return DateTime.fromMillis(Math.trunc(value), { zone });
	if (isIn(value * 1000)) {
		throw new ParameterError(
			parameter,
			'looks like seconds since 1970, not milliseconds',
			'Multiply it by 1000, for example with {{ $json.date * 1000 }}.',
			ADVICE_FOR_MODEL,
		);
	}
	if (isIn(value / 1000)) {
		throw new ParameterError(
			parameter,
			'looks like microseconds since 1970, not milliseconds',
			'Divide it by 1000, for example with {{ $json.date / 1000 }}.',
			ADVICE_FOR_MODEL,
		);
	}
	return undefined;
}

function ofText(parameter: string, text: string, zone: string): DateTime | undefined {
	if (text.length > MAX_LENGTH) return undefined;
	const yearLast = /^\d{1,2}([/.-])\d{1,2}\1(\d{4}|\d\d)(?!\d)/.exec(text);
	if (yearLast) {
		throw new ParameterError(
			parameter,
			'does not make clear which number is the day',
			'Write the year first, with four digits, as in 2025-03-10.',
		);
	}
	if (/^T?\d{1,2}(:|$)/i.test(text)) {
		throw new ParameterError(
			parameter,
			'is a time without a date',
			'Add the date in front, as in 2025-03-10T10:30.',
		);
	}
	return DateTime.fromISO(text.replace(' ', 'T'), { zone });
}
