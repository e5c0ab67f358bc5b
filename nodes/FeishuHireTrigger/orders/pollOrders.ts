import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../shared/feishu/client';
import { scanOrders } from '../../shared/hire/api/orders';
import { epochMs } from '../../shared/hire/simplify';
import { packOrders, unpackOrders } from './keptOrder';
import { OrderComparison, type OrderNews } from './compareOrders';

/** What is asked for again, in ms: a change can become visible a little after the time that it bears. */
const OVERLAP_MS = 5 * 60_000;

/**
 * After so long the whole list is read and compared: whether `update_time` moves with every change is not
 * documented, and a deletion shows nowhere else.
 */
const WHOLE_EVERY_MS = 24 * 60 * 60_000;

/** What n8n stores with the workflow for the orders that a node watches. */
export interface OrderState extends IDataObject {
	/** What it is of: see `watchOf`. */
	watch: string;
	/** See `packOrders`. */
	orders: string;
	/** The highest `update_time` seen, in epoch ms of Feishu's clock. */
	latest: number;
	/**
	 * What that was one poll earlier: the next poll asks from here. So everything is read twice, and what changed
	 * or moved to another page while a poll read comes with the next one.
	 */
	cursor: number;
	/** Epoch ms at which the whole list was read last. */
	wholeAt: number;
}

/**
 * Reads the orders that have changed, or all of them, and compares them with the state.
 *
 * @param before undefined: nothing is known yet
 * @param onPage called for each page that is read; throws to give up
 * @returns what happened, and the state to be stored
 * @throws FeishuError when one page cannot be had
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
