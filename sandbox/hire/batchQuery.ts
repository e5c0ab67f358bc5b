import { parameterError } from '../http/answers';
import { pageAnswer, readConditions, readPageSize } from './batchQueryParameters';
import type { Conditions } from './batchQueryParameters';
import { beforeAll } from '../data/checkStore';
import { EarlyAnswer } from '../http/earlyAnswer';
import { queryFingerprint } from './pageTokens';
import type { PageState } from './pageTokens';
import type { Tenant } from '../tenant';
import type { Answer, Check, RequestRecord } from '../types';

interface Page {
	checks: Check[];
	/** Where the next page starts; undefined on the last one. */
	next: PageState | undefined;
}

/**
 * POST external_background_checks/batch_query, after the gateway (batch-query.zh.md; open
 * questions as switched).
 * @throws EarlyAnswer for whatever is wrong with a parameter
 */
export function answerBatchQuery(tenant: Tenant, request: RequestRecord): Answer {
	const conditions = readConditions(tenant, request);
	if ('ids' in conditions && tenant.options.open.idListPaging === 'ignore') {
		return pageAnswer(tenant, listedChecks(tenant, conditions.ids), undefined);
	}
	const size = readPageSize(tenant, request);
	const { checks, next } = readPage(tenant, conditions, readStart(tenant, request), size);
	return pageAnswer(tenant, checks, next && tenant.pageTokens.encode(next));
}

/**
 * A page_token that answers the request's own page again. The faults that make paging go round
 * hand it out, so that the server takes it like any other.
 * @throws EarlyAnswer when the request itself is refused
 */
export function tokenOfSamePage(tenant: Tenant, request: RequestRecord): string {
	return tenant.pageTokens.encode(readStart(tenant, request));
}

/** Where the request's page starts: at its page_token, or at the beginning. */
function readStart(tenant: Tenant, request: RequestRecord): PageState {
	const conditions = readConditions(tenant, request);
	const query = queryFingerprint(conditions);
	const token = request.query.page_token;
	if (token) {
		const state = tenant.pageTokens.decode(token);
		if (state?.query === query) return state;
		const why = 'page_token is invalid or belongs to another query';
		throw new EarlyAnswer(parameterError(request, why));
	}
	const byOffset = 'ids' in conditions || tenant.options.open.paging === 'offset';
	return byOffset
		? { query, paging: 'offset', position: 0 }
		: { query, paging: 'cursor', position: beforeAll };
}

function readPage(tenant: Tenant, conditions: Conditions, start: PageState, size: number): Page {
	const { paging, position } = start;
	if ('ids' in conditions) {
		const found = listedChecks(tenant, conditions.ids);
		const end = position + size;
		const next = end < found.length ? { ...start, position: end } : undefined;
		return { checks: found.slice(position, end), next };
	}
	const applicationId = 'applicationId' in conditions ? conditions.applicationId : undefined;
	const from = paging === 'offset' ? { offset: position } : { after: position };
	const { checks, lastPlace, hasMore } = tenant.checks.page(applicationId, from, size);
	const nextPosition = paging === 'offset' ? position + size : lastPlace;
	return { checks, next: hasMore ? { ...start, position: nextPosition } : undefined };
}

/** The known ones of the IDs asked for, each once, in the order switched on. */
function listedChecks(tenant: Tenant, ids: string[]): Check[] {
	const { checks, options } = tenant;
	const found = [...new Set(ids)].filter((id) => checks.byId(id) !== undefined);
	if (options.open.idOrder === 'reversed') found.reverse();
	if (options.open.idOrder === 'stored') {
		found.sort((a, b) => (checks.placeOf(a) ?? 0) - (checks.placeOf(b) ?? 0));
	}
	return found.flatMap((id) => checks.byId(id) ?? []);
}
