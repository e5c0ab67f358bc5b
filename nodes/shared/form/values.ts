import type { IDataObject } from 'n8n-workflow';
import { ParameterError } from './parameterError';

/**
 * The values of a collection, such as Options.
 *
 * @param parameter label of the collection
 * @throws ParameterError if an expression gave something else
 */
export function readOptions(value: unknown, parameter = 'Options'): IDataObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new ParameterError(
			parameter,
			`is ${show(value)}, not an object`,
			'Use an expression that returns an object.',
		);
	}
	return value as IDataObject;
}

/** What expressions give in place of a missing value. Somebody may be called Null, but hardly null. */
export const isNoValue = (text: string): boolean =>
	['null', 'undefined', 'NaN', '[object Object]'].includes(text);

/** Quotation marks that are copied along from JSON, code or a document. */
const QUOTES = new Set('\'"“”‘’「」');

/** Removes quotation marks at both ends. Not a regex: one for the end of a text takes quadratic time. */
export function withoutQuotes(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && QUOTES.has(text.charAt(start))) start += 1;
	while (end > start && QUOTES.has(text.charAt(end - 1))) end -= 1;
	return text.slice(start, end);
}

/**
 * The entries of a list: an array (from an expression), a JSON array as text, or separated text.
 * Entries of separated text are trimmed and lose their quotation marks; empty ones are dropped.
 *
 * @returns undefined for a text that starts like a JSON array, but is not one
 */
export function entriesOf(value: unknown, separators: RegExp): unknown[] | undefined {
	// Array.from: an array from an expression can have holes, which map would skip.
	if (Array.isArray(value)) return Array.from<unknown>(value);
	if (typeof value !== 'string') return isBlank(value) ? [] : [value];
	const text = value.trim();
	if (text.startsWith('[')) {
		try {
			const parsed: unknown = JSON.parse(text);
			return Array.isArray(parsed) ? parsed : undefined;
		} catch {
			return undefined;
		}
	}
	return splitText(text, separators);
}

const splitText = (text: string, separators: RegExp): string[] =>
	text
		.split(separators)
		.map((entry) => withoutQuotes(entry.trim()).trim())
		.filter((entry) => entry !== '');

export const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** A number, such as a score, as text, unless it is so long that digits are lost. Any other value as it is. */
export const numberAsText = (value: unknown): unknown =>
	typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : value;

/** Western and Chinese commas and semicolons, and line breaks; a text may have spaces. */
const SEPARATORS = /[,;，；、\r\n]/;

/**
 * The texts of a parameter that takes a list; see {@link entriesOf}.
 *
 * @param advice what to enter instead
 * @returns an empty list if the parameter is empty
 * @throws ParameterError if an entry is neither text nor a number, or if there are only separators
 */
export function separatedTexts(parameter: string, value: unknown, advice: string): string[] {
	// A text that starts with a bracket need not be JSON.
	const entries = entriesOf(value, SEPARATORS) ?? splitText(String(value), SEPARATORS);
	const texts = entries.map(numberAsText).map((entry) => {
		if (typeof entry === 'string') return entry.trim();
		throw new ParameterError(
			parameter,
			`contains an entry that is ${show(entry)}, not text`,
			advice,
		);
	});
	const parts = texts.filter((text) => text !== '');
	if (parts.length === 0 && typeof value === 'string' && !isBlank(value)) {
		throw new ParameterError(parameter, 'contains only separators', advice);
	}
	return parts;
}

/** Returns the value if it is an allowed one. @throws ParameterError */
export function oneOf<T extends string | number>(
	parameter: string,
	value: unknown,
	allowed: readonly T[],
): T {
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined) {
		throw new ParameterError(
			parameter,
			'has an invalid value',
			`Use one of: ${allowed.join(', ')}.`,
		);
	}
	return found;
}

/** Returns the value if it is true or false. @throws ParameterError */
export function boolean(parameter: string, value: unknown): boolean {
	if (typeof value !== 'boolean') {
		throw new ParameterError(
			parameter,
			`is ${show(value)}, not true or false`,
			'Use the switch, or an expression that returns true or false.',
			'Use true or false.',
		);
	}
	return value;
}

/** Returns the value if it is a number from `min` to `max`. @throws ParameterError */
export function numberBetween(parameter: string, value: unknown, min: number, max: number): number {
	if (typeof value !== 'number' || !(value >= min && value <= max)) {
		throw notANumber(parameter, value, `a number from ${min} to ${max}`);
	}
	return value;
}

/**
 * Returns the value if it is an integer from `min` to `max` (`Infinity` for no upper limit).
 * @throws ParameterError
 */
export function integer(parameter: string, value: unknown, min: number, max: number): number {
	if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
		const bounds = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
		throw notANumber(parameter, value, `a whole number ${bounds}`);
	}
	return value as number;
}

function notANumber(parameter: string, value: unknown, wanted: string): ParameterError {
	return new ParameterError(
		parameter,
		`is ${typeof value === 'number' ? value : show(value)}, not ${wanted}`,
		typeof value === 'string'
			? 'The expression returns text. Convert it to a number, for example with {{ Number($json.value) }}.'
			: `Use ${wanted}.`,
		`Use ${wanted}.`,
	);
}

/** Names the kind of a value, not the value itself, which may be anything, even a phone number. */
export function show(value: unknown): string {
	if (value === null || value === undefined || value === '') return 'empty';
	if (typeof value === 'number') return 'a number';
	if (typeof value === 'boolean') return 'a boolean';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'string' ? 'text' : `a value of type ${typeof value}`;
}

/** Returns a list of allowed values as a set. @throws ParameterError if it is empty or has another value */
export function someOf<T extends string | number>(
	parameter: string,
	value: unknown,
	allowed: readonly T[],
): ReadonlySet<T> {
	if (!Array.isArray(value) || value.length === 0) {
		throw new ParameterError(
			parameter,
			Array.isArray(value) ? 'is empty' : `is ${show(value)}, not a list`,
			`Choose at least one of: ${allowed.join(', ')}.`,
		);
	}
	return new Set(Array.from<unknown>(value).map((entry) => oneOf(parameter, entry, allowed)));
}
