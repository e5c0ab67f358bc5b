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

/** `order_status` of a completed order. */
const COMPLETED = '3';

/** What has happened to an order since it was looked at before. */
export interface OrderNews {
	order: Order;
	events: OrderEventName[];
	/** Status as a word, and undefined where the order was not known. */
	oldStatus?: IDataObject[string];
	newReports: Report[];
}

/**
 * Compares orders with what was remembered, one by one. Pure: knows nothing of n8n or Feishu.
 */
export class OrderComparison {
	private readonly present = new Set<string>();

	readonly news: OrderNews[] = [];

	/** @param kept what is remembered, by key; moved on by what is taken */
	constructor(private readonly kept: Map<string, KeptOrder>) {}

	/** Takes an order that is there now. One without an ID, or one that came before, is passed over. */
	add(order: Order): void {
		const now = keepOrder(order);
		if (!now || this.present.has(now.key)) return;
		this.present.add(now.key);
		const news = newsOf(order, this.kept.get(now.key), now);
		if (news.events.length > 0) this.news.push(news);
		this.kept.set(now.key, now);
	}

	/** Call it once the whole list was taken: what was not there twice in a row is forgotten. */
	forgetAbsent(): void {
		for (const [key, order] of this.kept) {
			if (this.present.has(key)) continue;
			if (order.absent) this.kept.delete(key);
			else this.kept.set(key, { ...order, absent: true });
		}
	}
}

/** @param before undefined: the order was not known */
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
