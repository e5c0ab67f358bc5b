import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { OpenQuestions, Order, Sandbox } from '../../sandbox';

/** What can happen to the orders of a tenant; `at` picks an existing one. */
export type OrderChange =
	| { kind: 'add'; status: number; reports: number; lateMs: number }
	| { kind: 'status'; at: number; status: number; lateMs: number }
	| { kind: 'report'; at: number; type: number }
	/** A change that the trigger ignores. */
	| { kind: 'edit'; at: number }
	| { kind: 'remove'; at: number };

/** A change during a poll, after one of its pages. */
export interface Meanwhile {
	afterPage: number;
	change: OrderChange;
}

export type OrderStep =
	| OrderChange
	| { kind: 'wait'; ms: number }
	/** A day passes for n8n, so that the next poll reads the whole list. */
	| { kind: 'day' }
	| { kind: 'poll'; meanwhile: Meanwhile[] }
	/** The poll fails at this page, or at its last one if it reads fewer. */
	| { kind: 'failingPoll'; page: number }
	| { kind: 'restart' };

/** Feishu's readings of what its page leaves open. */
export const openQuestions: fc.Arbitrary<Partial<OpenQuestions>> = fc.record({
	orderSort: fc.constantFrom('newest', 'oldest', 'lastUpdated', 'firstUpdated'),
	orderPaging: fc.constantFrom('offset', 'cursor'),
	orderTimeBounds: fc.constantFrom('inclusive', 'exclusive', 'endExclusive'),
	orderOneBound: fc.constantFrom('open', 'ignored', 'error'),
	orderUpdateTime: fc.constantFrom('everything', 'notProgressOrReports', 'statusOnly'),
	noOrders: fc.constantFrom('empty', 'error'),
	emptyAnswer: fc.constantFrom('array', 'null', 'missing', 'noData'),
	lastPageToken: fc.constantFrom('absent', 'empty'),
});

/** How long before it becomes visible a change is dated, in ms. */
const lateMs = fc.constantFrom(0, 0, 1, 60_000, 290_000);

const change = (): fc.Arbitrary<OrderChange> => {
	const at = fc.nat(9);
	const status = fc.constantFrom(2, 3, 4, 5, 6, 7, 8, 9);
	const added = fc.record({
		kind: fc.constant('add' as const),
		status,
		reports: fc.nat(2),
		lateMs,
	});
	return fc.oneof(
		{ weight: 3, arbitrary: added },
		{
			weight: 3,
			arbitrary: fc.record({ kind: fc.constant('status' as const), at, status, lateMs }),
		},
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('report' as const),
				at,
				type: fc.constantFrom(1, 2),
			}),
		},
		{ weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), at }) },
		{ weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), at }) },
	);
};

/** Histories in which a few orders are added, changed and removed, between polls and during them. */
export const orderHistories = (maxLength: number): fc.Arbitrary<OrderStep[]> => {
	// A deletion moves the rows after it, so that one of them may be on no page.
	const removal = fc.record({ kind: fc.constant('remove' as const), at: fc.nat(9) });
	const meanwhile = fc.array(
		fc.record({ afterPage: fc.integer({ min: 1, max: 3 }), change: fc.oneof(change(), removal) }),
		{ maxLength: 3 },
	);
	// Nothing, or ten minutes, which is more than the overlap.
	const ms = fc.constantFrom(0, 1, 600_000, 600_000);
	const step: fc.Arbitrary<OrderStep> = fc.oneof(
		{ weight: 6, arbitrary: change() },
		{ weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms }) },
		{ weight: 4, arbitrary: fc.constant<OrderStep>({ kind: 'poll', meanwhile: [] }) },
		{ weight: 2, arbitrary: fc.record({ kind: fc.constant('poll' as const), meanwhile }) },
		{ weight: 1, arbitrary: fc.constant<OrderStep>({ kind: 'day' }) },
		{
			weight: 1,
			arbitrary: fc.record({
				kind: fc.constant('failingPoll' as const),
				page: fc.integer({ min: 1, max: 3 }),
			}),
		},
		{ weight: 1, arbitrary: fc.constant<OrderStep>({ kind: 'restart' }) },
	);
	return fc.array(step, { maxLength });
};

const WORDS: Record<number, string> = {
	2: 'arranged',
	3: 'completed',
	4: 'terminated',
	5: 'in approval',
	6: 'approval withdrawn',
	8: 'approved',
	9: 'not approved',
};

const wordOf = (status: unknown) => WORDS[Number(status)] ?? status;

/** Applies a change. @param now Feishu's clock, in epoch ms */
export function applyChange(orders: Sandbox['orders'], change: OrderChange, now: number): void {
	const time = (late: number) => String(Math.floor(now) - late);
	if (change.kind === 'add') {
		if (orders.size >= 10) return;
		const { id } = orders.add({
			application_id: '77',
			order_status: change.status,
			begin_time: time(change.lateMs),
			update_time: time(change.lateMs),
		});
		for (let left = change.reports; left > 0; left--) orders.addReport(id);
		return;
	}
	const all = orders.all();
	const order = all[change.at % Math.max(all.length, 1)];
	if (!order) return;
	if (change.kind === 'remove') orders.remove(order.id);
	else if (change.kind === 'edit')
		orders.update(order.id, { remark: `${order.remark as string}!` });
	else if (change.kind === 'report') orders.addReport(order.id, { report_type: change.type });
	else if (change.status !== order.order_status) {
		const update_time = time(change.lateMs);
		orders.update(order.id, { order_status: change.status, update_time });
	}
}

/** The part of an order that causes events. */
interface Seen {
	status: unknown;
	reports: string[];
}

const seenOf = ({ order_status, feedback_info_list }: Partial<Order>): Seen => ({
	status: order_status,
	reports: (feedback_info_list ?? []).map((report) => report.id),
});

/**
 * Knows the orders only from the trigger's items, and complains about an item that does not follow
 * from them: an order created twice, an empty status change, a report that came before …
 */
class OrderFollower {
	readonly known = new Map<string, Seen>();

	constructor(existing: Iterable<Order>) {
		for (const order of existing) this.known.set(order.id, seenOf(order));
	}

	/** Takes items with orders as Feishu sends them. */
	follow(items: IDataObject[]): void {
		const ids = items.map(({ order_id }) => order_id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const item of items) this.apply(item);
	}

	private apply(item: IDataObject): void {
		const id = item.order_id as string;
		const before = this.known.get(id);
		const now = seenOf(item);
		const added = now.reports.filter((report) => !before?.reports.includes(report));
		const hasNewStatus = before !== undefined && before.status !== now.status;
		expect(item.events).toEqual([
			...(before ? [] : ['orderCreated']),
			...(hasNewStatus ? ['orderStatusChanged'] : []),
			...(added.length > 0 ? ['orderReportAdded'] : []),
			...(now.status === 3 && before?.status !== 3 ? ['orderCompleted'] : []),
		]);
		expect(item.events).not.toEqual([]);
		const changes = [
			...(hasNewStatus
				? [{ field: 'status', old: wordOf(before.status), new: wordOf(now.status) }]
				: []),
			...(added.length > 0
				? [
						{
							field: 'reports',
							new: added.map((id): unknown => expect.objectContaining({ id })),
						},
					]
				: []),
		];
		expect(item.changes ?? []).toEqual(changes);
		this.known.set(id, now);
	}
}

/** A trigger that emits every event of orders, as Feishu sends them, however it is run. */
export interface OrderWatcher {
	apply: (change: OrderChange) => void;
	all: () => Order[];
	wait: (ms: number) => void;
	/** A day passes. */
	day: () => void;
	poll: (meanwhile: Meanwhile[]) => Promise<IDataObject[]>;
	failingPoll: (page: number) => Promise<void>;
	/** Drops the memory, then polls. @returns the items of that poll */
	restart: () => Promise<IDataObject[]>;
	/** How many orders are remembered. */
	remembered: () => number;
}

/** The part of the state that is reported at once, depending on which changes move `update_time`. */
const stateOf = (seen: Seen, movesWithReports: boolean) =>
	movesWithReports ? seen : { status: seen.status };

/**
 * Lets a history happen. Every item must follow from those before it. After each poll that nothing
 * disturbed, the items must agree with the tenant: completely after a reading of the whole list,
 * otherwise in what has moved `update_time`. Changes during two polls in a row can hide an order
 * from both; only the next reading of the whole list finds it. So every other poll is undisturbed
 * here.
 * @returns how many orders are remembered, after two such readings that let deleted ones be
 * forgotten
 */
export async function followOrders(
	steps: OrderStep[],
	watcher: OrderWatcher,
	{ orderUpdateTime }: Partial<OpenQuestions>,
): Promise<number> {
	const follower = new OrderFollower(watcher.all());
	/** The state in n8n's memory, and the stored one: whether the last readings were disturbed. */
	let memory = { wasDisturbed: false, wasWholeDisturbed: false, hoursSinceWhole: 0 };
	let stored = memory;

	function follow(items: IDataObject[], isDisturbed: boolean, isStored = items.length > 0): void {
		const isWhole = memory.hoursSinceWhole >= 24;
		follower.follow(items);
		memory = {
			wasDisturbed: isDisturbed,
			wasWholeDisturbed: isWhole ? isDisturbed : memory.wasWholeDisturbed,
			hoursSinceWhole: isWhole ? 0 : memory.hoursSinceWhole,
		};
		if (isStored) stored = memory;
		if (isDisturbed) return;
		const isAll = isWhole || orderUpdateTime === 'everything';
		for (const order of watcher.all()) {
			const known = follower.known.get(order.id);
			if (!known) throw new Error(`order ${order.id} was never told of`);
			expect([order.id, stateOf(known, isAll)]).toEqual([order.id, stateOf(seenOf(order), isAll)]);
		}
	}

	const end: OrderStep[] = [1, 2].flatMap(() => [
		{ kind: 'day' as const },
		{ kind: 'poll' as const, meanwhile: [] },
	]);
	for (const step of [...steps, ...end]) {
		if (step.kind === 'wait') watcher.wait(step.ms);
		else if (step.kind === 'day') {
			watcher.day();
			memory = { ...memory, hoursSinceWhole: memory.hoursSinceWhole + 24 };
			stored = { ...stored, hoursSinceWhole: stored.hoursSinceWhole + 24 };
		} else if (step.kind === 'poll') {
			const isWhole = memory.hoursSinceWhole >= 24;
			const isAlone = memory.wasDisturbed || (isWhole && memory.wasWholeDisturbed);
			const meanwhile = isAlone ? [] : step.meanwhile;
			const isDisturbed = meanwhile.length > 0;
			// If everything on a page is deleted, the list may look cut off. Then the poll fails.
			const items = await watcher.poll(meanwhile).catch((error: unknown) => {
				if (!isDisturbed) throw error;
			});
			if (items) follow(items, isDisturbed);
		} else if (step.kind === 'failingPoll') await watcher.failingPoll(step.page);
		else if (step.kind === 'restart') {
			memory = stored;
			// n8n stores the state when it activates a workflow, with or without items.
			follow(await watcher.restart(), false, true);
		} else watcher.apply(step);
	}
	return watcher.remembered();
}
