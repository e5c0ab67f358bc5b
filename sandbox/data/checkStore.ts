import type { Attachment, Check } from '../types';

interface Entry {
	/** Place in the order of the store; never reused, so a cursor survives adds and removals. */
	place: number;
	check: Check;
}

/** Where a page starts: after a place (cursor) or after a number of items (offset). */
export type PageStart = { after: number } | { offset: number };

export interface StorePage {
	checks: Check[];
	/** Place of the last item; the next page starts after it. */
	lastPlace: number;
	hasMore: boolean;
}

/** A cursor's place before every item. */
export const beforeAll = Number.MIN_SAFE_INTEGER;

/** The tenant's checks in their stored order, with indexes that keep a page of 100,000 cheap. */
export class CheckStore {
	/** 'start' puts new checks first, as a newest-first list would: that shifts offset paging. */
	addAt: 'end' | 'start' = 'end';

	private entries: Entry[] = [];
	private readonly ids = new Map<string, Entry>();
	private readonly applications = new Map<string, Entry[]>();
	private readonly attachments = new Map<string, Attachment>();
	private nextPlace = 0;
	private previousPlace = -1;

	constructor(checks: Check[] = []) {
		for (const check of checks) this.add(check);
	}

	get size(): number {
		return this.entries.length;
	}

	get applicationCount(): number {
		return this.applications.size;
	}

	/** Every check, in stored order. */
	all(): Check[] {
		return this.entries.map((entry) => entry.check);
	}

	/** The checks of one external application, in stored order; empty when there is none. */
	byApplication(id: string): Check[] {
		return (this.applications.get(id) ?? []).map((entry) => entry.check);
	}

	hasApplication(id: string): boolean {
		return this.applications.has(id);
	}

	byId(id: string): Check | undefined {
		return this.ids.get(id)?.check;
	}

	/** The place of a check in the stored order, to sort by. */
	placeOf(id: string): number | undefined {
		return this.ids.get(id)?.place;
	}

	/** An attachment listed by any check. */
	attachment(id: string): Attachment | undefined {
		return this.attachments.get(id);
	}

	/** Adds a check at the end or the start (`addAt`); an ID that is already there is refused. */
	add(check: Check): Check {
		if (this.ids.has(check.id)) throw new Error(`check ${check.id} exists already`);
		const atStart = this.addAt === 'start';
		const entry = { place: atStart ? this.previousPlace-- : this.nextPlace++, check };
		if (atStart) this.entries.unshift(entry);
		else this.entries.push(entry);
		this.ids.set(check.id, entry);
		this.index(entry);
		return check;
	}

	/** Overwrites the given fields; `undefined` removes one. The ID and the place stay. */
	update(id: string, patch: Partial<Check>): Check {
		const entry = this.ids.get(id);
		if (entry === undefined) throw new Error(`no check ${id}`);
		this.unindex(entry);
		Object.assign(entry.check, patch, { id });
		for (const [field, value] of Object.entries(entry.check)) {
			if (value === undefined) delete entry.check[field];
		}
		this.index(entry);
		return entry.check;
	}

	/** @returns whether the check was there */
	remove(id: string): boolean {
		const entry = this.ids.get(id);
		if (entry === undefined) return false;
		this.unindex(entry);
		this.ids.delete(id);
		this.entries.splice(firstAfter(this.entries, entry.place - 1), 1);
		return true;
	}

	/**
	 * One page of all checks, or of one application's.
	 * @param size number of items
	 */
	page(applicationId: string | undefined, start: PageStart, size: number): StorePage {
		const entries =
			applicationId === undefined ? this.entries : (this.applications.get(applicationId) ?? []);
		const from = 'offset' in start ? start.offset : firstAfter(entries, start.after);
		const slice = entries.slice(from, from + size);
		return {
			checks: slice.map((entry) => entry.check),
			lastPlace: slice.at(-1)?.place ?? beforeAll,
			hasMore: from + size < entries.length,
		};
	}

	private index(entry: Entry): void {
		const { external_application_id: application, attachment_list: attachments } = entry.check;
		const siblings = this.applications.get(application);
		if (siblings === undefined) this.applications.set(application, [entry]);
		else siblings.splice(firstAfter(siblings, entry.place), 0, entry);
		for (const attachment of attachments ?? []) this.attachments.set(attachment.id, attachment);
	}

	private unindex(entry: Entry): void {
		const { external_application_id: application, attachment_list: attachments } = entry.check;
		const siblings = this.applications.get(application) ?? [];
		siblings.splice(siblings.indexOf(entry), 1);
		if (siblings.length === 0) this.applications.delete(application);
		for (const attachment of attachments ?? []) this.attachments.delete(attachment.id);
	}
}

/** Index of the first entry whose place is greater than the given one (binary search). */
function firstAfter(entries: Entry[], place: number): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (entries[middle].place > place) high = middle;
		else low = middle + 1;
	}
	return low;
}
