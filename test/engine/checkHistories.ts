import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { Check } from '../../sandbox';

/** How a poll fails: Feishu refuses a page, or returns a check of another application. */
export type Breakage = 'refusal' | 'foreignRow';

/** What can happen to a tenant and to n8n. `id` counts from 0. */
export type Step =
	/** With `isShared`, two watched applications list the check. */
	| { kind: 'put'; id: number; fields: Partial<Check>; isShared: boolean }
	| { kind: 'remove'; id: number }
	| { kind: 'failingPoll'; breakage: Breakage }
	| { kind: 'poll' | 'restart' };

const attachments = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ id: `a${index}`, name: 'a.pdf', size: 1 }));

const fields: fc.Arbitrary<Partial<Check>> = fc.record({
	date: fc.constantFrom(undefined, null, 0, 1_700_000_000_000, '1700000000000', 1_800_000_000_001),
	name: fc.constantFrom(undefined, null, '', '王伟-背调', '李芳-背调'),
	result: fc.constantFrom(
		undefined,
		'',
		'已通过',
		'未通过',
		`很长的结果${'，'.repeat(60)}`,
		'a,b;c!~',
		'  已通过 ',
		`  很长的结果${'，'.repeat(60)}　`,
	),
	attachment_list: fc.constantFrom(undefined, null, [], attachments(1), attachments(40)),
});

/** Histories in which the same few checks are added, changed, removed and added again. */
export const histories = (maxLength: number): fc.Arbitrary<Step[]> => {
	const id = fc.integer({ min: 0, max: 7 });
	const putStep = fc.record({
		kind: fc.constant('put' as const),
		id,
		fields,
		isShared: fc.boolean(),
	});
	const failingPoll = fc.record({
		kind: fc.constant('failingPoll' as const),
		breakage: fc.constantFrom<Breakage>('refusal', 'foreignRow'),
	});
	const step: fc.Arbitrary<Step> = fc.oneof(
		{ weight: 5, arbitrary: putStep },
		{ weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
		{ weight: 5, arbitrary: fc.constant<Step>({ kind: 'poll' }) },
		{ weight: 1, arbitrary: failingPoll },
		{ weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
	);
	return fc.array(step, { maxLength });
};

/** IDs of all lengths. Some are equal as JS numbers, and one is not a number. */
export const idNumber = (index: number): string =>
	['7', '7340000000000000001', '7340000000000000002', '18446744073709551615', '007'][index] ??
	`73400000${index}`;

/** The compared fields of a check, as a user reads them. */
interface Seen {
	date: number | null;
	name: string | null;
	result: string | null;
	attachments: number;
}

const FIELDS = ['date', 'name', 'result', 'attachments'] as const;

const seenOf = (check: Partial<Check>): Seen => ({
	date: check.date ? Number(check.date) : null,
	name: check.name || null,
	result: check.result?.trim() || null,
	attachments: check.attachment_list?.length ?? 0,
});

/**
 * Knows the tenant only from the trigger's items: applies each to what it knows, and complains
 * about an item that does not follow from it (a check created twice, an empty change …).
 */
export class Follower {
	readonly known = new Map<string, Seen>();

	constructor(existing: Iterable<Check>) {
		for (const check of existing) this.known.set(check.id, seenOf(check));
	}

	follow(items: IDataObject[]): void {
		const ids = items.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const item of items) this.apply(item);
	}

	private apply(item: IDataObject): void {
		const id = item.id as string;
		const before = this.known.get(id);
		if (item.event === 'created') {
			expect(before).toBeUndefined();
			this.known.set(id, seenOf(item));
			return;
		}
		if (!before) throw new Error(`${item.event as string} ${id}, which is not known`);
		if (item.event === 'deleted') {
			const { date, result, attachments } = before;
			expect({ result, ...(item.last_known as IDataObject) }).toEqual({
				date,
				result,
				attachments,
			});
			this.known.delete(id);
			return;
		}
		const now = seenOf(item);
		const changed = FIELDS.filter((field) => before[field] !== now[field]);
		const changes = item.changes as IDataObject[];
		expect(changed.length).toBeGreaterThan(0);
		expect(changes.map(({ field }) => field)).toEqual(changed);
		for (const { field, new: newValue, ...old } of changes) {
			const name = field as keyof Seen;
			expect(newValue).toBe(now[name]);
			// Old values are shown if they were kept, which names and long results never are.
			const isKept = name !== 'name' && String(before[name]).length <= 50;
			expect(old).toEqual(isKept ? { old: before[name] } : {});
		}
		this.known.set(id, now);
	}
}

/** A trigger that emits every event, however it is run. */
export interface Watcher {
	put: (id: string, fields: Partial<Check>, isShared: boolean) => void;
	remove: (id: string) => void;
	all: () => Check[];
	/** @returns the items */
	poll: () => Promise<IDataObject[]>;
	/** A poll that fails half-way. */
	failingPoll: (breakage: Breakage) => Promise<void>;
	/** Drops the memory, then polls. @returns the items of that poll */
	restart: () => Promise<IDataObject[]>;
}

/** The checks of the tenant, as a user reads them. */
export const whatIsThere = (watcher: Watcher): Map<string, Seen> =>
	new Map(watcher.all().map((check) => [check.id, seenOf(check)]));

/**
 * Lets a history happen. After each poll, compares what its items say with the tenant: they must
 * agree, except for checks that only one poll has missed.
 * @returns what the items of the whole history say about the tenant
 */
export async function followHistory(steps: Step[], watcher: Watcher): Promise<Map<string, Seen>> {
	const follower = new Follower(watcher.all());
	/** The IDs that one poll has missed: in n8n's memory, and as stored. */
	let missed = new Set<string>();
	let stored = new Set<string>();

	function check(items: IDataObject[]): void {
		const there = whatIsThere(watcher);
		const gone = [...follower.known.keys()].filter((id) => !there.has(id));
		const deleted = items.filter(({ event }) => event === 'deleted').map(({ id }) => id);
		expect(deleted.sort()).toEqual(gone.filter((id) => missed.has(id)).sort());
		follower.follow(items);
		missed = new Set(gone.filter((id) => !missed.has(id)));
		if (items.length > 0) stored = missed;
		const expected = [...follower.known].filter(([id]) => !missed.has(id));
		expect(new Map(expected)).toEqual(there);
	}

	for (const step of [...steps, { kind: 'poll' }, { kind: 'poll' }] as Step[]) {
		if (step.kind === 'put') {
			watcher.put(idNumber(step.id), step.fields, step.isShared);
		} else if (step.kind === 'remove') watcher.remove(idNumber(step.id));
		else if (step.kind === 'failingPoll') {
			await watcher.failingPoll(step.breakage);
		} else if (step.kind === 'poll') check(await watcher.poll());
		else {
			missed = stored;
			check(await watcher.restart());
			// n8n stores the state when it activates a workflow, with or without items.
			stored = missed;
		}
	}
	return follower.known;
}
