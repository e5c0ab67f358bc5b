import type { IDataObject } from 'n8n-workflow';
import { ParameterError } from './parameterError';

/**
 * The values of a collection, such as Options.
 *
 * @param parameter label of the collection
 * @throws ParameterError when an expression gave something else
 */
export function readOptions(value: unknown, parameter = 'Options'): IDataObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new ParameterError(
			parameter,
			`is ${show(value)}, not a collection of options`,
			'Pass an object with the options.',
		);
	}
	return value as IDataObject;
}

/** Commas and semicolons of both scripts, and new lines; spaces may be part of a text. */
const SEPARATORS = /[,;，；、\r\n]/;

/**
 * The texts of a parameter, without the spaces around them: separated text, or an array whose texts
 * are taken as they are (an expression may give one).
 *
 * @param advice what to enter instead
 * @returns none when it is left empty
 * @throws ParameterError when something in it is no text, or when it holds separators only
 */
export function separatedTexts(parameter: string, value: unknown, advice: string): string[] {
	const isList = Array.isArray(value);
	// Array.from: an array from an expression can have holes, which map would pass over.
	const entries: unknown[] = isList ? Array.from<unknown>(value) : [value ?? ''];
	const texts = entries.map((entry) => {
		if (typeof entry === 'string') return entry;
		throw new ParameterError(parameter, `holds something that is ${show(entry)}, not text`, advice);
	});
	const parts = (isList ? texts : texts.flatMap((text) => text.split(SEPARATORS)))
		.map((text) => text.trim())
		.filter((text) => text !== '');
	if (parts.length === 0 && texts.some((text) => text.trim() !== '')) {
		throw new ParameterError(parameter, 'holds separators only', advice);
	}
	return parts;
}

/** The value, if it is one of those allowed. @throws ParameterError */
export function oneOf<T extends string | number>(
	parameter: string,
	value: unknown,
	allowed: readonly T[],
): T {
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined) {
		throw new ParameterError(
			parameter,
			'has a value that does not exist',
			`Use one of: ${allowed.join(', ')}.`,
		);
	}
	return found;
}

/** The value, if it is true or false. @throws ParameterError */
export function boolean(parameter: string, value: unknown): boolean {
	if (typeof value !== 'boolean') {
		throw new ParameterError(
			parameter,
			`is ${show(value)}, not true or false`,
			'Use the switch, or an expression that gives true or false.',
		);
	}
	return value;
}

/** The value, if it is a number from `min` to `max`. @throws ParameterError */
export function numberBetween(parameter: string, value: unknown, min: number, max: number): number {
	if (typeof value !== 'number' || !(value >= min && value <= max)) {
		throw notANumber(parameter, value, `a number from ${min} to ${max}`);
	}
	return value;
}

/** The value, if it is a whole number from `min` to `max` (`Infinity`: no upper bound). @throws ParameterError */
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
		`is ${show(value)}, not ${wanted}`,
		typeof value === 'string'
			? 'The expression gives text where a number is due: convert it, for example with {{ Number($json.value) }}.'
			: `Use ${wanted}.`,
	);
}

/** Names a value without quoting text: text may hold anything, also personal data. */
export function show(value: unknown): string {
	if (value === null || value === undefined || value === '') return 'empty';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'string' ? 'text' : `of type ${typeof value}`;
}
