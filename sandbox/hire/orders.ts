import { compareKeys, type Order } from '../data/orderStore';
import { type Answer, refusal } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { listed } from './idLists';
import { orderRows } from './orderAnswer';
import { type OrderConditions, readOrderConditions, type Span } from './orderParameters';
import type { PageState } from './pageTokens';
import { type Page, pageAnswer, pageOfList, pageOfStore, readPageSize, readStart } from './paging';

/**
 * GET background_check_orders and POST background_check_orders/batch_query (Feishu "获取背调信息列表",
 * "查询背调信息列表").
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerOrders(tenant: Tenant, request: RequestRecord): Answer {
	const { open } = tenant.options;
	const conditions = readOrderConditions(tenant, request);
	const found = matching(tenant, conditions);
	const rowsOf = (page: Page<Order>) =>
		pageAnswer(tenant, { ...page, records: orderRows(tenant, request, page.records) });
	if (found.length === 0 && open.noOrders === 'error') return idListIsEmpty(request);
	if ('ids' in conditions && open.idListPaging === 'ignore') {
		return rowsOf({ records: found, next: undefined });
	}
	const size = readPageSize(tenant, request, 100);
	const start = readStart(tenant, request, conditions, pagingOf(tenant, conditions));
	return rowsOf(pageOfOrders(tenant, found, start, size));
}

/** Where a page of orders starts. @throws EarlyAnswer if the request is refused */
export function startOfOrders(tenant: Tenant, request: RequestRecord): PageState {
	const conditions = readOrderConditions(tenant, request);
	return readStart(tenant, request, conditions, pagingOf(tenant, conditions));
}

/**
 * GET applications (Feishu "获取投递列表"): only the IDs of ordinary applications. The only filter of the
 * sandbox is talent_id; an unknown talent has no application.
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerOrdinaryApplications(tenant: Tenant, request: RequestRecord): Answer {
	const size = readPageSize(tenant, request, 200);
	const start = startOfOrdinaryApplications(tenant, request);
	const talent = request.query.talent_id || undefined;
	const page = pageOfStore(tenant.ordinaryApplications, talent, start, size);
	if (page.records.length === 0 && tenant.options.open.talentWithoutApplications === 'error') {
		return idListIsEmpty(request);
	}
	return pageAnswer(tenant, { ...page, records: page.records.map(({ id }) => id) });
}

/** Where a page of applications starts. @throws EarlyAnswer for a wrong page_token */
export function startOfOrdinaryApplications(tenant: Tenant, request: RequestRecord): PageState {
	const conditions = { talentId: request.query.talent_id };
	return readStart(tenant, request, conditions, tenant.options.open.paging);
}

function idListIsEmpty(request: RequestRecord): Answer {
	return refusal(request, { status: 400, code: 1002002, msg: 'IDList is empty' });
}

function pagingOf(tenant: Tenant, conditions: OrderConditions): PageState['paging'] {
	return 'ids' in conditions ? 'offset' : tenant.options.open.orderPaging;
}

function matching(tenant: Tenant, conditions: OrderConditions): Order[] {
	const { orders, options } = tenant;
	if ('ids' in conditions) return listed(tenant, orders, conditions.ids);
	const { applicationId, updated, begun, status } = conditions;
	const sorted = orders.sorted(options.open.orderSort, applicationId);
	if (!updated && !begun && status === undefined) return sorted;
	return sorted.filter(
		(order) =>
			isWithin(tenant, order.update_time, updated) &&
			isWithin(tenant, order.begin_time, begun) &&
			(status === undefined || order.order_status === status),
	);
}

function isWithin(tenant: Tenant, text: string | undefined, span: Span | undefined): boolean {
	if (span === undefined) return true;
	const { orderTimeBounds: bounds } = tenant.options.open;
	const time = Number(text);
	if (time === span.to) return bounds === 'inclusive';
	if (time === span.from) return bounds !== 'exclusive';
	return span.from < time && time < span.to;
}

function pageOfOrders(tenant: Tenant, found: Order[], start: PageState, size: number): Page<Order> {
	if (start.paging === 'offset') return pageOfList(found, start, size);
	const { after } = start;
	const keyOf = (order: Order) => tenant.orders.keyOf(order, tenant.options.open.orderSort);
	const rest = after ? found.filter((order) => compareKeys(keyOf(order), after) > 0) : found;
	const records = rest.slice(0, size);
	const last = records.at(-1);
	const next = last && rest.length > size ? { ...start, after: keyOf(last) } : undefined;
	return { records, next };
}
