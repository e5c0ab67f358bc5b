import { beforeAll, type RecordStore } from '../data/recordStore';
import { type Answer, EarlyAnswer, fieldViolation, parameterError, success } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { type PageState, queryFingerprint } from './pageTokens';

export interface Page<T> {
	records: T[];
	/** Where the next page starts; undefined on the last one. */
	next: PageState | undefined;
}

/**
 * Reads page_size: an integer from 1, by default 10.
 * @param most the documented maximum of the list
 * @throws EarlyAnswer with the answer that the switch selects, for anything else
 */
export function readPageSize(tenant: Tenant, request: RequestRecord, most = 20): number {
	const text = request.query.page_size || '10';
	const size = /^\d{1,9}$/.test(text) ? Number(text) : 0;
	const { pageSizeError } = tenant.options.open;
	if (size >= 1 && (size <= most || pageSizeError === 'clipped')) {
		return Math.min(size, most, tenant.options.maxPageSize);
	}
	const why = `page_size must be an integer from 1 to ${most}`;
	const answers = {
		'1002002': () => parameterError(request, why),
		'99992402': () => fieldViolation(request, 'page_size', text, why),
		empty: () => pageAnswer(tenant, { records: [], next: undefined }),
	};
	throw new EarlyAnswer(answers[pageSizeError === 'clipped' ? '1002002' : pageSizeError]());
}

/**
 * Where the request's page starts: at its page_token, or at the beginning.
 * @param conditions the filters of the list; a token of other conditions is refused
 * @throws EarlyAnswer for a token that is not valid for this list
 */
export function readStart(
	tenant: Tenant,
	request: RequestRecord,
	conditions: unknown,
	paging: PageState['paging'],
): PageState {
	const query = queryFingerprint([request.api, conditions]);
	const token = request.query.page_token;
	if (!token) return { query, paging, position: paging === 'offset' ? 0 : beforeAll };
	const state = tenant.pageTokens.decode(token);
	if (state?.query === query) return state;
	const why = 'page_token is invalid or belongs to another query';
	throw new EarlyAnswer(parameterError(request, why));
}

/** A page of a list that is in memory as a whole. */
export function pageOfList<T>(list: T[], start: PageState, size: number): Page<T> {
	const end = start.position + size;
	const next = end < list.length ? { ...start, position: end } : undefined;
	return { records: list.slice(start.position, end), next };
}

/** A page of a store, or of one of its groups. */
export function pageOfStore<T extends { id: string }>(
	store: RecordStore<T>,
	group: string | undefined,
	start: PageState,
	size: number,
): Page<T> {
	const { paging, position } = start;
	const from = paging === 'offset' ? { offset: position } : { after: position };
	const { records, lastPlace, hasMore } = store.page(group, from, size);
	const nextPosition = paging === 'offset' ? position + size : lastPlace;
	return { records, next: hasMore ? { ...start, position: nextPosition } : undefined };
}

/** A successful answer with `items`. The switch selects the shape of an empty one. */
export function pageAnswer(tenant: Tenant, { records, next }: Page<unknown>): Answer {
	const data = listData(tenant, 'items', records);
	if (Object.keys(data).length === 0 && tenant.options.open.emptyAnswer === 'noData') {
		return success({});
	}
	if (next !== undefined) data.page_token = tenant.pageTokens.encode(next);
	else if (tenant.options.open.lastPageToken === 'empty') data.page_token = '';
	data.has_more = next !== undefined;
	return success(data);
}

/** `data` with a list in it. The switch selects the shape of an empty one. */
export function listData(tenant: Tenant, name: string, list: unknown[]): Record<string, unknown> {
	const { emptyAnswer } = tenant.options.open;
	if (list.length > 0 || emptyAnswer === 'array') return { [name]: list };
	return emptyAnswer === 'null' ? { [name]: null } : {};
}
