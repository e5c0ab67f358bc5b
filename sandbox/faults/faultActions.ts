import { bearerToken, invalidToken, rateLimited } from '../gateway/gateway';
import { tokenOfSamePage } from '../hire/samePage';
import { jsonAnswer, jsonBody, refusal, without } from '../http/answers';
import type { Tenant } from '../tenant';
import type { Answer, RequestRecord } from '../types';

/**
 * What can go wrong, and when: before the request is carried out, so that nothing is written, or
 * after, so that the record is there and only the answer is lost. Left out: before for what a gateway
 * says (expire, rate_limit, redirect), after for the rest. All but the function can be sent as JSON.
 */
export type FaultAction =
	| (FaultKind & { when?: 'before' | 'after' })
	| ((request: RequestRecord, answer: Answer) => Answer | Promise<Answer>);

/** What can go wrong, whenever it does. */
export type FaultKind =
	/** Any answer. Without `body` an error envelope with `code`; an object is sent as JSON. */
	| {
			kind: 'answer';
			status: number;
			code?: number;
			msg?: string;
			headers?: Record<string, string>;
			body?: unknown;
	  }
	/** The connection is reset before a byte is sent. */
	| { kind: 'reset' }
	/** No answer until the sandbox closes. */
	| { kind: 'hang' }
	/** The whole length is announced, half of the body sent, the connection ended. */
	| { kind: 'cut' }
	/** A complete transfer with HTTP 200 of half the body. */
	| { kind: 'truncated' }
	/** A gateway's HTML page; HTTP 502 by default. */
	| { kind: 'html'; status?: number }
	/** No body; HTTP 200 by default. */
	| { kind: 'empty'; status?: number }
	/** HTTP 200, JSON, but no `code`. */
	| { kind: 'no_code' }
	/** 99991663, and the token really is void from now on. */
	| { kind: 'expire' }
	/** 99991400; `reset` in seconds (1), null leaves the header out. */
	| { kind: 'rate_limit'; reset?: number | null; status?: number }
	/** has_more without a page_token. */
	| { kind: 'token_missing' }
	/** has_more with the page_token the request came with. */
	| { kind: 'token_repeats' }
	/** has_more and a new page_token for ever, for the same items. */
	| { kind: 'endless' }
	/** A redirect (302); `to` without a path keeps path and query of the request. */
	| { kind: 'redirect'; to: string; status?: number }
	/** The ordinary answer, ms later. */
	| { kind: 'delay'; ms: number }
	/** The ordinary answer at so many bytes/s. */
	| { kind: 'slow'; bytesPerSecond: number };

/** Faults that need nothing but their name. */
export type PlainFault =
	| 'reset'
	| 'hang'
	| 'cut'
	| 'truncated'
	| 'html'
	| 'empty'
	| 'no_code'
	| 'expire'
	| 'rate_limit'
	| 'token_missing'
	| 'token_repeats'
	| 'endless';

const ordinaryLimit = 10;

/** Whether a fault bends the page of a successful batch_query. */
export function changesPages(action: FaultAction): boolean {
	if (typeof action === 'function') return false;
	return ['token_missing', 'token_repeats', 'endless'].includes(action.kind);
}

/** Whether a fault strikes before the request is carried out. */
export function strikesBefore(action: FaultAction): boolean {
	if (typeof action === 'function') return false;
	const isGateways = ['expire', 'rate_limit', 'redirect'].includes(action.kind);
	return action.when === undefined ? isGateways : action.when === 'before';
}

/**
 * Turns the ordinary answer into the faulty one.
 * @param answer what would have been sent; 1002001 for a request that was not carried out
 */
export function performFault(
	tenant: Tenant,
	request: RequestRecord,
	answer: Answer,
	action: FaultAction,
): Answer | Promise<Answer> {
	if (typeof action === 'function') return action(request, answer);
	switch (action.kind) {
		case 'answer':
			return givenAnswer(request, action);
		case 'reset':
		case 'hang':
		case 'cut':
			return { ...answer, delivery: { kind: action.kind } };
		case 'truncated':
			return { ...answer, status: 200, body: firstHalf(answer) };
		case 'html':
			return htmlAnswer(action.status ?? 502);
		case 'empty':
			return { status: action.status ?? 200, headers: {}, body: '' };
		case 'no_code':
			return withoutCode(answer);
		case 'expire':
			tenant.tokens.revoke(bearerToken(request) ?? '');
			return invalidToken(tenant, request);
		case 'rate_limit': {
			const { reset = 1, status = tenant.options.open.rateLimitStatus } = action;
			const limit = tenant.options.requestsPerSecond ?? ordinaryLimit;
			return rateLimited(request, limit, reset, status);
		}
		case 'token_missing':
			return withPaging(answer, undefined);
		case 'token_repeats':
			return withPaging(answer, request.query.page_token || tokenOfSamePage(tenant, request));
		case 'endless':
			return withPaging(answer, tokenOfSamePage(tenant, request));
		case 'redirect':
			return redirect(tenant, request, action);
		case 'delay':
			return { ...answer, delayMs: action.ms };
		case 'slow':
			return { ...answer, delivery: { kind: 'slow', bytesPerSecond: action.bytesPerSecond } };
	}
}

function givenAnswer(
	request: RequestRecord,
	action: Extract<FaultAction, { kind: 'answer' }>,
): Answer {
	const { status, code = 1002001, msg = 'fault of the sandbox', headers, body } = action;
	if (body === undefined) return refusal(request, { status, code, msg, headers });
	if (typeof body !== 'string') return jsonAnswer(status, body, headers);
	return { ...jsonAnswer(status, null, headers), body };
}

function firstHalf(answer: Answer): string {
	const text = typeof answer.body === 'string' ? answer.body : '';
	return text.slice(0, Math.floor(text.length / 2));
}

function htmlAnswer(status: number): Answer {
	const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
	return { status, headers: { 'content-type': 'text/html' }, body };
}

function withoutCode(answer: Answer): Answer {
	return jsonAnswer(200, without(jsonBody(answer) ?? {}, 'code'));
}

function withPaging(answer: Answer, pageToken: string | undefined): Answer {
	const body = jsonBody(answer) ?? {};
	const data = { ...(body.data as object), has_more: true, page_token: pageToken };
	return jsonAnswer(200, { ...body, data });
}

function redirect(
	tenant: Tenant,
	request: RequestRecord,
	action: Extract<FaultAction, { kind: 'redirect' }>,
): Answer {
	const target = new URL(action.to, tenant.url);
	if (target.pathname === '/') {
		target.pathname = request.path;
		target.search = new URLSearchParams(request.query).toString();
	}
	return { status: action.status ?? 302, headers: { location: target.href }, body: '' };
}
