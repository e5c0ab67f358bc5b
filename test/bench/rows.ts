import type { FaultRule } from '../../sandbox';
import type { Settings } from './contenders/contender';
import type { ContenderName } from './contenders/labels';
import { faultNamed } from './faults/scenario';
import type { Result } from './measure';
import {
	applicationId,
	checksOf,
	contactOf,
	emailOf,
	ordersOf,
	upTo,
	type TenantSpec,
} from './tenant';
import { atMost, exactly, fewRejected, nearBound, type Verdict } from './verdicts';
import type { Work } from './work';

/** Work that is measured with several contenders side by side. */
export interface Row {
	title: string;
	tenant: TenantSpec;
	work: Work;
	/** Settings for the contenders; each uses the ones that it supports. */
	settings: Settings;
	contenders: ContenderName[];
	/** No client can be faster within the limit. Absent if there is no limit. */
	bound?: { ms: number; text: string };
	/** @param ours this node's result; `of` returns another contender's */
	verdicts: (ours: Result, of: (contender: ContenderName) => Result) => Verdict[];
}

/** Makes a row for a given size of work; 1 is the real size. */
type RowOfSize = (scale: number) => Row;

const PAGE_SIZE = 20;
/** Feishu's limit in requests/s; creating checks has twice that. */
const LIMIT = 10;
const INTERVAL_MS = 1000 / LIMIT;
/** The highest value of the option "Requests per Second", for a sandbox without a limit. */
const HIGHEST = 100;
const EVERYBODY: ContenderName[] = ['thisNode', 'sdk', 'httpRequestNode', 'bareLoop'];

/** Requests that do not depend on each other can go as fast as the limit allows. */
const sideBySide = (
	requests: number,
	intervalMs: number,
	roundTrips: number,
	latencyMs: number,
) => ({
	ms: (requests - 1) * intervalMs + roundTrips * latencyMs,
	text: `${requests - 1} intervals of ${intervalMs} ms and ${roundTrips} round trips`,
});

const ids: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const tenant = { checks: count, latencyMs: 100, requestsPerSecond: LIMIT };
	const bound = sideBySide(count / PAGE_SIZE, INTERVAL_MS, 2, tenant.latencyMs);
	return {
		title: `${count} IDs as ${count} items, RTT 100 ms, limit ${LIMIT}/s`,
		tenant,
		work: { kind: 'ids', values: checksOf(tenant).map(({ id }) => id) },
		settings: { requestsPerSecond: LIMIT },
		contenders: ['thisNode', 'sdk', 'sdkChunked', 'httpRequestNode', 'bareLoop'],
		bound,
		verdicts: (ours) => [
			exactly('requests', ours.requests, count / PAGE_SIZE),
			nearBound(ours, bound),
			fewRejected(ours),
		],
	};
};

const applications: RowOfSize = (scale) => {
	const count = 200 * scale;
	const latencyMs = 300;
	const bound = sideBySide(count, INTERVAL_MS, 2, latencyMs);
	return {
		title: `${count} applications as ${count} items, 8 checks each, RTT ${latencyMs} ms, limit ${LIMIT}/s`,
		tenant: { checks: count * 8, perApplication: 8, latencyMs, requestsPerSecond: LIMIT },
		work: { kind: 'applications', values: upTo(count, applicationId) },
		settings: { requestsPerSecond: LIMIT },
		contenders: EVERYBODY,
		bound,
		verdicts: (ours) => [
			exactly('requests', ours.requests, count),
			nearBound(ours, bound),
			fewRejected(ours),
		],
	};
};

const emails: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const latencyMs = 100;
	const tenant = { checks: count * 2, perApplication: 2, candidates: count, latencyMs };
	// The checks take longest: Feishu allows twice as many of the other requests.
	const bound = sideBySide(count, INTERVAL_MS, 4, latencyMs);
	return {
		title: `${count} emails as ${count} items, one application with 2 checks each, RTT ${latencyMs} ms, Feishu's limits`,
		tenant: { ...tenant, requestsPerSecond: LIMIT },
		work: { kind: 'candidates', values: upTo(count, emailOf) },
		settings: { requestsPerSecond: LIMIT },
		contenders: ['thisNode', 'sdk', 'bareLoop'],
		bound,
		verdicts: (ours) => [
			exactly('requests for candidates', ours.byApi.batch_get_id, count / 100),
			exactly('for applications', ours.byApi.external_applications, count),
			exactly('for checks', ours.byApi.batch_query, count),
			nearBound(ours, bound),
			fewRejected(ours),
		],
	};
};

/** One row in this many belongs to nobody, and is looked up twice. */
const ROWS_PER_NOBODY = 25;

const mixed: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const nobodies = count / ROWS_PER_NOBODY;
	const known = count - nobodies;
	const latencyMs = 100;
	const tenant = { checks: known, perApplication: 1, candidates: known, latencyMs };
	const values = upTo(known, contactOf);
	// Inserts from the end, so that positions stay valid.
	for (let n = nobodies; n > 0; n--) {
		const nobody = n % 2 === 0 ? `nobody${n}@example.com` : `139${String(n).padStart(8, '0')}`;
		values.splice(n * (ROWS_PER_NOBODY - 1), 0, nobody);
	}
	// Emails and phone numbers are looked up by the hundred; those not found, in one more request
	// each.
	const contacts = 2 * (Math.ceil((known / 4 + nobodies / 2) / 100) + 1);
	const bound = sideBySide(known, INTERVAL_MS, 4, latencyMs);
	return {
		title: `${count} rows with emails, phone numbers, names and IDs in turn, ${nobodies} of them nobody's, one check each, RTT ${latencyMs} ms, Feishu's limits`,
		tenant: { ...tenant, requestsPerSecond: LIMIT },
		work: { kind: 'candidates', values },
		settings: { requestsPerSecond: LIMIT },
		contenders: ['thisNode'],
		bound,
		verdicts: (ours) => [
			exactly('requests for contacts', ours.byApi.batch_get_id, contacts),
			exactly('for names', ours.byApi.talents, known / 4),
			exactly('for applications', ours.byApi.external_applications, known),
			exactly('for checks', ours.byApi.batch_query, known),
			nearBound(ours, bound),
			fewRejected(ours),
		],
	};
};

/** A tenant to create checks in. */
const candidates = { checks: 100, perApplication: 1, candidates: 100, requestsPerSecond: LIMIT };

const creates: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const latencyMs = 300;
	const bound = sideBySide(count, INTERVAL_MS / 2, 2, latencyMs);
	return {
		title: `${count} creates as ${count} items, RTT ${latencyMs} ms, limit ${2 * LIMIT}/s`,
		tenant: { ...candidates, latencyMs },
		work: { kind: 'create', count, applications: candidates.candidates },
		settings: { requestsPerSecond: LIMIT },
		contenders: EVERYBODY,
		bound,
		verdicts: (ours) => [
			exactly('requests that create', ours.byApi.create_check, count),
			exactly('items that succeeded', ours.rows, count),
			nearBound(ours, bound),
			fewRejected(ours),
		],
	};
};

/** Creates checks for candidates known by email, each with an application of their own. */
const createsOnCandidates =
	(ifIdenticalExists: 'create' | 'skip'): RowOfSize =>
	(scale) => {
		const count = 1000 * scale;
		const latencyMs = 100;
		const isReading = ifIdenticalExists === 'skip';
		// Feishu allows half as many queries for checks as creations.
		const bound = isReading
			? sideBySide(count, INTERVAL_MS, 5, latencyMs)
			: sideBySide(count, INTERVAL_MS / 2, 4, latencyMs);
		const mode = isReading ? 'Skip' : 'Create';
		return {
			title: `${count} creates on ${count} candidates by email, If Identical Exists → ${mode}, RTT ${latencyMs} ms, Feishu's limits`,
			tenant: {
				checks: count,
				perApplication: 1,
				candidates: count,
				latencyMs,
				requestsPerSecond: LIMIT,
			},
			work: { kind: 'create', count, applications: count, onCandidates: true },
			settings: { requestsPerSecond: LIMIT, ifIdenticalExists },
			contenders: ['thisNode'],
			bound,
			verdicts: (ours) => [
				exactly('requests for candidates', ours.byApi.batch_get_id, count / 100),
				exactly('for applications', ours.byApi.external_applications, count),
				exactly('for checks', ours.byApi.batch_query ?? 0, isReading ? count : 0),
				exactly('that create', ours.byApi.create_check, count),
				nearBound(ours, bound),
				fewRejected(ours),
			],
		};
	};

const uploads: RowOfSize = (scale) => {
	const megabytes = 60 * scale;
	const count = 10;
	return {
		title: `${count} creates with a file of ${megabytes} MB each, from disk`,
		tenant: { ...candidates, latencyMs: 0 },
		work: {
			kind: 'create',
			count,
			applications: candidates.candidates,
			fileBytes: megabytes * 1_000_000,
		},
		settings: { requestsPerSecond: LIMIT },
		contenders: ['thisNode'],
		verdicts: (ours) => [
			exactly('items that succeeded', ours.rows, count),
			atMost('peak memory, MB', ours.peakBytes / 1e6, 100),
		],
	};
};

/** How many orders a page has. */
const ORDERS_PAGE_SIZE = 100;

/** A tenant with background check orders, two per application, and Feishu's limits. */
const tenantOfOrders = (orders: number) => ({
	checks: 100,
	candidates: Math.ceil(orders / 3),
	orders,
	latencyMs: 100,
	requestsPerSecond: LIMIT,
});

const orders: RowOfSize = (scale) => {
	const count = 10_000 * scale;
	const tenant = tenantOfOrders(count);
	return {
		title: `one list of ${count} orders, RTT ${tenant.latencyMs} ms, Feishu's limits`,
		tenant,
		work: { kind: 'all', of: 'orders' },
		settings: {},
		contenders: ['thisNode', 'bareLoop'],
		verdicts: (ours, of) => [
			exactly('requests', ours.requests, count / ORDERS_PAGE_SIZE),
			atMost('wall ÷ wall of the bare loop', ours.wallMs / of('bareLoop').wallMs, 1.05, 2),
			fewRejected(ours),
		],
	};
};

/**
 * Feishu has two ways: the orders of each application, or all of the tenant. @param list how many
 * there are in all
 */
const ordersOfCandidates =
	(list: number): RowOfSize =>
	(scale) => {
		const count = 1000 * scale;
		const tenant = tenantOfOrders(list * scale);
		const cheaper = Math.min(1.5 * count, tenant.orders / ORDERS_PAGE_SIZE);
		return {
			title: `orders of ${count} candidates by email, 1.5 applications each, among ${tenant.orders} orders, RTT ${tenant.latencyMs} ms, Feishu's limits`,
			tenant,
			work: { kind: 'candidates', of: 'orders', values: upTo(count, emailOf) },
			settings: {},
			contenders: ['thisNode'],
			verdicts: (ours) => [
				exactly('requests for candidates', ours.byApi.batch_get_id, count / 100),
				exactly('for applications', ours.byApi.applications, count),
				atMost(`for orders (${cheaper} by the cheaper way)`, ours.byApi.orders ?? 0, 2 * cheaper),
				fewRejected(ours),
			],
		};
	};

const orderIds: RowOfSize = (scale) => {
	const count = 1000 * scale;
	const tenant = tenantOfOrders(count);
	const bound = sideBySide(count / PAGE_SIZE, INTERVAL_MS, 2, tenant.latencyMs);
	return {
		title: `${count} order IDs as ${count} items, RTT ${tenant.latencyMs} ms, limit ${LIMIT}/s`,
		tenant,
		work: { kind: 'ids', of: 'orders', values: ordersOf(tenant).orders.map(({ id }) => id) },
		settings: {},
		contenders: ['thisNode'],
		bound,
		verdicts: (ours) => [
			exactly('requests', ours.requests, count / PAGE_SIZE),
			nearBound(ours, bound),
			fewRejected(ours),
		],
	};
};

const orderPoll: RowOfSize = (scale) => {
	const tenant = tenantOfOrders(10_000 * scale);
	return {
		title: `a poll over ${tenant.orders} orders with 3 changes, and the next one, RTT ${tenant.latencyMs} ms`,
		tenant,
		work: { kind: 'poll' },
		settings: {},
		contenders: ['thisNode'],
		verdicts: (ours) => [exactly('requests of both polls', ours.requests, 2)],
	};
};

/**
 * Pages must be read one after another, so a client that opens a connection for each waits for its
 * handshakes.
 */
const longList: RowOfSize = (scale) => {
	const count = 2000 * scale;
	const pages = count / PAGE_SIZE;
	const latencyMs = 100;
	return {
		title: `one list of ${count} checks over TLS, RTT ${latencyMs} ms, handshakes included, limit ${LIMIT}/s`,
		tenant: { checks: count, latencyMs, isFarAway: true, requestsPerSecond: LIMIT },
		work: { kind: 'all' },
		settings: { requestsPerSecond: LIMIT },
		contenders: EVERYBODY,
		bound: {
			ms: (2 + 1 + pages) * latencyMs,
			text: `one connection (two round trips), the token, and ${pages} pages one after the other`,
		},
		verdicts: (ours, of) => [
			exactly('requests', ours.requests, pages),
			atMost('wall ÷ wall of the bare loop', ours.wallMs / of('bareLoop').wallMs, 1.05, 2),
		],
	};
};

const bigScan: RowOfSize = (scale) => {
	const count = 100_000 * scale;
	return {
		title: `one list of ${count} checks, RTT 0, no limit; this node and the bare loop at ${HIGHEST}/s`,
		tenant: { checks: count, latencyMs: 0, requestsPerSecond: null },
		work: { kind: 'all' },
		settings: { requestsPerSecond: HIGHEST },
		contenders: EVERYBODY,
		verdicts: (ours, of) => [
			exactly('requests', ours.requests, count / PAGE_SIZE),
			atMost('CPU ÷ CPU of the bare loop', ours.cpuMs / of('bareLoop').cpuMs, 1.15, 2),
			atMost('peak memory, MB', ours.peakBytes / 1e6, 200),
		],
	};
};

/** How often each fault occurs: 5 % in all. The sandbox draws them with a fixed seed. */
const SHARES: Record<string, number> = {
	'connection reset': 0.01,
	'HTTP 502': 0.01,
	'code 1002001': 0.008,
	'code 2200': 0.005,
	'a body that is cut off': 0.005,
	'truncated JSON': 0.005,
	'an empty body': 0.004,
	'no answer': 0.001,
	'rate limit as HTTP 429 with reset header': 0.002,
};

const soak: RowOfSize = (scale) => {
	const count = 100_000 * scale;
	const expireEvery = 500 * scale;
	const nth = upTo(20, (index) => (index + 1) * expireEvery);
	const faults: FaultRule[] = [
		{ api: 'batch_query', nth, do: 'expire' },
		...Object.entries(SHARES).map(([name, probability], index): FaultRule => {
			const { do: action } = faultNamed(name);
			return { api: 'batch_query', always: true, probability, seed: index + 1, do: action };
		}),
	];
	return {
		title: `one list of ${count} checks at ${HIGHEST}/s, 5 % of the answers go wrong, a void token every ${expireEvery} pages`,
		tenant: { checks: count, latencyMs: 0, requestsPerSecond: HIGHEST, faults },
		work: { kind: 'all' },
		settings: { requestsPerSecond: HIGHEST, timeoutMs: 2000 },
		contenders: ['thisNode', 'sdk', 'httpRequestNode'],
		verdicts: () => [],
	};
};

/** The rows to measure: `npm run bench -- NAME`. */
export const rows: Record<string, RowOfSize> = {
	'ids-100': ids,
	applications,
	emails,
	mixed,
	creates,
	'candidate-creates': createsOnCandidates('create'),
	'candidate-creates-skip': createsOnCandidates('skip'),
	orders,
	'order-candidates-3000': ordersOfCandidates(3000),
	'order-candidates-300000': ordersOfCandidates(300_000),
	'order-ids': orderIds,
	'order-poll': orderPoll,
	'tls-one-list': longList,
	'big-scan': bigScan,
	soak,
	uploads,
};
