import { ParameterError } from './parameterError';
import type { BackgroundCheck } from '../hire/types';
import { show } from './values';

/** Commas and semicolons of both scripts, and new lines; spaces may be part of a result. */
const SEPARATORS = /[,;，；、\r\n]/;

const ADVICE = 'Enter the results as text, separated by commas or new lines.';

/**
 * The result texts of a parameter, without the spaces around them: separated text, or an array whose
 * texts are taken as they are (an expression may give one).
 *
 * @param parameter label of the parameter in the editor
 * @returns none when it is left empty
 * @throws ParameterError when something in it is no text, or when it is filled but names no result:
 * it would let everything through
 */
export function readResults(parameter: string, value: unknown): string[] {
	const isList = Array.isArray(value);
	// Array.from: an array from an expression can have holes, which map would pass over.
	const entries: unknown[] = isList ? Array.from<unknown>(value) : [value ?? ''];
	const texts = entries.map((entry) => {
		if (typeof entry === 'string') return entry;
		throw new ParameterError(parameter, `holds something that is ${show(entry)}, not text`, ADVICE);
	});
	const results = (isList ? texts : texts.flatMap((text) => text.split(SEPARATORS)))
		.map((text) => text.trim())
		.filter((text) => text !== '');
	if (results.length === 0 && texts.some((text) => text.trim() !== '')) {
		throw new ParameterError(parameter, 'holds separators only', ADVICE);
	}
	return results;
}

/** The result of a check without the spaces around it; empty for none (missing, null or empty). */
export function resultOf({ result }: BackgroundCheck): string {
	// Feishu documents a text; anything else is compared as JSON rather than passed over.
	const text: unknown = result ?? '';
	return (typeof text === 'string' ? text : JSON.stringify(text)).trim();
}

/** Whether the check has one of the results; every check has, where there are none to choose from. */
export function hasResult(check: BackgroundCheck, results: readonly string[]): boolean {
	return results.length === 0 || results.includes(resultOf(check));
}
