import type { ExternalApplication } from '../data/applicationStore';
import { type Answer, EarlyAnswer, parameterError, success, without } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { idOfPath, readBody, readField } from './body';
import { createOnce } from './repeats';
import { noTalent } from './talents';

const texts = ['job_title', 'resume_source', 'stage', 'termination_type', 'termination_reason'];
const numbers = ['job_recruitment_type', 'delivery_type', 'create_time', 'modify_time'];

/**
 * POST external_applications (Feishu "创建外部投递").
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerCreateApplication(tenant: Tenant, request: RequestRecord): Answer {
	const body = readBody(tenant, request);
	const talentId = readTalentId(tenant, request, body);
	if (tenant.talents.byId(talentId) === undefined) return noTalent(request, 400);
	const fields = readFields(tenant, request, body);
	const externalId = readField(tenant, request, body, 'external_id', 'string');
	return createOnce<ExternalApplication>(tenant, request, {
		kind: 'application',
		field: 'external_application',
		store: tenant.applications,
		externalId,
		make: () =>
			tenant.applications.add({
				id: tenant.newRecordId(),
				talent_id: talentId,
				...(externalId && { external_id: externalId }),
				...fields,
			}),
	});
}

/**
 * PUT external_applications/:id (Feishu "更新外部投递"): overwrites the whole application except its
 * external_id.
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerUpdateApplication(tenant: Tenant, request: RequestRecord): Answer {
	const id = idOfPath(request);
	const body = readBody(tenant, request);
	const talentId = readTalentId(tenant, request, body);
	if (tenant.talents.byId(talentId) === undefined) return parameterError(request, 'no such talent');
	if (tenant.applications.byId(id) === undefined) {
		return parameterError(request, 'no such external application');
	}
	const fields = readFields(tenant, request, body);
	const cleared = Object.fromEntries([...texts, ...numbers].map((field) => [field, undefined]));
	const isKept = tenant.options.open.omittedOnUpdate === 'kept';
	const patch = { ...(!isKept && cleared), ...fields, talent_id: talentId };
	return success({ external_application: tenant.applications.update(id, patch) });
}

/**
 * DELETE external_applications/:id (Feishu "删除外部投递"): returns the deleted application. What happens
 * to its checks is an open question.
 */
export function answerDeleteApplication(tenant: Tenant, request: RequestRecord): Answer {
	const { applications, checks, options } = tenant;
	const application = applications.byId(idOfPath(request));
	const wanted = request.query.talent_id;
	if (application === undefined || (wanted && wanted !== application.talent_id)) {
		return options.open.deleteUnknown === 'success'
			? success({})
			: parameterError(request, 'no such external application');
	}
	applications.remove(application.id);
	if (options.open.deletedApplication === 'dropsChecks') {
		for (const check of checks.byApplication(application.id)) checks.remove(check.id);
	}
	return success({ external_application: without(application, 'create_time') });
}

function readTalentId(
	tenant: Tenant,
	request: RequestRecord,
	body: Record<string, unknown>,
): string {
	const id = readField(tenant, request, body, 'talent_id', 'string');
	if (id) return id;
	throw new EarlyAnswer(parameterError(request, 'talent_id is missing'));
}

/** Those of the optional fields that the body has. */
function readFields(
	tenant: Tenant,
	request: RequestRecord,
	body: Record<string, unknown>,
): Partial<ExternalApplication> {
	const read = (fields: string[], type: 'string' | 'number') =>
		fields.map((field) => [field, readField(tenant, request, body, field, type)] as const);
	const given = [...read(texts, 'string'), ...read(numbers, 'number')];
	return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
