import type { BackgroundCheck } from '../hire/types';
import { separatedTexts } from './values';

/**
 * The result texts of a parameter, trimmed.
 *
 * @returns an empty list if the parameter is empty
 * @throws ParameterError if an entry is not text, or if there are only separators: everything would
 * pass
 */
export const readResults = (parameter: string, value: unknown): string[] =>
	separatedTexts(parameter, value, 'Enter one or more texts, separated by commas or new lines.');

/** The trimmed result of a check; empty if it has none (missing, null or empty). */
export function resultOf({ result }: BackgroundCheck): string {
	// Feishu documents a text; anything else is compared as JSON, not ignored.
	const text: unknown = result ?? '';
	return (typeof text === 'string' ? text : JSON.stringify(text)).trim();
}

/** Whether the check has one of the results; always true if none are given. */
export function hasResult(check: BackgroundCheck, results: readonly string[]): boolean {
	return results.length === 0 || results.includes(resultOf(check));
}
