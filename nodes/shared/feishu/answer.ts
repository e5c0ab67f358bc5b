import type { IDataObject } from 'n8n-workflow';
import { entryOf } from './codes';
import type { Failure } from './failure';
import { plainText } from './plainText';

/** An HTTP answer as n8n's helper returns it with `returnFullResponse`; header names are lower case. */
export interface Answer {
	statusCode: number;
	headers: IDataObject;
	/** Parsed when it was JSON, else the text. */
	body: unknown;
}

/** Feishu's envelope: `code` 0 means success, whatever the HTTP status says. */
export interface Envelope extends IDataObject {
	code: number;
}

/** How many scopes or fields a message names at most. */
const NAMED = 10;

export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isEnvelope = (body: unknown): body is Envelope =>
	isObject(body) && typeof body.code === 'number';

/** Milliseconds until the rate limit opens, where the answer says so (both headers are in seconds). */
function retryAfterMs(headers: IDataObject): number | undefined {
	const seconds = Number(headers['x-ogw-ratelimit-reset'] ?? headers['retry-after'] ?? NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Log IDs come in five places, by the age of the API (docs/feishu-api.md, Error envelope). */
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

function fromEnvelope(body: Envelope, answer: Answer, secrets: readonly string[]): Failure {
	const entry = entryOf(body.code);
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
		message: `${entry.meaning} (code ${body.code})`,
		reaction: entry.reaction,
		advice: entry.advice,
		appWide: entry.appWide,
		cause: entry.cause,
		code: body.code,
		feishuMessage: plainText(body.msg ?? body.message, secrets) || undefined,
		logId: logIdOf(body, answer.headers, secrets),
		httpStatus: answer.statusCode,
		...(scopes.length > 0 && { scopes }),
		...(fields.length > 0 && { fields }),
		...(entry.reaction === 'wait' && { retryAfterMs: retryAfterMs(answer.headers) }),
	};
}

/** An answer without a readable code: only the HTTP status can tell what to do. */
function fromStatus({ statusCode, headers }: Answer, secrets: readonly string[]): Failure {
	const common = { httpStatus: statusCode, logId: logIdOf({}, headers, secrets) };
	const checkBaseUrl = 'Check the region and the Custom Base URL of the credential.';
	if (statusCode === 429) {
		return {
			...common,
			message: 'Feishu received too many requests (HTTP 429)',
			reaction: 'wait',
			advice: entryOf(99991400).advice,
			retryAfterMs: retryAfterMs(headers),
		};
	}
	if (statusCode === 401) {
		return {
			...common,
			message: 'Feishu refused the access token (HTTP 401)',
			reaction: 'renewToken',
			advice: entryOf(99991663).advice,
			appWide: true,
		};
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			...common,
			message: `The server answered with a redirect (HTTP ${statusCode}), which is not followed`,
			reaction: 'fail',
			advice: checkBaseUrl,
			appWide: true,
		};
	}
	if (statusCode === 408 || statusCode >= 500) {
		return {
			...common,
			message: `Feishu, or a gateway before it, failed (HTTP ${statusCode})`,
			reaction: 'retry',
			advice: 'Run the workflow again later.',
		};
	}
	if (statusCode >= 200 && statusCode < 300) {
		return {
			...common,
			message: "The answer is not Feishu's JSON: it was empty, cut off or another page",
			reaction: 'retry',
			advice: `${checkBaseUrl} A proxy between n8n and Feishu can also cause this.`,
		};
	}
	return {
		...common,
		message: `The server does not know this address (HTTP ${statusCode})`,
		reaction: 'fail',
		advice: checkBaseUrl,
		appWide: true,
	};
}

/**
 * Judges an answer by its `code` first, by its HTTP status only when no code can be read.
 *
 * @param secrets texts that must not show up in a message, such as the app secret
 * @returns the envelope of a success, or the reason why it is none
 */
export function judge(
	answer: Answer,
	secrets: readonly string[] = [],
): { envelope: Envelope } | { failure: Failure } {
	if (!isEnvelope(answer.body)) return { failure: fromStatus(answer, secrets) };
	if (answer.body.code === 0) return { envelope: answer.body };
	return { failure: fromEnvelope(answer.body, answer, secrets) };
}
