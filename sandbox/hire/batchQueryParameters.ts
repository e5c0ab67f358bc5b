import { EarlyAnswer, parameterError } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { isId, readBody, readTexts } from './body';
import { pageAnswer } from './paging';

/** What a request asks for, once its parameters have passed. */
export type Conditions = { ids: string[] } | { applicationId: string } | { everything: true };

const maxIds = 20;
const listName = 'external_background_check_id_list';

/**
 * The conditions that count: an ID list makes every other one void (Feishu "查询外部背调列表").
 * An empty query parameter counts as absent.
 * @throws EarlyAnswer with the refusal, or with the empty answer where that is switched on
 */
export function readConditions(tenant: Tenant, request: RequestRecord): Conditions {
	const { open } = tenant.options;
	const ids = readIdList(tenant, request);
	if (ids !== undefined && ids.length > 0) return { ids };
	if (ids !== undefined && open.emptyIdList !== 'all') {
		throw nothing(tenant, request, open.emptyIdList, `${listName} is empty`);
	}
	const applicationId = request.query.external_application_id;
	if (applicationId) return readApplication(tenant, request, applicationId);
	if (open.unfiltered === 'all') return { everything: true };
	throw nothing(tenant, request, open.unfiltered, 'no condition given');
}

/** An empty page, or the refusal. */
function nothing(
	tenant: Tenant,
	request: RequestRecord,
	reading: 'empty' | 'error',
	why: string,
): EarlyAnswer {
	return new EarlyAnswer(
		reading === 'empty'
			? pageAnswer(tenant, { records: [], next: undefined })
			: parameterError(request, why),
	);
}

/** The ID list; undefined when none was passed. */
function readIdList(tenant: Tenant, request: RequestRecord): string[] | undefined {
	if (request.body === '') return undefined;
	const list = readTexts(tenant, request, readBody(tenant, request), listName);
	if (list === undefined) return undefined;
	const refuse = (why: string) => new EarlyAnswer(parameterError(request, `${listName} ${why}`));
	if (list.length > maxIds) throw refuse(`holds more than ${maxIds} IDs`);
	if (!list.every(isId)) throw refuse('holds what is no ID');
	const isKnown = (id: string) => tenant.checks.byId(id) !== undefined;
	const mayLack = tenant.options.open.unknownIds === 'omit';
	if (!mayLack && !list.every(isKnown)) throw refuse('holds an unknown ID');
	return list;
}

function readApplication(tenant: Tenant, request: RequestRecord, id: string): Conditions {
	const refuse = (why: string) =>
		new EarlyAnswer(parameterError(request, `external_application_id ${why}`));
	if (!isId(id)) throw refuse('is no ID');
	const isKnown = tenant.checks.hasApplication(id) || tenant.applications.byId(id) !== undefined;
	const mayBeUnknown = tenant.options.open.unknownApplication === 'empty';
	if (!mayBeUnknown && !isKnown) throw refuse('is unknown');
	return { applicationId: id };
}
