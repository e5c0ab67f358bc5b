import { bearerToken, invalidToken, rateLimited } from '../gateway/gateway';
import { isPaged, tokenOfSamePage } from '../hire/samePage';
import { type Answer, jsonAnswer, jsonBody, refusal, systemError, without } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Work } from '../router';
import type { Tenant } from '../tenant';
import type { FaultAction } from './faults';

const ordinaryLimit = 10;

/**
 * Carries out the request, and lets a fault strike before or after that, if one is due.
 * @param nth the request's number among those of its API
 */
export async function answerOrFault(
	tenant: Tenant,
	request: RequestRecord,
	nth: number,
	work: Work,
): Promise<Answer> {
	let answer: Answer | undefined;
	const ordinary = () => (answer ??= work.carryOut());
	const isPage = () => isPaged(request.api) && jsonBody(ordinary())?.code === 0;
	const action = tenant.faults.strike(request, nth, isPage);
	if (action === undefined) return ordinary();
	const isLost = !work.isRefused && strikesBefore(action);
	return await performFault(tenant, request, isLost ? systemError(request) : ordinary(), action);
}

/** Whether a fault strikes before the request is carried out. */
function strikesBefore(action: FaultAction): boolean {
	if (typeof action === 'function') return false;
	const isGateways = ['expire', 'rate_limit', 'redirect'].includes(action.kind);
	return action.when === undefined ? isGateways : action.when === 'before';
}

/**
 * Turns the ordinary answer into the faulty one.
 * @param answer the ordinary answer; 1002001 for a request that was not carried out
 */
function performFault(
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
		case 'no_http':
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
