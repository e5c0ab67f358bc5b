import type { IDataObject } from 'n8n-workflow';
import { entryOf, FEISHU_CODES } from './codes';
import type { Failure } from './failure';
import { plainText } from './plainText';
import { isServerFault, statusEntryOf } from './statuses';

/** An HTTP answer as n8n's helper returns it with `returnFullResponse`; header names are lower case. */
export interface Answer {
	statusCode: number;
	headers: IDataObject;
	/** Parsed if it was JSON, otherwise text. */
	body: unknown;
}

/** Feishu's envelope: `code` 0 means success, whatever the HTTP status says. */
export interface Envelope extends IDataObject {
	code: number;
}

/** The most scopes or fields that a message names. */
const NAMED = 10;

export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gateways repeat the HTTP status as `code`, which is then not a code of Feishu's. */
const isEnvelope = (body: unknown, statusCode: number): body is Envelope =>
	isObject(body) && typeof body.code === 'number' && body.code !== statusCode;

/** Milliseconds until the rate limit resets, if the answer says so (both headers are in seconds). */
function retryAfterMs(headers: IDataObject): number | undefined {
	const seconds = Number(headers['x-ogw-ratelimit-reset'] ?? headers['retry-after'] ?? NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/**
 * The log ID is in one of five places, depending on the age of the API (docs/feishu-api.md, Error
 * envelope).
 */
function logIdOf(
	body: IDataObject,
	headers: IDataObject,
	secrets: readonly string[],
): string | undefined {
	const error = isObject(body.error) ? body.error : {};
	const logId =
		error.log_id ?? error.logid ?? body.log_id ?? headers['x-tt-logid'] ?? headers['x-request-id'];
	return plainText(logId, secrets) || undefined;
}

const objectsIn = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject).slice(0, NAMED) : [];

function fromEnvelope(
	body: Envelope,
	answer: Answer,
	baseUrl: string,
	secrets: readonly string[],
): Failure {
	const { code } = body;
	// An unknown code means that Feishu refused, unless the server failed: then it may have done the
	// work.
	const isLost = FEISHU_CODES[code] === undefined && isServerFault(answer.statusCode);
	const entry = isLost ? statusEntryOf(answer.statusCode, baseUrl, code) : entryOf(code);
	const error = isObject(body.error) ? body.error : {};
	const scopes = objectsIn(error.permission_violations)
		.map((violation) => plainText(violation.subject ?? violation.scope, secrets))
		.filter(Boolean);
	const fields = objectsIn(error.field_violations)
		.map(
			({ field, description }) =>
				`${plainText(field, secrets)}: ${plainText(description, secrets)}`,
		)
		.filter((text) => text !== ': ');
	return {
		message: isLost ? entry.meaning : `${entry.meaning} (code ${code})`,
		reaction: entry.reaction,
		advice: entry.advice,
		appWide: entry.appWide,
		cause: entry.cause,
		code,
		feishuMessage: plainText(body.msg ?? body.message, secrets) || undefined,
		logId: logIdOf(body, answer.headers, secrets),
		httpStatus: answer.statusCode,
		...(scopes.length > 0 && { scopes }),
		...(fields.length > 0 && { fields }),
		...(entry.reaction === 'wait' && { retryAfterMs: retryAfterMs(answer.headers) }),
	};
}

/** For an answer without a Feishu code: only the HTTP status says what to do. */
function fromStatus(
	{ statusCode, headers }: Answer,
	baseUrl: string,
	secrets: readonly string[],
): Failure {
	const { meaning, ...entry } = statusEntryOf(statusCode, baseUrl);
	return {
		...entry,
		message: meaning,
		httpStatus: statusCode,
		logId: logIdOf({}, headers, secrets),
		...(entry.reaction === 'wait' && { retryAfterMs: retryAfterMs(headers) }),
	};
}

/**
 * Judges an answer by its `code`, or by its HTTP status if the code is missing or unknown.
 *
 * @param baseUrl the base URL that was called
 * @param secrets texts that no message may show, such as the app secret
 * @returns the envelope if the call succeeded, otherwise the failure
 */
export function judge(
	answer: Answer,
	baseUrl: string,
	secrets: readonly string[] = [],
): { envelope: Envelope } | { failure: Failure } {
	if (!isEnvelope(answer.body, answer.statusCode))
		return { failure: fromStatus(answer, baseUrl, secrets) };
	if (answer.body.code === 0) return { envelope: answer.body };
	return { failure: fromEnvelope(answer.body, answer, baseUrl, secrets) };
}
