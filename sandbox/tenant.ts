import {
	ApplicationStore,
	type NewApplication,
	type OrdinaryApplication,
} from './data/applicationStore';
import { type Check, CheckStore } from './data/checkStore';
import { seededChecks } from './data/dataset';
import { ExternalIds } from './data/externalIds';
import { newRecordIds } from './data/newIds';
import { type NewOrder, OrderStore } from './data/orderStore';
import { seededPeople } from './data/people';
import { seededOrders } from './data/seededOrders';
import { type NewTalent, TalentStore } from './data/talentStore';
import { Uploads } from './data/uploads';
import { Faults } from './faults/faults';
import { RateLimits } from './gateway/rateLimit';
import { Tokens } from './gateway/tokens';
import { FileUrls } from './hire/fileUrls';
import { PageTokens } from './hire/pageTokens';
import type { Api, RequestRecord } from './http/request';
import { defaultOpenQuestions, type OpenQuestions } from './openQuestions';

/** A self-built app of the tenant. Changes to the object take effect at once. */
export interface SandboxApp {
	appId: string;
	appSecret: string;
	scopes: string[];
	/** false: the token endpoint answers 10014, the other APIs 99991662. */
	enabled: boolean;
	/** false: every API but the token endpoint answers 99991401. */
	ipAllowed: boolean;
}

/** What can be changed while the sandbox runs. */
export interface LiveOptions {
	/** Delay before every answer, in ms, which simulates a round trip. */
	latencyMs: number;
	/** batch_query's limit per app, in requests/s; null lifts every limit of the sandbox. */
	requestsPerSecond: number | null;
	/** The attachment API's limit per app, in requests/s. */
	attachmentRequestsPerSecond: number | null;
	/** Limits of other APIs in requests/s, in place of those in `routes.ts`; null lifts one. */
	limits: Partial<Record<Api, number | null>>;
	/** Life of a tenant_access_token in seconds; fractions are allowed. */
	tokenLifeSeconds: number;
	/** Life of a file URL in seconds. */
	fileUrlLifeSeconds: number;
	/** Life of the URL of an order's report in seconds. */
	reportUrlLifeSeconds: number;
	/** The most records on a page of any list, whatever page_size says. */
	maxPageSize: number;
	/** Of an upload larger than this (in bytes), only size and hash are kept; it cannot be downloaded. */
	keepUploadsUpTo: number;
	open: OpenQuestions;
}

export interface SandboxOptions extends Partial<Omit<LiveOptions, 'open'>> {
	/** 0 (the default) picks a free port. */
	port?: number;
	host?: string;
	checks?: Check[];
	/** By default the people of `seededPeople`: one for each application of the checks, and some more. */
	talents?: NewTalent[];
	externalApplications?: NewApplication[];
	/** By default those of `seededOrders` for these people; so are the orders. */
	ordinaryApplications?: Array<NewApplication<OrdinaryApplication>>;
	orders?: NewOrder[];
	/** Apps besides the default one. */
	apps?: SandboxApp[];
	open?: Partial<OpenQuestions>;
	/** The clock, in epoch ms. A test passes its own to step through a token's life. */
	now?: () => number;
}

/** Everything that the handlers share. */
export interface Tenant {
	/** Base URL without a trailing slash; set once the server listens. */
	url: string;
	/** The same for the host that has only the files of reports. */
	fileHostUrl: string;
	/** The default app comes first. Changes to the objects take effect at once. */
	apps: [SandboxApp, ...SandboxApp[]];
	checks: CheckStore;
	talents: TalentStore;
	/** External applications. */
	applications: ApplicationStore;
	ordinaryApplications: ApplicationStore<OrdinaryApplication>;
	/** Background check orders. */
	orders: OrderStore;
	/** Uploaded files, and their copies under IDs of checks. */
	uploads: Uploads;
	externalIds: ExternalIds;
	/** Makes the ID of a new check or external application. */
	newRecordId: () => string;
	/** Changes to the object take effect with the next request. */
	options: LiveOptions;
	tokens: Tokens;
	rates: RateLimits;
	pageTokens: PageTokens;
	fileUrls: FileUrls;
	faults: Faults;
	/** The requests, in order of arrival. */
	log: RequestRecord[];
	/** Bodies posted to the bot webhook. */
	hooks: unknown[];
	/** In epoch ms, with a fraction. */
	now: () => number;
}

/** The default app of every sandbox. It is fixed, so that a credential keeps working. */
function defaultApp(): SandboxApp {
	return {
		appId: 'cli_sandbox000000001',
		appSecret: 'sandbox-secret-of-app-000000001',
		scopes: [
			'hire:external_application',
			'hire:external_application:readonly',
			'hire:attachment',
			'hire:attachment:readonly',
			'hire:talent',
			'hire:talent:readonly',
			'hire:application',
			'hire:application:readonly',
			'hire:background_check_order',
			'hire:background_check_order:readonly',
		],
		enabled: true,
		ipAllowed: true,
	};
}

/**
 * A tenant with Feishu's documented limits, tokens valid for 2 h and URLs for 30 min (reports: 1
 * h), unless the options say otherwise.
 */
export function createTenant(options: SandboxOptions = {}): Tenant {
	// null means "no limit", so it must not become the default.
	const { requestsPerSecond = 10, attachmentRequestsPerSecond = 20 } = options;
	const checks = options.checks ?? seededChecks();
	const people = seededPeople(checks);
	const seed = seededOrders(people.talents);
	const now = options.now ?? (() => performance.timeOrigin + performance.now());
	const live: LiveOptions = {
		latencyMs: options.latencyMs ?? 0,
		requestsPerSecond,
		attachmentRequestsPerSecond,
		limits: { ...options.limits },
		tokenLifeSeconds: options.tokenLifeSeconds ?? 2 * 60 * 60,
		fileUrlLifeSeconds: options.fileUrlLifeSeconds ?? 30 * 60,
		reportUrlLifeSeconds: options.reportUrlLifeSeconds ?? 60 * 60,
		maxPageSize: options.maxPageSize ?? 200,
		keepUploadsUpTo: options.keepUploadsUpTo ?? 8 * 1024 * 1024,
		open: { ...defaultOpenQuestions, ...options.open },
	};
	return {
		url: '',
		fileHostUrl: '',
		apps: [defaultApp(), ...(options.apps ?? [])],
		checks: new CheckStore(checks),
		talents: new TalentStore(options.talents ?? people.talents),
		applications: new ApplicationStore(
			'external application',
			7410000000000000001n,
			options.externalApplications ?? people.applications,
		),
		ordinaryApplications: new ApplicationStore<OrdinaryApplication>(
			'application',
			7450000000000000001n,
			options.ordinaryApplications ?? seed.applications,
		),
		orders: new OrderStore(options.orders ?? seed.orders, now, () => live.open.orderUpdateTime),
		uploads: new Uploads(),
		externalIds: new ExternalIds(),
		newRecordId: newRecordIds(() => live.open.idTime === 'carried', now),
		options: live,
		tokens: new Tokens(),
		rates: new RateLimits(),
		pageTokens: new PageTokens(),
		fileUrls: new FileUrls(),
		faults: new Faults(),
		log: [],
		hooks: [],
		now,
	};
}

/** Forgets what arrived. Fault rules stay, but their count of requests restarts. */
export function resetLog(tenant: Tenant): void {
	tenant.log.length = 0;
	tenant.hooks.length = 0;
	tenant.faults.restartCount();
}
