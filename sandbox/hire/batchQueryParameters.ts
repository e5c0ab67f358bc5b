import { fieldViolation, jsonObject, parameterError, refusal, success } from '../http/answers';
import { EarlyAnswer } from '../http/earlyAnswer';
import type { Tenant } from '../tenant';
import type { Answer, Check, RequestRecord } from '../types';

/** What a request asks for, once its parameters have passed. */
export type Conditions = { ids: string[] } | { applicationId: string } | { everything: true };

const maxIds = 20;
const listName = 'external_background_check_id_list';

/**
 * The conditions that count: an ID list makes every other one void (batch-query.zh.md, body).
 * An empty query parameter counts as absent.
 * @throws EarlyAnswer with the refusal, or with the empty answer where that is switched on
 */
export function readConditions(tenant: Tenant, request: RequestRecord): Conditions {
	const { open } = tenant.options;
	const ids = readIdList(tenant, request);
	if (ids !== undefined && ids.length > 0) return { ids };
	if (ids !== undefined && open.emptyIdList !== 'all') {
		throw new EarlyAnswer(
			open.emptyIdList === 'empty'
				? emptyAnswer(tenant)
				: parameterError(request, `${listName} is empty`),
		);
	}
	const applicationId = request.query.external_application_id;
	if (applicationId) return readApplication(tenant, request, applicationId);
	if (open.unfiltered === 'all') return { everything: true };
	throw new EarlyAnswer(
		open.unfiltered === 'empty'
			? emptyAnswer(tenant)
			: parameterError(request, 'no condition given'),
	);
}

/**
 * page_size, an integer from 1 to 20, 10 by default.
 * @throws EarlyAnswer with the answer switched on for anything else
 */
export function readPageSize(tenant: Tenant, request: RequestRecord): number {
	const text = request.query.page_size || '10';
	const size = /^\d{1,9}$/.test(text) ? Number(text) : 0;
	if (size >= 1 && size <= 20) return size;
	const why = 'page_size must be an integer from 1 to 20';
	const answers = {
		'1002002': () => parameterError(request, why),
		'99992402': () => fieldViolation(request, 'page_size', text, why),
		empty: () => emptyAnswer(tenant),
	};
	throw new EarlyAnswer(answers[tenant.options.open.pageSizeError]());
}

/** An answer without checks, in the shape switched on. */
export function emptyAnswer(tenant: Tenant): Answer {
	return pageAnswer(tenant, [], undefined);
}

/**
 * A successful answer.
 * @param pageToken the next page's token; undefined on the last page
 */
export function pageAnswer(tenant: Tenant, checks: Check[], pageToken: string | undefined): Answer {
	const { open } = tenant.options;
	const isEmpty = checks.length === 0;
	if (isEmpty && open.emptyAnswer === 'noData') return success({});
	const data: Record<string, unknown> = {};
	if (!isEmpty || open.emptyAnswer === 'array') data.items = checks;
	else if (open.emptyAnswer === 'null') data.items = null;
	if (pageToken !== undefined) data.page_token = pageToken;
	else if (open.lastPageToken === 'empty') data.page_token = '';
	data.has_more = pageToken !== undefined;
	return success(data);
}

/** The ID list; undefined when none was passed. */
function readIdList(tenant: Tenant, request: RequestRecord): string[] | undefined {
	if (request.body === '') return undefined;
	const list = readBody(tenant, request)[listName];
	if (list === undefined || list === null) return undefined;
	if (!Array.isArray(list) || list.some((id) => typeof id !== 'string')) {
		throw new EarlyAnswer(wrongListType(tenant, request, list));
	}
	const refuse = (why: string) => new EarlyAnswer(parameterError(request, `${listName} ${why}`));
	if (list.length > maxIds) throw refuse(`holds more than ${maxIds} IDs`);
	if (!list.every(isId)) throw refuse('holds what is no ID');
	const isKnown = (id: string) => tenant.checks.byId(id) !== undefined;
	const mayLack = tenant.options.open.unknownIds === 'omit';
	if (!mayLack && !list.every(isKnown)) throw refuse('holds an unknown ID');
	return list;
}

function readBody(tenant: Tenant, request: RequestRecord): Record<string, unknown> {
	const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
	const body = isJson ? jsonObject(request.body) : undefined;
	if (body !== undefined) return body;
	const why = 'the body must be a JSON object sent as application/json';
	throw new EarlyAnswer(
		tenant.options.open.badBody === '1002002'
			? parameterError(request, why)
			: refusal(request, { status: 400, code: 9499, msg: `Bad Request: ${why}` }),
	);
}

function wrongListType(tenant: Tenant, request: RequestRecord, list: unknown): Answer {
	return tenant.options.open.listTypeError === '1002002'
		? parameterError(request, `${listName} has the wrong type`)
		: fieldViolation(request, listName, JSON.stringify(list), 'must be an array of strings');
}

function readApplication(tenant: Tenant, request: RequestRecord, id: string): Conditions {
	const refuse = (why: string) =>
		new EarlyAnswer(parameterError(request, `external_application_id ${why}`));
	if (!isId(id)) throw refuse('is no ID');
	const mayBeUnknown = tenant.options.open.unknownApplication === 'empty';
	if (!mayBeUnknown && !tenant.checks.hasApplication(id)) throw refuse('is unknown');
	return { applicationId: id };
}

/** IDs are decimal, mostly 19 digits (feishu-hire-api.md, 4); 20 is the most 64 bits can hold. */
function isId(id: string): boolean {
	return /^\d{1,20}$/.test(id);
}
