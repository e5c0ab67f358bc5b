import { isId } from '../../shared/hire/checkedId';
import type { Order, Report } from '../../shared/hire/api/orders';
import { reportKey, reportsOf } from '../../shared/hire/order';
import { HASH_LENGTH, hashOf, keyOf } from '../keptCheck';

/** What is remembered of an order between polls: enough to see a change, but no name. */
export interface KeptOrder {
	/** The short ID: see `keyOf`. */
	key: string;
	/** `order_status` as Feishu sends it; empty if missing. */
	status: string;
	/** One hash per report, newest first. */
	reports: string[];
	/** The latest full read did not find it. A second miss in a row makes the trigger forget it. */
	absent: boolean;
}

/** Bounds the stored state: older reports are ignored. */
const MAX_REPORTS = 12;

/** What to remember of an order; undefined if it has no ID and so cannot be found again. */
export function keepOrder(order: Order): KeptOrder | undefined {
	const { order_id, order_status } = order;
	if (!isId(order_id)) return undefined;
	const key = keyOf(order_id);
	const reports = reportsOf(order).slice(0, MAX_REPORTS);
	return {
		key,
		status: String(order_status ?? '').replace(/\D/g, ''),
		reports: reports.map((report) => reportHash(key, report)),
		absent: false,
	};
}

/** @param key the order's key */
export const reportHash = (key: string, report: Report): string => hashOf(key, reportKey(report));

/** Packs orders as `key,status,reports`, with `!` after absent ones. At most 100 bytes each, usually 24. */
export const packOrders = (kept: Iterable<KeptOrder>): string =>
	Array.from(
		kept,
		({ key, status, reports, absent }) =>
			`${key},${status},${reports.join('')}${absent ? '!' : ''}`,
	)
		.sort()
		.join(';');

/** @returns the orders by key */
export function unpackOrders(packed: string): Map<string, KeptOrder> {
	const records = packed === '' ? [] : packed.split(';');
	return new Map(
		records.map((record) => {
			const [key = '', status = '', hashes = ''] = record.split(',');
			const absent = hashes.endsWith('!');
			const reports = hashes.match(new RegExp(`[\\w-]{${HASH_LENGTH}}`, 'g')) ?? [];
			return [key, { key, status, reports, absent }];
		}),
	);
}
