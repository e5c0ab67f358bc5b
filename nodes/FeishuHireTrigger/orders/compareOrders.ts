import type { IDataObject } from 'n8n-workflow';
import type { Order, Report } from '../../shared/hire/api/orders';
import { reportsOf, statusOf } from '../../shared/hire/order';
import { keepOrder, reportHash, type KeptOrder } from './keptOrder';

export const ORDER_EVENTS = [
	'orderCreated',
	'orderStatusChanged',
	'orderReportAdded',
	'orderCompleted',
] as const;

export type OrderEventName = (typeof ORDER_EVENTS)[number];

/** The `order_status` of a completed order. */
const COMPLETED = '3';

/** What has happened to an order since the last poll. */
export interface OrderNews {
	order: Order;
	events: OrderEventName[];
	/** The previous status in words; undefined if the status is the same or the order is new. */
	oldStatus?: IDataObject[string];
	newReports: Report[];
}

/** Compares orders with the remembered ones, one by one. Pure: knows nothing of n8n or Feishu. */
export class OrderComparison {
	private readonly present = new Set<string>();

	readonly news: OrderNews[] = [];

	/** @param kept the remembered orders, by key; `add` updates it */
	constructor(private readonly kept: Map<string, KeptOrder>) {}

	/** Adds an order that exists now. Ignores an order without an ID, and a repeated one. */
	add(order: Order): void {
		const now = keepOrder(order);
		if (!now || this.present.has(now.key)) return;
		this.present.add(now.key);
		const news = newsOf(order, this.kept.get(now.key), now);
		if (news.events.length > 0) this.news.push(news);
		this.kept.set(now.key, now);
	}

	/** Call this after reading the whole list. Forgets orders that were absent twice in a row. */
	forgetAbsent(): void {
		for (const [key, order] of this.kept) {
			if (this.present.has(key)) continue;
			if (order.absent) this.kept.delete(key);
			else this.kept.set(key, { ...order, absent: true });
		}
	}
}

/** What happened to an order. @param before undefined if the order is new */
export function newsOf(order: Order, before: KeptOrder | undefined, now: KeptOrder): OrderNews {
	const known = new Set(before?.reports);
	const newReports = reportsOf(order).filter(
		(report, index) => index < now.reports.length && !known.has(reportHash(now.key, report)),
	);
	const isChanged = before !== undefined && before.status !== now.status;
	const events: OrderEventName[] = [
		...(before ? [] : (['orderCreated'] as const)),
		...(isChanged ? (['orderStatusChanged'] as const) : []),
		...(newReports.length > 0 ? (['orderReportAdded'] as const) : []),
		...(now.status === COMPLETED && before?.status !== COMPLETED
			? (['orderCompleted'] as const)
			: []),
	];
	return {
		order,
		events,
		newReports,
		...(isChanged && {
			oldStatus: statusOf({
				order_status: before.status === '' ? undefined : Number(before.status),
			}),
		}),
	};
}
