/**
 * What a process remembers by a key, one object for each. Bounded: beyond `max` keys the one that was
 * asked for longest ago is forgotten, so that years of executions cannot fill the memory.
 */
export class Remembered<T> {
	private readonly byKey = new Map<string, T>();

	/** @param create makes what belongs to a key that is not known (any more) */
	constructor(
		private readonly create: () => T,
		private readonly max = 1000,
	) {}

	get(key: string): T {
		const value = this.byKey.get(key) ?? this.create();
		// A Map keeps the order of insertion: the first key is the one not asked for the longest.
		this.byKey.delete(key);
		this.byKey.set(key, value);
		for (const oldest of this.byKey.keys()) {
			if (this.byKey.size <= this.max) break;
			this.byKey.delete(oldest);
		}
		return value;
	}
}
