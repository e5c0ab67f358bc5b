interface Entry<T> {
	/** Its place in the order of the store. Never reused, so a cursor survives additions and removals. */
	place: number;
	record: T;
}

/** Where a page starts: after a place (cursor) or after a number of items (offset). */
type PageStart = { after: number } | { offset: number };

interface StorePage<T> {
	records: T[];
	/** The place of the last record; the next page starts after it. */
	lastPlace: number;
	hasMore: boolean;
}

/** A cursor before the first item. */
export const beforeAll = Number.MIN_SAFE_INTEGER;

/**
 * Records of one kind in their stored order, each in a group (a check in that of its application,
 * an application in that of its talent). Indexes keep paging through 100,000 records cheap.
 */
export class RecordStore<T extends { id: string }> {
	/** 'start' puts new records first, as in a newest-first list, which shifts offset paging. */
	addAt: 'end' | 'start' = 'end';

	private entries: Array<Entry<T>> = [];
	private readonly ids = new Map<string, Entry<T>>();
	private readonly groups = new Map<string, Array<Entry<T>>>();
	private nextPlace = 0;
	private previousPlace = -1;

	/**
	 * @param kind the word for a record in errors, e.g. "check"
	 * @param groupOf the ID of a record's group
	 */
	constructor(
		private readonly kind: string,
		private readonly groupOf: (record: T) => string,
	) {}

	get size(): number {
		return this.entries.length;
	}

	get groupCount(): number {
		return this.groups.size;
	}

	/** Every record, in stored order. */
	all(): T[] {
		return this.entries.map((entry) => entry.record);
	}

	/** The records of one group, in stored order; empty if there are none. */
	inGroup(group: string): T[] {
		return (this.groups.get(group) ?? []).map((entry) => entry.record);
	}

	hasGroup(group: string): boolean {
		return this.groups.has(group);
	}

	byId(id: string): T | undefined {
		return this.ids.get(id)?.record;
	}

	/** A record's place in the stored order, for sorting. */
	placeOf(id: string): number | undefined {
		return this.ids.get(id)?.place;
	}

	/** Adds a record at the end or the start (`addAt`). Refuses an ID that exists already. */
	add(record: T): T {
		if (this.ids.has(record.id)) throw new Error(`${this.kind} ${record.id} exists already`);
		const atStart = this.addAt === 'start';
		const entry = { place: atStart ? this.previousPlace-- : this.nextPlace++, record };
		if (atStart) this.entries.unshift(entry);
		else this.entries.push(entry);
		this.ids.set(record.id, entry);
		this.enter(entry);
		return record;
	}

	/** Overwrites the given fields; `undefined` removes a field. ID and place stay the same. */
	update(id: string, patch: Partial<T>): T {
		const entry = this.ids.get(id);
		if (entry === undefined) throw new Error(`no ${this.kind} ${id}`);
		this.leave(entry);
		const record: Record<string, unknown> = Object.assign(entry.record, patch, { id });
		for (const [field, value] of Object.entries(record)) {
			if (value === undefined) delete record[field];
		}
		this.enter(entry);
		return entry.record;
	}

	/** @returns whether the record existed */
	remove(id: string): boolean {
		const entry = this.ids.get(id);
		if (entry === undefined) return false;
		this.leave(entry);
		this.ids.delete(id);
		this.entries.splice(firstAfter(this.entries, entry.place - 1), 1);
		return true;
	}

	/**
	 * One page of all records, or of one group's.
	 * @param size number of records
	 */
	page(group: string | undefined, start: PageStart, size: number): StorePage<T> {
		const entries = group === undefined ? this.entries : (this.groups.get(group) ?? []);
		const from = 'offset' in start ? start.offset : firstAfter(entries, start.after);
		const slice = entries.slice(from, from + size);
		return {
			records: slice.map((entry) => entry.record),
			lastPlace: slice.at(-1)?.place ?? beforeAll,
			hasMore: from + size < entries.length,
		};
	}

	/** Called when a record is added or has changed. */
	protected index?(record: T): void;

	/** The reverse of index(); called before a record is removed or changed. */
	protected unindex?(record: T): void;

	private enter(entry: Entry<T>): void {
		const group = this.groupOf(entry.record);
		const siblings = this.groups.get(group);
		if (siblings === undefined) this.groups.set(group, [entry]);
		else siblings.splice(firstAfter(siblings, entry.place), 0, entry);
		this.index?.(entry.record);
	}

	private leave(entry: Entry<T>): void {
		const group = this.groupOf(entry.record);
		const siblings = this.groups.get(group) ?? [];
		siblings.splice(siblings.indexOf(entry), 1);
		if (siblings.length === 0) this.groups.delete(group);
		this.unindex?.(entry.record);
	}
}

/** The index of the first entry with a greater place (binary search). */
function firstAfter(entries: ReadonlyArray<{ place: number }>, place: number): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const found = entries[middle];
		if (found !== undefined && found.place > place) high = middle;
		else low = middle + 1;
	}
	return low;
}
