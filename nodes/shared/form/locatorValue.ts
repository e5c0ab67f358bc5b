import { isObject } from '../feishu/answer';
import { ParameterError } from './parameterError';

/** What a resource locator holds. */
interface LocatorValue {
	/** Absent if the workflow stores a bare value, or an expression returns one. */
	mode?: string;
	/** As entered: n8n does not trim it. */
	value: unknown;
}

/**
 * Splits a resource locator's stored value. Read the parameter without `extractValue`, which drops
 * the mode.
 *
 * @param parameter label of the parameter in the editor
 * @param stored `{ __rl, mode, value }`, the same from an expression (`mode` and `value` are
 * enough), or a bare value
 * @throws ParameterError if it is an object of another shape
 */
export function readLocator(parameter: string, stored: unknown): LocatorValue {
	if (!isObject(stored)) return { value: stored };
	const { mode, value } = stored;
	if (typeof mode !== 'string' || isObject(value)) throw notAValue(parameter);
	return { mode, value };
}

/**
 * The trimmed text of a value, or the digits of a whole number. Empty if there is none.
 *
 * @throws ParameterError if it is a list or an object, or a number that has lost its last digits
 */
export function locatorText(parameter: string, value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'bigint') return String(value);
	if (typeof value !== 'number') throw notAValue(parameter);
	if (Number.isSafeInteger(value) && value >= 0) return String(value);
	throw new ParameterError(
		parameter,
		'is a number that may have lost digits',
		'Enter it as text: put it in quotes, or format the column of the sheet as text.',
		'Enter it as text.',
	);
}

const notAValue = (parameter: string) =>
	new ParameterError(
		parameter,
		'is a list or an object, not a single value',
		'Enter the value itself, for example {{ $json.email }}. Use a separate input item for each value.',
		'Enter one value as text. Call the tool once for each value.',
	);
