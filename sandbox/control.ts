import type { NewApplication, OrdinaryApplication } from './data/applicationStore';
import type { Check } from './data/checkStore';
import type { NewOrder } from './data/orderStore';
import type { NewTalent } from './data/talentStore';
import type { FaultRule } from './faults/faults';
import { type Answer, jsonAnswer, jsonObject, notFound } from './http/answers';
import type { RequestRecord } from './http/request';
import { type LiveOptions, resetLog, type SandboxApp, type Tenant } from './tenant';

/**
 * Where another process controls the sandbox. These requests need no token, are not logged, and
 * meet no faults or limits.
 */
export const controlPath = '/sandbox/';

type Body = Record<string, unknown>;
type Control = (tenant: Tenant, body: Body, id: string, request: RequestRecord) => unknown;

/** Keyed by method and path. A path that ends in `/` is followed by an ID. */
const controls: Record<string, Control> = {
	'GET state': (tenant) => state(tenant),
	'GET log': (tenant, _body, _id, { query }) =>
		tenant.log.filter((record) => query.api === undefined || record.api === query.api),
	'GET hooks': (tenant) => tenant.hooks,
	'POST reset': (tenant) => {
		resetLog(tenant);
		tenant.faults.clear();
	},
	'POST faults': (tenant, body) => tenant.faults.add(body as unknown as FaultRule),
	'DELETE faults': (tenant) => tenant.faults.clear(),
	'POST expire-tokens': (tenant) => tenant.tokens.revokeAll(),
	'POST options': (tenant, body) => {
		patchOptions(tenant.options, body);
		return tenant.options;
	},
	'POST apps/': (tenant, body, id) => patchApp(tenant, id, body),
	'POST checks': (tenant, body) => {
		if (typeof body.id !== 'string') throw new Error('a check needs an id');
		return tenant.checks.add(body as Check);
	},
	'GET checks': (tenant) => tenant.checks.all(),
	'PUT checks/': (tenant, body, id) => tenant.checks.update(id, body),
	'DELETE checks/': (tenant, _body, id) => ({ removed: tenant.checks.remove(id) }),
	'GET talents': (tenant) => tenant.talents.all(),
	'POST talents': (tenant, body) => {
		if (typeof body.name !== 'string') throw new Error('a talent needs a name');
		return tenant.talents.add(body as unknown as NewTalent);
	},
	'GET applications': (tenant) => tenant.applications.all(),
	'POST applications': (tenant, body) => {
		if (typeof body.talent_id !== 'string') throw new Error('an application needs a talent_id');
		return tenant.applications.add(body as unknown as NewApplication);
	},
	'GET ordinary-applications': (tenant) => tenant.ordinaryApplications.all(),
	'POST ordinary-applications': (tenant, body) => {
		if (typeof body.talent_id !== 'string') throw new Error('an application needs a talent_id');
		return tenant.ordinaryApplications.add(body as unknown as NewApplication<OrdinaryApplication>);
	},
	'GET orders': (tenant) => tenant.orders.all(),
	'POST orders': (tenant, body) => {
		if (typeof body.application_id !== 'string')
			throw new Error('an order needs an application_id');
		return tenant.orders.add(body as NewOrder);
	},
	'PUT orders/': (tenant, body, id) => tenant.orders.update(id, body),
	'DELETE orders/': (tenant, _body, id) => ({ removed: tenant.orders.remove(id) }),
	'POST reports/': (tenant, body, id) => tenant.orders.addReport(id, body),
};

/**
 * Carries out a control request: GET state, log?api=, hooks; POST reset, faults, expire-tokens,
 * options, apps/:app_id; DELETE faults; GET and POST checks, talents, applications,
 * ordinary-applications, orders; PUT and DELETE checks/:id, orders/:id; POST reports/:order_id.
 * Bodies are JSON objects.
 * @returns HTTP 200 with JSON, 400 with `error` if it cannot be done, 404 for any other path
 */
export function answerControl(tenant: Tenant, request: RequestRecord): Answer {
	const [name = '', id = ''] = request.path.slice(controlPath.length).split('/');
	const control = controls[`${request.method} ${name}${id === '' ? '' : '/'}`];
	if (control === undefined) return notFound();
	const body = request.body === '' ? {} : jsonObject(request.body);
	if (body === undefined) return jsonAnswer(400, { error: 'the body must be a JSON object' });
	try {
		return jsonAnswer(200, control(tenant, body, id, request) ?? {});
	} catch (error) {
		return jsonAnswer(400, { error: (error as Error).message });
	}
}

/** Changes the given options. Those under `open` and `limits` are changed one by one. */
function patchOptions(options: LiveOptions, patch: Body): void {
	const { open, limits, ...others } = patch;
	Object.assign(options, others);
	Object.assign(options.open, open);
	Object.assign(options.limits, limits);
}

function patchApp(tenant: Tenant, appId: string, patch: Partial<SandboxApp>): SandboxApp {
	const app = tenant.apps.find((candidate) => candidate.appId === appId);
	if (app === undefined) throw new Error(`no app ${appId}`);
	return Object.assign(app, patch);
}

function state(tenant: Tenant): unknown {
	return {
		url: tenant.url,
		checks: tenant.checks.size,
		applications: tenant.checks.applicationCount,
		talents: tenant.talents.size,
		externalApplications: tenant.applications.size,
		ordinaryApplications: tenant.ordinaryApplications.size,
		orders: tenant.orders.size,
		requests: tenant.log.length,
		apps: tenant.apps,
		options: tenant.options,
	};
}
