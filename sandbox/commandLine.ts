import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line is invalid. The message is one line for the user who typed it. */
export class UsageError extends Error {}

/**
 * Reads the flags of a command line.
 * @throws UsageError for a repeated flag (Node would take the last one) and for an unknown or
 * incomplete one, with the first sentence of Node's message
 */
export function readFlags<T extends NonNullable<ParseArgsConfig['options']>>(
	args: string[],
	options: T,
) {
	const { values, tokens } = parsed(args, options);
	const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
	const twice = names.find((name, index) => names.indexOf(name) < index);
	if (twice !== undefined) throw new UsageError(`--${twice} is given twice. See --help.`);
	return values;
}

function parsed<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
	try {
		return parseArgs({ args, options, tokens: true });
	} catch (error) {
		const [sentence] = (error as Error).message.split(/\.\s|\n/);
		throw new UsageError(`${sentence}. See --help.`);
	}
}

/**
 * Prints the error that ended a command to stderr.
 * @returns the exit code: 2 for a UsageError, 1 for anything else
 */
export function reportFailure(error: unknown): number {
	if (error instanceof UsageError) {
		console.error(error.message);
		return 2;
	}
	console.error(error instanceof Error ? error.message : error);
	return 1;
}
