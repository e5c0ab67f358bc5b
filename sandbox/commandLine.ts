import { parseArgs, type ParseArgsConfig } from 'node:util';

/** What was typed cannot be meant; the message is one line for the person who typed it. */
export class UsageError extends Error {}

/**
 * The flags of a command line.
 * @throws UsageError for a flag that is given twice, of which Node would take the last one; and with the
 * first sentence of what Node says about an unknown or incomplete flag
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
 * Says what ended a command, on stderr.
 * @returns the exit code: 2 for what was typed, 1 for everything else
 */
export function reportFailure(error: unknown): number {
	if (error instanceof UsageError) {
		console.error(error.message);
		return 2;
	}
	console.error(error instanceof Error ? error.message : error);
	return 1;
}
