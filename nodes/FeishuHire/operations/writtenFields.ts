import { outcomeOf } from '../../shared/hire/write/outcome';
import type { RunMemory } from '../../shared/run/runMemory';

/** A hint. */
export const LATER_ITEM = (items: string) =>
	`${items} did not change a field that a later input item has written in an earlier try of the node.`;

/** Which item has written which field of a record last, in all tries of the node: a retry undoes nothing. */
export class WrittenFields {
	private readonly last: Map<string, number>;

	constructor(memory: RunMemory) {
		this.last = memory.shared('written', () => new Map<string, number>());
	}

	/** Whether no later item has written the field. */
	isOpen(id: string, field: string, itemIndex: number): boolean {
		return (this.last.get(`${id} ${field}`) ?? -1) <= itemIndex;
	}

	/** Writes fields of a record, and notes them unless that was surely not done. @throws what `write` throws */
	async write<T>(
		id: string,
		fields: readonly string[],
		itemIndex: number,
		write: () => Promise<T>,
	): Promise<T> {
		const note = () => {
			for (const field of fields) {
				const key = `${id} ${field}`;
				this.last.set(key, Math.max(itemIndex, this.last.get(key) ?? -1));
			}
		};
		try {
			const record = await write();
			note();
			return record;
		} catch (error) {
			if (outcomeOf(error) !== 'notDone') note();
			return await Promise.reject(error);
		}
	}
}
