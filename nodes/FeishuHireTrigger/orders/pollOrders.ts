import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../shared/feishu/client';
import { scanOrders } from '../../shared/hire/api/orders';
import { epochMs } from '../../shared/hire/simplify';
import { packOrders, unpackOrders } from './keptOrder';
import { OrderComparison, type OrderNews } from './compareOrders';

/** How far each poll reads back, in ms: a change can show up a little later than its `update_time`. */
const OVERLAP_MS = 5 * 60_000;

/**
 * How often to read the whole list: Feishu does not document that every change moves `update_time`,
 * and only the whole list shows a deletion.
 */
const WHOLE_EVERY_MS = 24 * 60 * 60_000;

/** What n8n stores with the workflow about the watched orders. */
export interface OrderState extends IDataObject {
	/** What is watched: see `watchOf`. */
	watch: string;
	/** See `packOrders`. */
	orders: string;
	/** The highest `update_time` seen, in epoch ms of Feishu's clock. */
	latest: number;
	/**
	 * `latest` as of the poll before; the next poll starts here. So everything is read twice, and the
	 * next poll sees what changed or moved to another page during this one.
	 */
	cursor: number;
	/** When the whole list was last read, in epoch ms. */
	wholeAt: number;
}

/**
 * Reads the changed orders, or all of them, and compares them with the state.
 *
 * @param before the stored state; undefined if nothing is known yet
 * @param onPage called for each page; throws to abort the poll
 * @returns what happened, and the state to store
 * @throws FeishuError if a page cannot be read
 */
export async function pollOrders(
	client: FeishuClient,
	watch: string,
	before: OrderState | undefined,
	onPage: (page: { has_more: boolean }) => void,
): Promise<{ news: OrderNews[]; state: OrderState }> {
	const startedAt = Date.now();
	const isWhole = !before || Math.abs(startedAt - before.wholeAt) >= WHOLE_EVERY_MS;
	const kept = unpackOrders(before?.orders ?? '');
	const comparison = new OrderComparison(kept);
	let latest = before?.latest ?? 0;
	const conditions = isWhole ? {} : { updated: { from: before.cursor - OVERLAP_MS } };
	for await (const page of scanOrders(client, conditions)) {
		for (const order of page.items) {
			comparison.add(order);
			latest = Math.max(latest, epochMs(order.update_time) ?? 0);
		}
		onPage(page);
	}
	if (isWhole) comparison.forgetAbsent();
	return {
		news: comparison.news,
		state: {
			watch,
			orders: packOrders(kept.values()),
			latest,
			cursor: before?.latest ?? latest,
			wholeAt: isWhole ? startedAt : before.wholeAt,
		},
	};
}
