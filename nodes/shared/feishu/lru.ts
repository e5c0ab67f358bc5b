/**
 * An LRU map that makes what is missing, one object for each key. Beyond `max` keys it drops the least
 * recently used one, so that years of executions cannot fill the memory.
 */
export class LruMap<T> {
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
