import type { BackgroundCheck } from '../shared/hire/types';
import { COMPARED_FIELDS, type Change, type CheckEvent, type ComparedField } from './events';
import { hashOf, keep, textOf, type KeptCheck } from './keptCheck';

/**
 * Compares the current checks with the remembered ones, one by one, so that unchanged checks need
 * not stay in memory. Pure: knows nothing of n8n or Feishu.
 */
export class Comparison {
	private readonly present = new Map<string, KeptCheck>();

	private readonly events: CheckEvent[] = [];

	/**
	 * @param before the remembered checks, by key
	 * @param changedFields the fields that count as a change
	 * @param isWanted which events to collect; does not affect what is remembered
	 */
	constructor(
		private readonly before: ReadonlyMap<string, KeptCheck>,
		private readonly changedFields: ReadonlySet<ComparedField>,
		private readonly isWanted: (event: CheckEvent, current: KeptCheck) => boolean,
	) {}

	/** Adds a check that exists now. Ignores a check without an ID, and a repeated one. */
	add(check: BackgroundCheck): void {
		const now = keep(check);
		if (!now || this.present.has(now.key)) return;
		this.present.set(now.key, now);
		const old = this.before.get(now.key);
		if (!old) {
			this.collect({ event: 'created', check }, now);
			return;
		}
		if (old.resultHash !== undefined) now.resultHash = hashOf(now.key, now.result ?? '');
		const changes = changesBetween(old, now, check, this.changedFields);
		if (changes.length > 0) this.collect({ event: 'changed', check, changes }, now);
	}

	/**
	 * Call this after the last check. A remembered check that was not added counts as absent.
	 *
	 * @returns the net changes, and what to remember
	 */
	finish(): { events: CheckEvent[]; kept: KeptCheck[] } {
		const kept = [...this.present.values()];
		for (const old of this.before.values()) {
			if (this.present.has(old.key)) continue;
			if (old.absent) this.collect({ event: 'deleted', last: old }, old);
			else kept.push({ ...old, absent: true });
		}
		return { events: this.events, kept };
	}

	private collect(event: CheckEvent, current: KeptCheck): void {
		if (this.isWanted(event, current)) this.events.push(event);
	}
}

/**
 * Lists the changes in a check.
 *
 * @param old what was remembered of it
 * @param now what to remember of it
 * @param check the check itself, for its name
 * @param fields the fields that count
 */
export function changesBetween(
	old: KeptCheck,
	now: KeptCheck,
	check: BackgroundCheck,
	fields: ReadonlySet<ComparedField>,
): Change[] {
	return COMPARED_FIELDS.filter((field) => fields.has(field) && isChanged(field, old, now)).map(
		(field) => changeOf(field, old, now, check),
	);
}

function isChanged(field: ComparedField, old: KeptCheck, now: KeptCheck): boolean {
	if (field === 'name') return old.nameHash !== now.nameHash;
	if (field === 'result' && old.result === undefined) return old.resultHash !== now.resultHash;
	return old[field] !== now[field];
}

function changeOf(
	field: ComparedField,
	old: KeptCheck,
	now: KeptCheck,
	check: BackgroundCheck,
): Change {
	switch (field) {
		case 'name':
			return { field, new: textOf(check.name) || null };
		case 'result':
			return {
				field,
				...(old.result !== undefined && { old: old.result || null }),
				new: now.result || null,
			};
		default:
			return { field, old: old[field], new: now[field] };
	}
}
