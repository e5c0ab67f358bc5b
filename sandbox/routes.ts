import { refuseAtGateway } from './gateway/gateway';
import { perMinute, perSecond } from './gateway/rateLimit';
import type { RateWindow } from './gateway/rateLimit';
import { answerToken } from './gateway/tokens';
import { answerApplications } from './hire/applications';
import { answerAttachment, answerFile } from './hire/attachments';
import { answerBatchQuery } from './hire/batchQuery';
import { filePath } from './hire/fileUrls';
import { answerTalentIds } from './hire/talentIds';
import { answerTalent, answerTalents } from './hire/talents';
import { answerHook } from './hook';
import { notFound } from './http/answers';
import { EarlyAnswer } from './http/earlyAnswer';
import type { Tenant } from './tenant';
import type { Answer, Api, LiveOptions, RequestRecord } from './types';

interface Route {
	api: Api;
	method: string;
	/** `:name` stands for one part of a path, `*` for all the rest. */
	path: string;
	/** Any one of them is enough; left out: no token is asked for, and no limit kept. */
	scopes?: string[];
	rates?: RateWindow[];
	answer: (tenant: Tenant, request: RequestRecord) => Answer;
}

const hire = '/open-apis/hire/v1';
const writes = ['hire:external_application'];
const reads = [...writes, 'hire:external_application:readonly'];
const talentScopes = ['hire:talent', 'hire:talent:readonly'];
const fileScopes = ['hire:attachment', 'hire:attachment:readonly'];

/** Every API, with the scopes and limits of its page. Each has a budget of its own per app. */
const routes: Route[] = [
	{
		api: 'token',
		method: 'POST',
		path: '/open-apis/auth/v3/tenant_access_token/internal',
		answer: answerToken,
	},
	{
		api: 'batch_query',
		method: 'POST',
		path: `${hire}/external_background_checks/batch_query`,
		scopes: reads,
		rates: [perSecond(10)],
		answer: answerBatchQuery,
	},
	{
		api: 'attachment',
		method: 'GET',
		path: `${hire}/attachments/:attachment_id`,
		scopes: fileScopes,
		rates: [perSecond(20)],
		answer: answerAttachment,
	},
	{
		api: 'talents',
		method: 'GET',
		path: `${hire}/talents`,
		scopes: talentScopes,
		rates: [perSecond(20)],
		answer: answerTalents,
	},
	{
		api: 'batch_get_id',
		method: 'POST',
		path: `${hire}/talents/batch_get_id`,
		scopes: talentScopes,
		rates: [perSecond(50), perMinute(1000)],
		answer: answerTalentIds,
	},
	{
		api: 'talent',
		method: 'GET',
		path: '/open-apis/hire/v2/talents/:talent_id',
		scopes: talentScopes,
		rates: [perSecond(20)],
		answer: answerTalent,
	},
	{
		api: 'external_applications',
		method: 'GET',
		path: `${hire}/external_applications`,
		scopes: writes,
		rates: [perSecond(20)],
		answer: answerApplications,
	},
	{ api: 'file', method: 'GET', path: `${filePath}*`, answer: answerFile },
	{ api: 'bot_hook', method: 'POST', path: '/open-apis/bot/v2/hook/:hook_id', answer: answerHook },
];

const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

/** Which API a request is for; a known path with another method is 'other', as is the rest. */
export function apiOf(method: string, path: string): Api {
	const known = patterns.find(
		({ route, pattern }) => route.method === method && pattern.test(path),
	);
	return known?.route.api ?? 'other';
}

/** The ordinary answer to a request: gateway first, then the API. */
export function answerRequest(tenant: Tenant, request: RequestRecord): Answer {
	const route = routes.find(({ api }) => api === request.api);
	if (route === undefined) return notFound();
	try {
		return refuseByRoute(tenant, request, route) ?? route.answer(tenant, request);
	} catch (error) {
		if (error instanceof EarlyAnswer) return error.answer;
		throw error;
	}
}

function refuseByRoute(tenant: Tenant, request: RequestRecord, route: Route): Answer | undefined {
	if (route.scopes === undefined) return undefined;
	const { open } = tenant.options;
	const isLenient =
		route.api === 'external_applications' && open.readonlyListsApplications === 'yes';
	const scopes = isLenient ? reads : route.scopes;
	const access = { api: route.api, scopes, rates: ratesOf(route, tenant.options) };
	return refuseAtGateway(tenant, request, access);
}

/** The limits of an API: those of its page, or what an option says instead. */
function ratesOf({ api, rates = [] }: Route, options: LiveOptions): RateWindow[] {
	if (options.requestsPerSecond === null) return [];
	const given: Partial<Record<Api, number | null>> = {
		batch_query: options.requestsPerSecond,
		attachment: options.attachmentRequestsPerSecond,
		...options.limits,
	};
	const limit = given[api];
	if (limit === undefined) return rates;
	return limit === null ? [] : [perSecond(limit)];
}

function patternOf(path: string): RegExp {
	const text = path.replace(/:\w+/g, '[^/]+').replace('*', '.+');
	return new RegExp(`^${text}$`);
}
