import type { AddressInfo } from 'node:net';
import type { ApplicationStore } from './data/applicationStore';
import type { CheckStore } from './data/checkStore';
import type { TalentStore } from './data/talentStore';
import type { Uploads } from './data/uploads';
import type { FaultRule } from './faults/faults';
import { maxPerSecond } from './gateway/rateLimit';
import { createTenantServer } from './http/server';
import { createTenant, resetLog } from './tenant';
import type { Api, LiveOptions, RequestRecord, SandboxApp, SandboxOptions } from './types';

/** A running sandbox tenant. */
export interface Sandbox {
	/** Base URL, without a trailing slash. */
	url: string;
	/** The default app, with every scope. */
	app: SandboxApp;
	/** Every app, the default one first; the objects are live. */
	apps: [SandboxApp, ...SandboxApp[]];
	checks: CheckStore;
	talents: TalentStore;
	/** External applications. */
	applications: ApplicationStore;
	/** Uploaded files, and their copies under IDs of checks. */
	uploads: Uploads;
	/** What arrived, in order of arrival. */
	log: RequestRecord[];
	/** Live: change a field and it counts from the next request on. */
	options: LiveOptions;
	/** Bodies posted to the bot webhook. */
	hooks: unknown[];
	fault: (rule: FaultRule) => void;
	clearFaults: () => void;
	/** Every token handed out so far is refused with 99991663; the next ask gives a new one. */
	expireTokens: () => void;
	/** Empties log and hooks and starts the count of the fault rules' `nth` anew. */
	resetLog: () => void;
	requests: (api: Api) => RequestRecord[];
	/** The largest number of arrivals in any window of one second, from the log. */
	maxRatePerSecond: (api: Api) => number;
	/** Drops every connection; returns within milliseconds. */
	close: () => Promise<void>;
}

/**
 * Starts a stand-in for a Feishu Hire tenant on a loopback port. It behaves as Feishu's pages
 * say (docs/feishu-api.md), over real HTTP.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const tenant = createTenant(options);
	const closing = new AbortController();
	const server = createTenantServer(tenant, closing.signal);
	const { port = 0, host = '127.0.0.1' } = options;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	tenant.url = `http://${host}:${(server.address() as AddressInfo).port}`;
	const requests = (api: Api) => tenant.log.filter((record) => record.api === api);
	return {
		url: tenant.url,
		app: tenant.apps[0],
		apps: tenant.apps,
		checks: tenant.checks,
		talents: tenant.talents,
		applications: tenant.applications,
		uploads: tenant.uploads,
		log: tenant.log,
		options: tenant.options,
		hooks: tenant.hooks,
		fault: (rule) => tenant.faults.add(rule),
		clearFaults: () => tenant.faults.clear(),
		expireTokens: () => tenant.tokens.revokeAll(),
		resetLog: () => resetLog(tenant),
		requests,
		maxRatePerSecond: (api) => maxPerSecond(requests(api).map((record) => record.at)),
		close: async () => {
			closing.abort();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

export { jsonAnswer, jsonBody } from './http/answers';
export { busyApplicationId, seededChecks } from './data/dataset';
export { documentExample, documentExampleRequest } from './data/documentExample';
export type { FaultAction, FaultKind, PlainFault } from './faults/faultActions';
export type { FaultRule } from './faults/faults';
export { fileContent } from './data/files';
export { fixtureChecks } from './data/fixtures';
export { applicationWithoutCheck, people, seededPeople } from './data/people';
export { addCheckWithAttachments, specialAttachments } from './data/specialAttachments';
export type * from './types';
