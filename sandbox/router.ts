import { refuseAtGateway } from './gateway/gateway';
import { perSecond, type RateWindow } from './gateway/rateLimit';
import { type Answer, EarlyAnswer, notFound } from './http/answers';
import type { Api, RequestRecord } from './http/request';
import { reads, type Route, routes } from './routes';
import type { LiveOptions, Tenant } from './tenant';

const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

/** The API of a request. A known path with another method is 'other', like any unknown path. */
export function apiOf(method: string, path: string): Api {
	const known = patterns.find(
		({ route, pattern }) => route.method === method && pattern.test(path),
	);
	return known?.route.api ?? 'other';
}

/** A request that the gateway has judged. */
export interface Work {
	/** Whether the gateway refused it. */
	isRefused: boolean;
	/** Lets the API do what is requested. @returns the ordinary answer */
	carryOut: () => Answer;
}

/** Lets the gateway judge a request at once, so that it counts against the limits on arrival. */
export function takeIn(tenant: Tenant, request: RequestRecord): Work {
	const route = routes.find(({ api }) => api === request.api);
	if (route === undefined) return { isRefused: true, carryOut: notFound };
	const refused = refuseByRoute(tenant, request, route);
	if (refused !== undefined) return { isRefused: true, carryOut: () => refused };
	return { isRefused: false, carryOut: () => answerEarly(() => route.answer(tenant, request)) };
}

function answerEarly(work: () => Answer): Answer {
	try {
		return work();
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

/** The limits of an API: an option's if set, otherwise those of its page. */
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
