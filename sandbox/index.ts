import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultRule } from './faults/faults';
import { maxPerSecond } from './gateway/rateLimit';
import type { Api, RequestRecord } from './http/request';
import { createTenantServer } from './server';
import {
	createTenant,
	resetLog,
	type SandboxApp,
	type SandboxOptions,
	type Tenant,
} from './tenant';

/** What a sandbox exposes of its tenant. */
type Shown =
	| 'url'
	| 'fileHostUrl'
	| 'apps'
	| 'checks'
	| 'talents'
	| 'applications'
	| 'ordinaryApplications'
	| 'orders'
	| 'uploads'
	| 'log'
	| 'now'
	| 'options'
	| 'hooks';

/** A running sandbox tenant. */
export interface Sandbox extends Pick<Tenant, Shown> {
	/** The default app, with every scope. */
	app: SandboxApp;
	fault: (rule: FaultRule) => void;
	clearFaults: () => void;
	/**
	 * Invalidates every token issued so far: it is refused with 99991663. The next token request gets
	 * a new one.
	 */
	expireTokens: () => void;
	/** Empties the log and the hooks, and restarts the count for the `nth` of fault rules. */
	resetLog: () => void;
	requests: (api: Api) => RequestRecord[];
	/** The largest number of arrivals in any window of one second, from the log. */
	maxRatePerSecond: (api: Api) => number;
	/** Drops every connection. Returns within milliseconds. */
	close: () => Promise<void>;
}

/**
 * Starts a stand-in for a Feishu Hire tenant on a loopback port. It behaves as Feishu's pages say
 * (docs/feishu-api.md), over real HTTP.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const tenant = createTenant(options);
	const closing = new AbortController();
	const server = createTenantServer(tenant, closing.signal);
	const fileHost = createTenantServer(tenant, closing.signal, ['file', 'preview']);
	const { port = 0, host = '127.0.0.1' } = options;
	tenant.url = await listen(server, port, host);
	tenant.fileHostUrl = await listen(fileHost, 0, host);
	const requests = (api: Api) => tenant.log.filter((record) => record.api === api);
	return {
		...tenant,
		app: tenant.apps[0],
		fault: (rule) => tenant.faults.add(rule),
		clearFaults: () => tenant.faults.clear(),
		expireTokens: () => tenant.tokens.revokeAll(),
		resetLog: () => resetLog(tenant),
		requests,
		maxRatePerSecond: (api) => maxPerSecond(requests(api).map((record) => record.at)),
		close: async () => {
			closing.abort();
			await Promise.all([close(server), close(fileHost)]);
		},
	};
}

/** @returns the server's base URL */
async function listen(server: Server, port: number, host: string): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	return `http://${host}:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

export type {
	ExternalApplication,
	NewApplication,
	OrdinaryApplication,
} from './data/applicationStore';
export type { Attachment, Check } from './data/checkStore';
export { busyApplicationId, seededChecks } from './data/dataset';
export { documentExample, documentExampleRequest } from './data/documentExample';
export { fileContent } from './data/files';
export { fixtureChecks } from './data/fixtures';
export type { NewOrder, Order, Report } from './data/orderStore';
export { applicationWithoutCheck, people, seededPeople } from './data/people';
export { applicationWithoutOrder, orderExamples, seededOrders } from './data/seededOrders';
export { addCheckWithAttachments, specialAttachments } from './data/specialAttachments';
export type { NewTalent, Talent } from './data/talentStore';
export type { FaultAction, FaultKind, FaultRule, PlainFault } from './faults/faults';
export { type Answer, jsonAnswer, jsonBody } from './http/answers';
export type { Api, RequestRecord } from './http/request';
export type { OpenQuestions } from './openQuestions';
export type { SandboxApp, SandboxOptions } from './tenant';
