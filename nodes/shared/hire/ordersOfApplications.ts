import type { FeishuClient } from '../feishu/client';
import { ordersOf, scanOrders, type Order, type OrderPage } from './api/orders';
import type { CheckedId } from './checkedId';
import { grouped } from './loader';

interface Wanted {
	applicationId: CheckedId;
	resolve: (orders: Order[]) => void;
	reject: (error: unknown) => void;
}

/**
 * The orders of applications, however many ask. Feishu lists the orders of one application, or all of the
 * tenant: for many applications the second is cheaper, but nobody knows how long it is. So both are asked for in
 * step, a page of the whole list for each application, until one of them has everything: that costs at most twice
 * the requests of the cheaper one.
 */
export class OrdersOfApplications {
	private readonly asked = new Map<CheckedId, Promise<Order[]>>();

	/** Those that nobody has asked Feishu about yet. */
	private readonly waiting: Wanted[] = [];

	/** Requests for single applications, and for pages of the whole list, that have left. */
	private singles = 0;

	private pages = 0;

	private readonly list: AsyncGenerator<OrderPage, void>;

	private readonly orders: Order[] = [];

	private isReading = false;

	/** By application, once the whole list is there. */
	private whole?: Map<string, Order[]>;

	/** What the whole list has met: it would meet the others as well. */
	private failed?: { error: unknown };

	constructor(private readonly client: FeishuClient) {
		this.list = scanOrders(client);
	}

	/** @returns none when the application has no order, or does not exist @throws FeishuError; StoppedError */
	of(applicationId: CheckedId): Promise<Order[]> {
		let orders = this.asked.get(applicationId);
		if (!orders) {
			orders = new Promise((resolve, reject) => {
				this.waiting.push({ applicationId, resolve, reject });
			});
			// Its error waits for whoever asks.
			orders.catch(() => {});
			this.asked.set(applicationId, orders);
			this.proceed();
		}
		return orders;
	}

	/** Sends what may be sent now. */
	private proceed(): void {
		if (this.whole) {
			for (const { applicationId, resolve } of this.waiting.splice(0)) {
				resolve(this.whole.get(applicationId) ?? []);
			}
		}
		if (this.failed) {
			for (const { reject } of this.waiting.splice(0)) reject(this.failed.error);
		}
		while (this.waiting.length > 0 && this.singles < Math.max(1, this.pages)) {
			void this.askFor(this.waiting.shift() as Wanted);
		}
		const isWorthIt = this.pages < this.asked.size;
		if (this.waiting.length > 0 && isWorthIt && !this.isReading) void this.readOn();
	}

	private async askFor({ applicationId, resolve, reject }: Wanted): Promise<void> {
		this.singles += 1;
		try {
			resolve(await ordersOf(this.client, applicationId));
		} catch (error) {
			reject(error);
		}
	}

	private async readOn(): Promise<void> {
		this.isReading = true;
		this.pages += 1;
		try {
			const { value } = await this.list.next();
			if (value) this.orders.push(...value.items);
			if (!value?.has_more) {
				this.whole = grouped(this.orders, ({ application_id = '' }) => application_id);
			}
		} catch (error) {
			this.failed = { error };
		}
		this.isReading = false;
		this.proceed();
	}
}
