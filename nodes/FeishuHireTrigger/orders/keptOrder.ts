import { isId } from '../../shared/hire/checkedId';
import type { Order, Report } from '../../shared/hire/api/orders';
import { reportKey, reportsOf } from '../../shared/hire/order';
import { HASH_LENGTH, hashOf, keyOf } from '../keptCheck';

/** What is remembered of an order from one poll to the next: enough to see a change, no name. */
export interface KeptOrder {
	/** The ID in short: see `keyOf`. */
	key: string;
	/** `order_status` as Feishu sends it; empty without one. */
	status: string;
	/** A hash for each of its reports, the newest first. */
	reports: string[];
	/** The latest reading of the whole list did not find it. A second one in a row forgets it. */
	absent: boolean;
}

/** No order has more reports than so many. */
const MAX_REPORTS = 12;

/** What to remember of an order; undefined for one without an ID, which cannot be found again. */
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

/** @param key of the order */
export const reportHash = (key: string, report: Report): string => hashOf(key, reportKey(report));

/** `key,status,reports` for each order, those that were absent marked with `!`. At most 100 bytes each, 24 as a rule. */
export const packOrders = (kept: Iterable<KeptOrder>): string =>
	Array.from(
		kept,
		({ key, status, reports, absent }) =>
			`${key},${status},${reports.join('')}${absent ? '!' : ''}`,
	)
		.sort()
		.join(';');

/** By key. */
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
