import { jsonAnswer, jsonObject, notFound, refusal } from './http/answers';
import { answerAttachment, answerFile } from './hire/attachments';
import { answerBatchQuery } from './hire/batchQuery';
import { EarlyAnswer } from './http/earlyAnswer';
import { filePath } from './hire/fileUrls';
import { refuseAtGateway } from './gateway/gateway';
import type { Tenant } from './tenant';
import { answerToken } from './gateway/tokens';
import type { Answer, Api, RequestRecord } from './types';

const hire = '/open-apis/hire/v1';
const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal';

/** Which API a request is for; a known path with another method is 'other', as is the rest. */
export function apiOf(method: string, path: string): Api {
	if (method === 'POST') {
		if (path === tokenPath) return 'token';
		if (path === `${hire}/external_background_checks/batch_query`) return 'batch_query';
		if (/^\/open-apis\/bot\/v2\/hook\/[^/]+$/.test(path)) return 'bot_hook';
	}
	if (method === 'GET') {
		if (/^\/open-apis\/hire\/v1\/attachments\/[^/]+$/.test(path)) return 'attachment';
		if (path.startsWith(filePath)) return 'file';
	}
	return 'other';
}

/** The ordinary answer to a request: gateway first, then the API. */
export function answerRequest(tenant: Tenant, request: RequestRecord): Answer {
	try {
		return refuseByAccess(tenant, request) ?? answerApi(tenant, request);
	} catch (error) {
		if (error instanceof EarlyAnswer) return error.answer;
		throw error;
	}
}

function refuseByAccess(tenant: Tenant, request: RequestRecord): Answer | undefined {
	const { requestsPerSecond, attachmentRequestsPerSecond } = tenant.options;
	if (request.api === 'batch_query') {
		const scopes = ['hire:external_application', 'hire:external_application:readonly'];
		const access = { api: request.api, scopes, limit: requestsPerSecond };
		return refuseAtGateway(tenant, request, access);
	}
	if (request.api === 'attachment') {
		const scopes = ['hire:attachment', 'hire:attachment:readonly'];
		const access = { api: request.api, scopes, limit: attachmentRequestsPerSecond };
		return refuseAtGateway(tenant, request, access);
	}
	return undefined;
}

function answerApi(tenant: Tenant, request: RequestRecord): Answer {
	switch (request.api) {
		case 'token':
			return answerToken(tenant, request);
		case 'batch_query':
			return answerBatchQuery(tenant, request);
		case 'attachment':
			return answerAttachment(tenant, request);
		case 'file':
			return answerFile(tenant, request);
		case 'bot_hook':
			return answerHook(tenant, request);
		case 'other':
			return notFound();
	}
}

/** A custom bot's webhook: keeps the body for the test to look at. */
function answerHook(tenant: Tenant, request: RequestRecord): Answer {
	const body = jsonObject(request.body);
	if (body === undefined) {
		return refusal(request, { status: 400, code: 9499, msg: 'Bad Request' });
	}
	tenant.hooks.push(body);
	return jsonAnswer(200, { code: 0, msg: 'success', data: {} });
}
