import type { FeishuClient } from '../feishu/client';
import { ordersOf, scanOrders, type Order, type OrderPage } from './api/orders';
import type { CheckedId } from './checkedId';
import { grouped, Once } from './loader';

/**
 * The orders of applications, however many ask. Feishu lists the orders of one application, or all of the
 * tenant: for many applications the second is cheaper, but nobody knows how long it is. So both are asked for in
 * step, a page of the whole list for each application, until one of them has everything: that costs at most twice
 * the requests of the cheaper one.
 */
export class OrdersOfApplications {
	private readonly asked = new Once<CheckedId, Order[]>();

	/** Those that nobody has asked Feishu about yet. */
	private readonly waiting: Array<{
		applicationId: CheckedId;
		resolve: (orders: Promise<Order[]>) => void;
	}> = [];

	private applications = 0;

	/** Requests for single applications, and for pages of the whole list, that have left. */
	private singles = 0;

	private pages = 0;

	private readonly list: AsyncGenerator<OrderPage, void>;

	private readonly orders: Order[] = [];

	private isReading = false;

	/** By application, once the whole list is there; rejects with what it has met: it would meet the others as well. */
	private whole?: Promise<Map<string, Order[]>>;

	constructor(private readonly client: FeishuClient) {
		this.list = scanOrders(client);
	}

	/** @returns none when the application has no order, or does not exist @throws FeishuError; StoppedError */
	of(applicationId: CheckedId): Promise<Order[]> {
		return this.asked.get(
			applicationId,
			async () =>
				await new Promise<Order[]>((resolve) => {
					this.applications += 1;
					this.waiting.push({ applicationId, resolve });
					this.proceed();
				}),
		);
	}

	/** Sends what may be sent now. */
	private proceed(): void {
		const { whole } = this;
		if (whole) {
			for (const { applicationId, resolve } of this.waiting.splice(0)) {
				resolve(whole.then((orders) => orders.get(applicationId) ?? []));
			}
		}
		const room = Math.max(1, this.pages) - this.singles;
		for (const { applicationId, resolve } of this.waiting.splice(0, room)) {
			this.singles += 1;
			resolve(ordersOf(this.client, applicationId));
		}
		const isWorthIt = this.pages < this.applications;
		if (this.waiting.length > 0 && isWorthIt && !this.isReading) void this.readOn();
	}

	private async readOn(): Promise<void> {
		this.isReading = true;
		this.pages += 1;
		try {
			const { value } = await this.list.next();
			if (value) this.orders.push(...value.items);
			if (!value?.has_more) {
				this.whole = Promise.resolve(
					grouped(this.orders, ({ application_id = '' }) => application_id),
				);
			}
		} catch (error) {
			this.whole = Promise.reject(error);
			// Whoever waits is told.
			this.whole.catch(() => {});
		}
		this.isReading = false;
		this.proceed();
	}
}
