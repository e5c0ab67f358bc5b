import { type Answer, jsonAnswer, jsonObject } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { SandboxApp, Tenant } from '../tenant';

/**
 * POST tenant_access_token/internal: a flat answer; errors have HTTP 200 (Feishu "自建应用获取
 * tenant_access_token"; docs/feishu-api.md). An app_id that does not start with "cli_" counts as
 * "unknown format" here, so 10003.
 */
export function answerToken(tenant: Tenant, request: RequestRecord): Answer {
	const body = jsonObject(request.body);
	const { app_id: appId, app_secret: secret } = body ?? {};
	if (typeof appId !== 'string' || typeof secret !== 'string') return invalidParam();
	if (!appId.startsWith('cli_') || secret === '') return invalidParam();
	const app = tenant.apps.find((candidate) => candidate.appId === appId);
	const reason = whyNoToken(app, secret);
	if (app === undefined || reason !== undefined) {
		return jsonAnswer(200, { code: 10014, msg: reason });
	}
	const life = tenant.options.tokenLifeSeconds;
	const { value, expire } = tenant.tokens.issue(appId, life, tenant.now());
	return jsonAnswer(200, { code: 0, msg: 'ok', tenant_access_token: value, expire });
}

function whyNoToken(app: SandboxApp | undefined, secret: string): string | undefined {
	if (app === undefined) return 'app id not exists';
	if (app.appSecret !== secret) return 'app secret invalid';
	return app.enabled ? undefined : 'app unauthorized, check whether it is disabled';
}

function invalidParam(): Answer {
	return jsonAnswer(200, { code: 10003, data: {}, msg: 'invalid param' });
}
