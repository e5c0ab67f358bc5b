import type { ParameterError } from '../../nodes/shared/form/parameterError';

/** What is said of a value that is refused, and what to do. @throws Error when it is accepted */
export function refusal(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		const { message, advice } = error as ParameterError;
		return `${message}. ${advice}`;
	}
	throw new Error('accepted');
}
