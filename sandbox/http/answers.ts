import type { FileContent } from '../data/files';
import type { RequestRecord } from './request';

/** How an answer is delivered; if absent, as a whole. */
type Delivery =
	| { kind: 'reset' }
	| { kind: 'hang' }
	| { kind: 'cut' }
	| { kind: 'no_http' }
	| { kind: 'slow'; bytesPerSecond: number };

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer | FileContent;
	delivery?: Delivery;
	/** Additional delay in ms before the answer, on top of latencyMs. */
	delayMs?: number;
}

/** Thrown by a check that already knows the whole answer. The server sends it. */
export class EarlyAnswer extends Error {
	constructor(readonly answer: Answer) {
		super(`answered ${answer.status}`);
	}
}

const plainText = { 'content-type': 'text/plain; charset=utf-8' };

/** An answer with a JSON body. */
export function jsonAnswer(
	status: number,
	value: unknown,
	headers: Record<string, string> = {},
): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(value),
	};
}

/** `code` 0 with `data`. */
export function success(data: unknown): Answer {
	return jsonAnswer(200, { code: 0, msg: 'success', data });
}

interface Refusal {
	status: number;
	code: number;
	msg: string;
	/** Further fields of `error`, besides log ID and troubleshooter. */
	error?: Record<string, unknown>;
	headers?: Record<string, string>;
}

/** The error envelope, as seen in practice: `error.log_id` and a link (docs/feishu-api.md). */
export function refusal(request: RequestRecord, why: Refusal): Answer {
	const error = {
		log_id: request.logId,
		troubleshooter: `排查建议查看(Troubleshooting suggestions): https://open.feishu.cn/search?log_id=${request.logId}`,
		...why.error,
	};
	return jsonAnswer(why.status, { code: why.code, msg: why.msg, error }, why.headers);
}

/** 1002002 with HTTP 400: Hire's only documented parameter error. */
export function parameterError(request: RequestRecord, what: string): Answer {
	return refusal(request, { status: 400, code: 1002002, msg: `param error: ${what}` });
}

/** 99992402 with HTTP 400: the gateway's own field validation. */
export function fieldViolation(
	request: RequestRecord,
	field: string,
	value: string,
	description: string,
): Answer {
	const error = { field_violations: [{ field, value, description }] };
	return refusal(request, { status: 400, code: 99992402, msg: 'field validation failed', error });
}

/** 1002001: the system error, with HTTP 500. Only "批量获取人才ID" documents HTTP 200 for it. */
export function systemError(request: RequestRecord): Answer {
	const status = request.api === 'batch_get_id' ? 200 : 500;
	return refusal(request, { status, code: 1002001, msg: 'system error' });
}

/** The answer of Feishu's gateway to an unknown path or method, which is not JSON. */
export function notFound(): Answer {
	return { status: 404, headers: plainText, body: '404 page not found' };
}

/** A refusal in plain text, as file hosts send it. */
export function forbidden(why: string): Answer {
	return { status: 403, headers: plainText, body: why };
}

/** The JSON object of an answer; undefined if its body is none. */
export function jsonBody(answer: Answer): Record<string, unknown> | undefined {
	if (typeof answer.body !== 'string') return undefined;
	return jsonObject(answer.body);
}

/** A copy of an object without some of its fields. */
export function without(value: Record<string, unknown>, ...fields: string[]) {
	const kept = Object.entries(value).filter(([field]) => !fields.includes(field));
	return Object.fromEntries(kept);
}

/** @returns the object in a JSON text; undefined for anything else */
export function jsonObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}
