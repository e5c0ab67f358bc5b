import { outcomeOf } from '../hire/write/outcome';
import type { Hints } from '../run/hints';
import type { ItemRequest } from '../run/operation';
import type { RunMemory } from '../run/runMemory';

/** The text of a hint. */
export const LATER_ITEM = (items: string) =>
	`${items} left a field unchanged, because a later input item had already written it.`;

/**
 * Notes which item last wrote each field of a record, across all tries of the node. A later try
 * must not overwrite what a later item wrote.
 */
export class WrittenFields {
	private readonly last: Map<string, number>;

	constructor(memory: RunMemory) {
		this.last = memory.shared('written', () => new Map<string, number>());
	}

	/** Whether no later item has written the field. */
	isOpen(id: string, field: string, itemIndex: number): boolean {
		return (this.last.get(`${id} ${field}`) ?? -1) <= itemIndex;
	}

	/**
	 * The fields of an item that no later item has written. Adds a hint if some were.
	 *
	 * @param rivalsOf returns the fields that block a field if a later item has written them
	 */
	openOf(
		hints: Hints,
		{ id, itemIndex }: ItemRequest & { id: string },
		fields: readonly string[],
		rivalsOf = (field: string): readonly string[] => [field],
	): string[] {
		const open = fields.filter((field) =>
			rivalsOf(field).every((rival) => this.isOpen(id, rival, itemIndex)),
		);
		if (open.length < fields.length) hints.count(LATER_ITEM);
		return open;
	}

	/**
	 * Writes fields of a record, and notes them unless they were certainly not written.
	 * @throws what `write` throws
	 */
	async write<T>(
		id: string,
		fields: readonly string[],
		itemIndex: number,
		write: () => Promise<T>,
	): Promise<T> {
		const note = () => fields.forEach((field) => this.note(id, field, itemIndex));
		try {
			const record = await write();
			note();
			return record;
		} catch (error) {
			if (outcomeOf(error) !== 'notDone') note();
			return await Promise.reject(error);
		}
	}

	/** Notes that an item has written a field of a record. */
	note(id: string, field: string, itemIndex: number): void {
		const key = `${id} ${field}`;
		this.last.set(key, Math.max(this.last.get(key) ?? -1, itemIndex));
	}
}
