import type { Check } from '../data/checkStore';
import { type Answer, EarlyAnswer, parameterError, success } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { readAttachments } from './attachmentIds';
import { idOfPath, isId, readBody, readField } from './body';
import { createOnce } from './repeats';

/**
 * POST external_background_checks (Feishu "创建外部背调").
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerCreateCheck(tenant: Tenant, request: RequestRecord): Answer {
	const body = readBody(tenant, request);
	const fields = readFields(tenant, request, body);
	return createOnce(tenant, request, {
		kind: 'check',
		field: 'external_background_check',
		store: tenant.checks,
		externalId: readField(tenant, request, body, 'external_id', 'string'),
		make: () =>
			tenant.checks.add({
				id: tenant.newRecordId(),
				...given(fields),
				external_application_id: fields.external_application_id,
				attachment_list: readAttachments(tenant, request, body) ?? [],
			}),
	});
}

/**
 * PUT external_background_checks/:id (Feishu "更新外部背调"): overwrites the whole check. Whether that
 * empties a missing field is an open question.
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerUpdateCheck(tenant: Tenant, request: RequestRecord): Answer {
	const id = idOfPath(request);
	const body = readBody(tenant, request);
	const fields = readFields(tenant, request, body);
	if (tenant.checks.byId(id) === undefined) return parameterError(request, 'no such check');
	const files = readAttachments(tenant, request, body);
	const isKept = tenant.options.open.omittedOnUpdate === 'kept';
	const patch = isKept
		? { ...given(fields), ...(files && { attachment_list: files }) }
		: { ...fields, attachment_list: files ?? [] };
	return success({ external_background_check: tenant.checks.update(id, patch) });
}

/** DELETE external_background_checks/:id (Feishu "删除外部背调"). */
export function answerDeleteCheck(tenant: Tenant, request: RequestRecord): Answer {
	const wasThere = tenant.checks.remove(idOfPath(request));
	if (!wasThere && tenant.options.open.deleteUnknown === 'error') {
		return parameterError(request, 'no such check');
	}
	return success({});
}

type Fields = Pick<Check, 'external_application_id' | 'date' | 'name' | 'result'>;

/** The fields of a create or an update; undefined if missing in the body. */
function readFields(tenant: Tenant, request: RequestRecord, body: Record<string, unknown>): Fields {
	const text = (field: string) => readField(tenant, request, body, field, 'string');
	const application = text('external_application_id');
	const isKnown =
		application !== undefined &&
		isId(application) &&
		(tenant.applications.byId(application) ?? tenant.checks.hasApplication(application));
	if (!isKnown) {
		const why = 'external_application_id is missing or unknown';
		throw new EarlyAnswer(parameterError(request, why));
	}
	return {
		external_application_id: application,
		date: readField(tenant, request, body, 'date', 'number'),
		name: text('name'),
		result: text('result'),
	};
}

/** Drops the fields that are undefined. */
function given<T extends object>(fields: T): Partial<T> {
	const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as Partial<T>;
}
