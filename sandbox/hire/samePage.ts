import type { Api, RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { startOfApplications } from './applications';
import { startOfBatchQuery } from './batchQuery';
import { startOfOrders, startOfOrdinaryApplications } from './orders';
import type { PageState } from './pageTokens';
import { startOfTalents } from './talents';

const starts: Partial<Record<Api, (tenant: Tenant, request: RequestRecord) => PageState>> = {
	batch_query: startOfBatchQuery,
	talents: startOfTalents,
	external_applications: startOfApplications,
	orders: startOfOrders,
	query_orders: startOfOrders,
	applications: startOfOrdinaryApplications,
};

/** Whether an API answers page by page. */
export function isPaged(api: Api): boolean {
	return starts[api] !== undefined;
}

/**
 * A page_token that returns the request's own page again. Faults that make paging loop use it, so
 * that the server accepts it like any other token.
 * @throws EarlyAnswer if the request itself is refused
 */
export function tokenOfSamePage(tenant: Tenant, request: RequestRecord): string {
	const startOf = starts[request.api];
	if (startOf === undefined) throw new Error(`${request.api} has no pages`);
	return tenant.pageTokens.encode(startOf(tenant, request));
}
