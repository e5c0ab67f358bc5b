import { type Answer, jsonAnswer, jsonObject, refusal } from './http/answers';
import type { RequestRecord } from './http/request';
import type { Tenant } from './tenant';

/** A custom bot's webhook. Keeps the body, so that tests can read it. */
export function answerHook(tenant: Tenant, request: RequestRecord): Answer {
	const body = jsonObject(request.body);
	if (body === undefined) {
		return refusal(request, { status: 400, code: 9499, msg: 'Bad Request' });
	}
	tenant.hooks.push(body);
	return jsonAnswer(200, { code: 0, msg: 'success', data: {} });
}
