import { type Answer, parameterError, refusal, without } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import type { PageState } from './pageTokens';
import { pageAnswer, pageOfStore, readPageSize, readStart } from './paging';
import { noTalent } from './talents';

/**
 * GET external_applications?talent_id= (Feishu "查询外部投递列表").
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerApplications(tenant: Tenant, request: RequestRecord): Answer {
	const talentId = request.query.talent_id;
	if (!talentId) return parameterError(request, 'talent_id is missing');
	const size = readPageSize(tenant, request);
	if (tenant.talents.byId(talentId) === undefined) return noTalent(request, 400);
	const start = startOfApplications(tenant, request);
	const page = pageOfStore(tenant.applications, talentId, start, size);
	if (page.records.length === 0 && tenant.options.open.talentWithoutApplications === 'error') {
		return refusal(request, { status: 400, code: 1002002, msg: 'IDList is empty' });
	}
	// The list never shows `external_id`, although answers to writes do.
	const records = page.records.map((application) => without(application, 'external_id'));
	return pageAnswer(tenant, { ...page, records });
}

/** Where a page of the list of applications starts. @throws EarlyAnswer for a wrong page_token */
export function startOfApplications(tenant: Tenant, request: RequestRecord): PageState {
	const conditions = { talentId: request.query.talent_id };
	return readStart(tenant, request, conditions, tenant.options.open.paging);
}
