import type { Answer } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { type Conditions, readConditions } from './batchQueryParameters';
import { listed } from './idLists';
import type { PageState } from './pageTokens';
import { pageAnswer, pageOfList, pageOfStore, readPageSize, readStart } from './paging';

/**
 * POST external_background_checks/batch_query, after the gateway (Feishu "查询外部背调列表"). Open
 * questions follow the switches.
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerBatchQuery(tenant: Tenant, request: RequestRecord): Answer {
	const conditions = readConditions(tenant, request);
	if ('ids' in conditions && tenant.options.open.idListPaging === 'ignore') {
		return pageAnswer(tenant, {
			records: listed(tenant, tenant.checks, conditions.ids),
			next: undefined,
		});
	}
	const size = readPageSize(tenant, request);
	const start = readStart(tenant, request, conditions, pagingOf(tenant, conditions));
	if ('ids' in conditions) {
		return pageAnswer(
			tenant,
			pageOfList(listed(tenant, tenant.checks, conditions.ids), start, size),
		);
	}
	const application = 'applicationId' in conditions ? conditions.applicationId : undefined;
	return pageAnswer(tenant, pageOfStore(tenant.checks, application, start, size));
}

/** Where a page of batch_query starts. @throws EarlyAnswer if the request is refused */
export function startOfBatchQuery(tenant: Tenant, request: RequestRecord): PageState {
	const conditions = readConditions(tenant, request);
	return readStart(tenant, request, conditions, pagingOf(tenant, conditions));
}

function pagingOf(tenant: Tenant, conditions: Conditions): PageState['paging'] {
	return 'ids' in conditions ? 'offset' : tenant.options.open.paging;
}
