import { EarlyAnswer, fieldViolation, jsonObject, parameterError, refusal } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';

/**
 * The JSON object in a request.
 * @throws EarlyAnswer with the refusal that the switch selects, if there is none
 */
export function readBody(tenant: Tenant, request: RequestRecord): Record<string, unknown> {
	const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
	const body = isJson ? jsonObject(request.body) : undefined;
	if (body !== undefined) return body;
	const why = 'the body must be a JSON object sent as application/json';
	throw new EarlyAnswer(
		tenant.options.open.badBody === '1002002'
			? parameterError(request, why)
			: refusal(request, { status: 400, code: 9499, msg: `Bad Request: ${why}` }),
	);
}

/**
 * A list of texts in the body.
 * @returns undefined if the field is absent or null
 * @throws EarlyAnswer with the refusal that the switch selects, for another type
 */
export function readTexts(
	tenant: Tenant,
	request: RequestRecord,
	body: Record<string, unknown>,
	field: string,
): string[] | undefined {
	const list = body[field];
	if (list === undefined || list === null) return undefined;
	if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
	throw wrongType(tenant, request, field, list, 'must be an array of strings');
}

/**
 * A field of the body with a simple type.
 * @returns undefined if the field is absent or null
 * @throws EarlyAnswer with the refusal that the switch selects, for another type
 */
export function readField<T extends 'string' | 'number'>(
	tenant: Tenant,
	request: RequestRecord,
	body: Record<string, unknown>,
	field: string,
	type: T,
): (T extends 'string' ? string : number) | undefined {
	const value = body[field];
	if (value === undefined || value === null) return undefined;
	const holds = type === 'number' ? Number.isInteger(value) : typeof value === 'string';
	if (holds) return value as T extends 'string' ? string : number;
	throw wrongType(
		tenant,
		request,
		field,
		value,
		`must be ${type === 'number' ? 'an int' : 'a string'}`,
	);
}

/**
 * A time of a filter: epoch ms as text.
 * @returns undefined if the text is absent or empty
 * @throws EarlyAnswer for another text
 */
export function readTime(
	request: RequestRecord,
	name: string,
	text: string | undefined,
): number | undefined {
	if (!text) return undefined;
	if (/^\d{1,13}$/.test(text)) return Number(text);
	throw new EarlyAnswer(parameterError(request, `${name} must be a time in ms`));
}

/** IDs are decimal, mostly with 19 digits; 64 bits need at most 20. */
export function isId(id: string): boolean {
	return /^\d{1,20}$/.test(id);
}

/** The last part of the request's path, where an API has its ID. */
export function idOfPath(request: RequestRecord): string {
	return request.path.slice(request.path.lastIndexOf('/') + 1);
}

/** The refusal of a wrong type, by the gateway or by Hire (a switch). */
function wrongType(
	tenant: Tenant,
	request: RequestRecord,
	field: string,
	value: unknown,
	description: string,
): EarlyAnswer {
	return new EarlyAnswer(
		tenant.options.open.listTypeError === '1002002'
			? parameterError(request, `${field} has the wrong type`)
			: fieldViolation(request, field, JSON.stringify(value), description),
	);
}
