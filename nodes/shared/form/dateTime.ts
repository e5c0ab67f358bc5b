import { DateTime } from 'luxon';
import { ParameterError } from './parameterError';
import { show } from './values';

/** Numbers below it are seconds: in milliseconds they would lie in 1973 at the latest. */
const FIRST_MS = 1e11;

/** The end of the year 9999. */
const LAST_MS = 253_402_300_799_999;

const ADVICE =
	'Choose a date, or use an expression that gives a date, an ISO 8601 text such as 2025-03-10, or milliseconds since 1970.';

/**
 * A moment that people enter: what n8n's picker stores, which has no zone, and what expressions give.
 *
 * @param parameter label of the parameter in the editor
 * @param timezone IANA name of the workflow's zone, for texts without an offset of their own
 * @returns epoch ms, from 1970 to the year 9999
 * @throws ParameterError
 */
export function readDateTime(parameter: string, value: unknown, timezone: string): number {
	const ms = parseDateTime(parameter, value, timezone).toMillis();
	if (ms > 0 && ms <= LAST_MS) return ms;
	throw unreadable(parameter, value);
}

/** The same as a date of any year. @throws ParameterError */
export function parseDateTime(parameter: string, value: unknown, timezone: string): DateTime {
	const refuse = (problem: string, advice = ADVICE) =>
		new ParameterError(parameter, problem, advice);
	if (value === undefined || value === null || value === '') throw refuse('is empty');
	if (typeof value === 'number') {
		if (value > 0 && value < FIRST_MS) {
			throw refuse(
				'looks like seconds since 1970, not milliseconds',
				'Multiply it by 1000, for example with {{ $json.date * 1000 }}.',
			);
		}
		if (!Number.isInteger(value)) throw refuse('is not a whole number of milliseconds');
	}
	if (typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value)) {
		throw refuse(
			'is a number as text',
			'Convert it, for example with {{ Number($json.date) }}: milliseconds since 1970.',
		);
	}
	const date = toDateTime(value, timezone);
	if (!date?.isValid) throw unreadable(parameter, value);
	return date;
}

const unreadable = (parameter: string, value: unknown) =>
	new ParameterError(
		parameter,
		typeof value === 'string' && /^\s*\d{4}-\d\d-\d\d/.test(value)
			? 'is no day of the calendar'
			: `is ${show(value)} that cannot be read as a date`,
		ADVICE,
	);

/** A number is given by an expression; zero and less stand for no date. */
function toDateTime(value: unknown, zone: string): DateTime | undefined {
	if (DateTime.isDateTime(value)) return value;
	if (value instanceof Date) return DateTime.fromJSDate(value);
	if (typeof value === 'number') return value > 0 ? DateTime.fromMillis(value) : undefined;
	if (typeof value !== 'string') return undefined;
	return DateTime.fromISO(value.trim().replace(' ', 'T'), { zone });
}
