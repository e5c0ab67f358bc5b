import type { Attachment } from './checkStore';
import { smallestSize } from './fixtureFiles';
import { newIds } from './newIds';
import { RecordStore } from './recordStore';

/** A report of an order: an entry of `feedback_info_list`. */
export interface Report {
	id: string;
	report_name?: string;
	/** 1 interim, 2 final. */
	report_type?: number;
	result?: string;
	create_time?: string;
	/** The file behind `attachment_url`, which is generated anew for each answer. */
	file?: { name: string; size: number };
	/** A path is resolved against the file host. */
	report_preview_url?: string;
	[field: string]: unknown;
}

/** A person as an order shows them. */
export interface OrderContact {
	name?: string;
	first_name?: string;
	last_name?: string;
	mobile?: string;
	email?: string;
}

/**
 * A background check order (Feishu "查询背调信息列表") as it is stored. It is returned as it is, with
 * `order_id` in place of `id`. Times are epoch ms as text. Fields may be missing on purpose.
 */
export interface Order {
	id: string;
	application_id: string;
	/** 2 arranged, 3 completed, 4 terminated, 5 in approval, 6 withdrawn, 8 approved, 9 not approved. */
	order_status?: number;
	/** 1 八方锦程, 2 i背调, 3 轩渡, 127 a supplier that the customer has added. */
	account_third_type?: number;
	provider_info?: { provider_id: string; provider_name: { zh_cn: string; en_us: string } };
	package?: string;
	/** Only in a result that was entered by hand, like `upload_time`. */
	name?: string;
	upload_time?: string;
	begin_time?: string;
	end_time?: string;
	update_time?: string;
	/** The result of the latest report. */
	conclusion?: string;
	/** Newest first. */
	feedback_info_list?: Report[] | null;
	/** Newest first. */
	process_info_list?: Array<{ process: string; en_process: string; update_time: string }> | null;
	candidate_info?: OrderContact;
	contactor_info?: OrderContact;
	/** Without the prefix `ou_` or `on_` of the requested type of user ID. */
	creator_info?: { user_id: string };
	[field: string]: unknown;
}

/** An order to store. Without `id` it gets one; without times it gets the current one. */
export type NewOrder = Partial<Order> & { application_id: string };

/** What the list is sorted by. */
export type OrderSort = 'newest' | 'oldest' | 'lastUpdated' | 'firstUpdated';

/** Which changes move `update_time`. */
export type OrderUpdateTime = 'everything' | 'notProgressOrReports' | 'statusOnly';

/** The position of an order in a list: its time, negated for descending order, then its place. */
type Key = [time: number, place: number];

const progressOrReports = ['feedback_info_list', 'process_info_list', 'conclusion'];

/** The tenant's background check orders, by application, and the files of their reports. */
export class OrderStore extends RecordStore<Order> {
	private readonly files = new Map<string, Attachment>();
	private readonly newId = newIds(7440000000000000001n);
	private readonly newReportId = newIds(7460000000000000001n);
	/** The whole list as last sorted; any change discards it. */
	private sortedList: { by: OrderSort; orders: Order[] } | undefined;

	/**
	 * @param now in epoch ms
	 * @param movedBy which changes move `update_time`
	 */
	constructor(
		orders: NewOrder[],
		private readonly now: () => number,
		private readonly movedBy: () => OrderUpdateTime,
	) {
		super('order', (order) => order.application_id);
		for (const order of orders) this.add(order);
	}

	override add(order: NewOrder): Order {
		const now = this.timeText();
		const times = { begin_time: now, update_time: now };
		return super.add({ ...times, ...order, id: order.id ?? this.newId() });
	}

	/**
	 * Updates an order as any store does. Also moves `update_time` according to the switch, unless
	 * the patch sets it.
	 */
	override update(id: string, patch: Partial<Order>): Order {
		const before = this.byId(id);
		const changed = Object.entries(patch)
			.filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before?.[field]))
			.map(([field]) => field);
		if ('update_time' in patch || !this.moves(changed)) return super.update(id, patch);
		return super.update(id, { ...patch, update_time: this.timeText() });
	}

	/**
	 * Adds a report with the current time: by default a final one with a PDF. Its result becomes the
	 * conclusion.
	 */
	addReport(id: string, report: Partial<Report> = {}): Order {
		const link = ['attachment_url', 'report_preview_url', 'file'].some((name) => name in report);
		const stored: Report = {
			id: this.newReportId(),
			report_name: '背景调查报告',
			report_type: 2,
			create_time: this.timeText(),
			...(!link && { file: { name: '背景调查报告.pdf', size: smallestSize('pdf') } }),
			...report,
		};
		return this.update(id, {
			feedback_info_list: [stored, ...(this.byId(id)?.feedback_info_list ?? [])],
			...(stored.result !== undefined && { conclusion: stored.result }),
		});
	}

	/** The orders of one application, in stored order; empty if there are none. */
	byApplication(id: string): Order[] {
		return this.inGroup(id);
	}

	hasApplication(id: string): boolean {
		return this.hasGroup(id);
	}

	/** All orders, or those of one application, sorted. */
	sorted(by: OrderSort, application?: string): Order[] {
		if (application !== undefined) return this.sort(this.inGroup(application), by);
		if (this.sortedList?.by !== by) {
			this.sortedList = { by, orders: this.sort(this.all(), by) };
		}
		return this.sortedList.orders;
	}

	/** The position of an order in a sorted list. */
	keyOf(order: Order, by: OrderSort): Key {
		const isByBegin = by === 'newest' || by === 'oldest';
		const time = Number((isByBegin ? order.begin_time : order.update_time) ?? 0);
		const isDescending = by === 'newest' || by === 'lastUpdated';
		return [isDescending ? -time : time, this.placeOf(order.id) ?? 0];
	}

	/** The file of a report. */
	file(reportId: string): Attachment | undefined {
		return this.files.get(reportId);
	}

	protected override index({ feedback_info_list: reports }: Order): void {
		this.sortedList = undefined;
		for (const { id, file } of reports ?? []) if (file) this.files.set(id, { id, ...file });
	}

	protected override unindex({ feedback_info_list: reports }: Order): void {
		this.sortedList = undefined;
		for (const { id } of reports ?? []) this.files.delete(id);
	}

	private sort(orders: Order[], by: OrderSort): Order[] {
		return orders
			.map((order) => ({ order, key: this.keyOf(order, by) }))
			.sort((a, b) => compareKeys(a.key, b.key))
			.map(({ order }) => order);
	}

	private moves(changed: string[]): boolean {
		if (this.movedBy() === 'statusOnly') return changed.includes('order_status');
		const ignored = this.movedBy() === 'everything' ? [] : progressOrReports;
		return changed.some((field) => !ignored.includes(field));
	}

	private timeText(): string {
		return String(Math.floor(this.now()));
	}
}

/** Compares two positions in a list, for sorting. */
export function compareKeys(a: Key, b: Key): number {
	return a[0] - b[0] || a[1] - b[1];
}
