import type { ParameterError } from '../../nodes/shared/form/parameterError';

const inWords = (error: unknown) => {
	const { message, advice } = error as ParameterError;
	return `${message}. ${advice}`;
};

/** What is said about a refused value, and what to do. @throws Error if it is accepted */
export function refusal(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return inWords(error);
	}
	throw new Error('accepted');
}

/** The same for a value that is refused later. */
export async function laterRefusal(work: Promise<unknown>): Promise<string> {
	const said = await work.then(() => undefined, inWords);
	return said ?? (await Promise.reject(new Error('accepted')));
}
