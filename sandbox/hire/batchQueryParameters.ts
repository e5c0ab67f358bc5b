import { EarlyAnswer, parameterError } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { isId, readBody } from './body';
import { nothing, readIdList } from './idLists';

/** What a request asks for, with checked parameters. */
export type Conditions = { ids: string[] } | { applicationId: string } | { everything: true };

const listName = 'external_background_check_id_list';

/**
 * The conditions that count: an ID list overrides every other one (Feishu "查询外部背调列表"). An empty
 * query parameter counts as absent.
 * @throws EarlyAnswer with the refusal, or with the empty answer if the switch says so
 */
export function readConditions(tenant: Tenant, request: RequestRecord): Conditions {
	const body = request.body === '' ? {} : readBody(tenant, request);
	const ids = readIdList(tenant, request, body, listName, tenant.checks);
	if (ids !== undefined) return { ids };
	const applicationId = request.query.external_application_id;
	if (applicationId) {
		const isKnown =
			tenant.checks.hasApplication(applicationId) ||
			tenant.applications.byId(applicationId) !== undefined;
		checkApplication(tenant, request, applicationId, isKnown);
		return { applicationId };
	}
	const { unfiltered } = tenant.options.open;
	if (unfiltered === 'all') return { everything: true };
	throw nothing(tenant, request, unfiltered, 'no condition given');
}

/** @throws EarlyAnswer for an invalid application ID, or for an unknown one if the switch says so */
export function checkApplication(
	tenant: Tenant,
	request: RequestRecord,
	id: string,
	isKnown: boolean,
): void {
	const refuse = (why: string) => new EarlyAnswer(parameterError(request, `application ID ${why}`));
	if (!isId(id)) throw refuse('is none');
	if (!isKnown && tenant.options.open.unknownApplication === 'error') throw refuse('is unknown');
}
