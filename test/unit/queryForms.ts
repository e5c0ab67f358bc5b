import type { Form } from '../../nodes/shared/form/form';
import type { ParameterError } from '../../nodes/shared/form/parameterError';
import { formOf } from './formOf';

/** Reads an item with an operation that reads synchronously. */
export function readWith<Q>(
	{ read }: { read: (form: Form) => Q | Promise<Q> },
	parameters: Record<string, unknown>,
	type?: string,
): Q {
	const request = read(formOf(parameters, { type }));
	if (request instanceof Promise) throw new Error('It is read later');
	return request;
}

/** The error of a parameter that is refused. @throws Error if it is accepted */
export function refused(work: () => unknown): ParameterError {
	try {
		work();
	} catch (error) {
		return error as ParameterError;
	}
	throw new Error('accepted');
}
