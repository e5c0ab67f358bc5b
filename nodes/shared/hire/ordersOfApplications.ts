import type { FeishuClient } from '../feishu/client';
import { ordersOf, scanOrders, type Order, type OrderPage } from './api/orders';
import type { CheckedId } from './checkedId';
import { grouped, Once } from './loader';

/**
 * The orders of applications, for all items of a run. Feishu lists the orders of one application,
 * or all orders of the tenant. For many applications the whole list is cheaper, but its length is
 * unknown. So we read both in step, one page of the whole list per application, until either is
 * complete. This takes at most twice the requests of the cheaper way.
 */
export class OrdersOfApplications {
	private readonly asked = new Once<CheckedId, Order[]>();

	/** Applications whose orders have not been requested yet. */
	private readonly waiting: Array<{
		applicationId: CheckedId;
		resolve: (orders: Promise<Order[]>) => void;
	}> = [];

	private applications = 0;

	/** How many requests were sent for single applications, and below, for pages of the whole list. */
	private singles = 0;

	private pages = 0;

	private readonly list: AsyncGenerator<OrderPage, void>;

	private readonly orders: Order[] = [];

	private isReading = false;

	/** By application, once the whole list is read. */
	private whole?: Map<string, Order[]>;

	/** The list is only a shortcut: without it, each application is requested. */
	private hasFailed = false;

	constructor(private readonly client: FeishuClient) {
		this.list = scanOrders(client);
	}

	/**
	 * @returns an empty list if the application has no order or does not exist
	 * @throws FeishuError; StoppedError
	 */
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

	/** Sends the requests that are due now. */
	private proceed(): void {
		const { whole } = this;
		if (whole) {
			for (const { applicationId, resolve } of this.waiting.splice(0)) {
				resolve(Promise.resolve(whole.get(applicationId) ?? []));
			}
		}
		const room = this.hasFailed ? Infinity : Math.max(1, this.pages) - this.singles;
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
				this.whole = grouped(this.orders, ({ application_id = '' }) => application_id);
			}
		} catch {
			this.hasFailed = true;
		}
		this.isReading = false;
		this.proceed();
	}
}
