import type { BackgroundCheck } from '../hire/types';
import { separatedTexts } from './values';

/**
 * The result texts of a parameter, without the spaces around them.
 *
 * @returns none when it is left empty
 * @throws ParameterError when something in it is no text, or when it is filled but names no result:
 * it would let everything through
 */
export const readResults = (parameter: string, value: unknown): string[] =>
	separatedTexts(parameter, value, 'Enter the results as text, separated by commas or new lines.');

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
