import { type Answer, refusal } from '../http/answers';
import type { Api, RequestRecord } from '../http/request';
import type { SandboxApp, Tenant } from '../tenant';
import type { RateWindow } from './rateLimit';

/** What an API requires of its caller. */
export interface Access {
	api: Api;
	/** Any one of these is enough. */
	scopes: string[];
	/** Empty for no limit. */
	rates: RateWindow[];
}

/**
 * The checks before any parameter is read, in this order: token, app, IP, scope, rate. Codes:
 * docs/feishu-api.md; HTTP 400 where no status is known.
 * @returns the refusal; undefined if the request may proceed
 */
export function refuseAtGateway(
	tenant: Tenant,
	request: RequestRecord,
	access: Access,
): Answer | undefined {
	const bearer = bearerToken(request);
	if (bearer === undefined) {
		return refuse(request, 99991661, 'Missing access token for authorization.');
	}
	if (/^(u-|eyJ)/.test(bearer)) {
		return refuse(request, 99991668, 'Invalid access token: this API takes no user token.');
	}
	if (!/^t-[\w.-]+$/.test(bearer)) {
		return refuse(request, 99991671, 'Invalid access token format: must start with t- or u-.');
	}
	const app = callerOf(tenant, request);
	if (app === undefined) return invalidToken(tenant, request);
	if (!app.enabled) return refuse(request, 99991662, 'app is disabled');
	if (!app.ipAllowed) return refuse(request, 99991401, 'ip is not allowed by the app');
	return refuseScope(request, app, access) ?? refuseRate(tenant, request, app, access);
}

/** The token of the Authorization header; undefined if there is none, or no "Bearer ". */
export function bearerToken(request: RequestRecord): string | undefined {
	return /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]?.trim();
}

/** The app whose token a request carries; undefined if the token is unknown or has expired. */
export function callerOf(tenant: Tenant, request: RequestRecord): SandboxApp | undefined {
	const appId = tenant.tokens.appIdOf(bearerToken(request) ?? '', request.at);
	return tenant.apps.find((candidate) => candidate.appId === appId);
}

/** 99991663: the token is unknown or has expired. */
export function invalidToken(tenant: Tenant, request: RequestRecord): Answer {
	const status = tenant.options.open.expiredTokenStatus;
	return refuse(request, 99991663, 'Invalid access token for authorization.', status);
}

/**
 * 99991400 with the two rate headers.
 * @param limit requests per window
 * @param reset seconds until the window opens; null leaves the header out
 */
export function rateLimited(
	request: RequestRecord,
	limit: number,
	reset: number | null,
	status: number,
): Answer {
	const headers: Record<string, string> = { 'x-ogw-ratelimit-limit': String(limit) };
	if (reset !== null) headers['x-ogw-ratelimit-reset'] = String(reset);
	const msg = 'request trigger frequency limit';
	return refusal(request, { status, code: 99991400, msg, headers });
}

function refuseScope(request: RequestRecord, app: SandboxApp, access: Access): Answer | undefined {
	if (access.scopes.some((scope) => app.scopes.includes(scope))) return undefined;
	const violations = access.scopes.map((subject) => ({ type: 'action_scope_required', subject }));
	const wanted = access.scopes.join(', ');
	return refusal(request, {
		status: 400,
		code: 99991672,
		msg: `Access denied. One of the following scopes is required: [${wanted}].`,
		error: { permission_violations: violations },
	});
}

function refuseRate(
	tenant: Tenant,
	request: RequestRecord,
	app: SandboxApp,
	access: Access,
): Answer | undefined {
	const refused = tenant.rates.take(`${app.appId} ${access.api}`, access.rates, request.at);
	if (refused === undefined) return undefined;
	const { limit, reset } = refused;
	return rateLimited(request, limit, reset, tenant.options.open.rateLimitStatus);
}

function refuse(request: RequestRecord, code: number, msg: string, status = 400): Answer {
	return refusal(request, { status, code, msg });
}
