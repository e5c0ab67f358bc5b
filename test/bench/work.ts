import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { orderExamples } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import {
	applicationId,
	checksOf,
	emailOf,
	ordersOf,
	talentId,
	type TenantSpec,
	upTo,
} from './tenant';

/** Reads checks or orders: by ID, application or candidate with one input item each, or as one list. */
export type Reading = { of?: 'orders' } & (
	| { kind: 'ids' | 'applications' | 'candidates'; values: string[] }
	| { kind: 'all' }
);

/** Creates this many checks, on applications in turn. With `fileBytes`, each has a file of that size. */
export interface Creating {
	kind: 'create';
	count: number;
	applications: number;
	fileBytes?: number;
	/** Whether only the candidate is given, by email, and not the application. */
	onCandidates?: boolean;
}

/** Polls twice for changes of orders; see {@link changeOrders}. */
export interface Polling {
	kind: 'poll';
}

export type Work = Reading | Creating | Polling;

/** A little of the same work, for the warm-up before the clock starts. */
export function warmUpOf(work: Work): Work {
	if (work.kind === 'all' || work.kind === 'poll') return work;
	if (work.kind !== 'create') return { ...work, values: work.values.slice(0, 2) };
	return { ...work, count: 2, ...(work.fileBytes !== undefined && { fileBytes: 1000 }) };
}

/** Recognizes the checks that a bench creates by their names. */
const PREFIX = '性能测试 ';

/** What every created check has besides its name. */
export const RESULT = '已通过';
export const DATE_MS = 1_700_000_000_000;

/** What is created for an input item. */
export interface CreatedCheck {
	applicationId: string;
	/** The email address of the application's candidate. */
	email: string;
	name: string;
}

export const createdChecks = ({ count, applications }: Creating): CreatedCheck[] =>
	upTo(count, (n) => ({
		applicationId: applicationId(n % applications),
		email: emailOf(n % applications),
		name: `${PREFIX}${n}`,
	}));

const CHUNK_BYTES = 1_000_000;

function* chunksOf(number: number, bytes: number) {
	const chunk = Buffer.alloc(CHUNK_BYTES, number + 1);
	for (let left = bytes; left > 0; left -= CHUNK_BYTES) yield chunk.subarray(0, left);
}

/** The file of the nth item. */
export const fileOf = (number: number, bytes: number): Readable =>
	Readable.from(chunksOf(number, bytes));

function hashOf(number: number, bytes: number): string {
	const hash = createHash('sha256');
	for (const chunk of chunksOf(number, bytes)) hash.update(chunk);
	return hash.digest('hex');
}

const NEW_ORDER = '7449999999999999999';

/** The effect of {@link changeOrders}, as rows of a poll: an order and its event. */
const ORDER_EVENTS = [
	`${NEW_ORDER} orderCreated`,
	`${orderExamples.open} orderStatusChanged`,
	`${orderExamples.twoReports} orderReportAdded`,
];

/** Places an order, completes another, and adds a report to a third. */
export function changeOrders({ orders }: Pick<Sandbox, 'orders'>): void {
	orders.add({ id: NEW_ORDER, application_id: applicationId(0), order_status: 2 });
	orders.update(orderExamples.open, { order_status: 4 });
	orders.addReport(orderExamples.twoReports);
}

/** The IDs of the orders to read. */
function orderIds(work: Reading, tenant: TenantSpec): string[] {
	const { applications, orders } = ordersOf(tenant);
	const candidates = work.kind === 'candidates' ? work.values.length : tenant.candidates;
	const asked = new Set(upTo(candidates ?? 0, talentId));
	const theirs = new Set(
		applications.filter(({ talent_id }) => asked.has(talent_id)).map(({ id }) => id),
	);
	return orders.filter(({ application_id }) => theirs.has(application_id)).map(({ id }) => id);
}

/**
 * The rows that must come: IDs, or events for a poll. For creations, the names and hashes that the
 * tenant must have afterwards.
 */
export function expectedRows(work: Work, tenant: TenantSpec): string[] {
	if (work.kind === 'poll') return ORDER_EVENTS;
	if (work.kind !== 'create') {
		return work.of ? orderIds(work, tenant) : checksOf(tenant).map(({ id }) => id);
	}
	const { count, fileBytes } = work;
	const hashes = fileBytes === undefined ? [] : upTo(count, (n) => hashOf(n, fileBytes));
	return [...createdChecks(work).map(({ name }) => name), ...hashes];
}

/** The rows in a tenant that were created by a contender. */
export function createdRows({ checks, requests }: Pick<Sandbox, 'checks' | 'requests'>): string[] {
	const names = checks.all().flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []));
	const files = requests('upload').flatMap(({ status, upload }) =>
		status === 200 && upload ? [upload.sha256] : [],
	);
	return [...names, ...files];
}

/** What is wrong with the rows that came. */
export interface RowErrors {
	/** Rows that should have come but did not. */
	lost: number;
	/** Rows that came too often, or should not have come. */
	surplus: number;
}

/** Compares the rows that came with those that had to come, in any order. */
export function countRows(expected: string[], got: string[]): RowErrors {
	const missing = new Map<string, number>();
	for (const row of expected) missing.set(row, (missing.get(row) ?? 0) + 1);
	for (const row of got) missing.set(row, (missing.get(row) ?? 0) - 1);
	const counts = [...missing.values()];
	return {
		lost: counts.reduce((sum, count) => sum + Math.max(0, count), 0),
		surplus: counts.reduce((sum, count) => sum - Math.min(0, count), 0),
	};
}
