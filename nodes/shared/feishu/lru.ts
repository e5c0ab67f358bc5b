/**
 * An LRU map that creates missing values. Beyond `max` keys it drops the least recently used one,
 * so that the memory stays bounded over years of executions.
 */
export class LruMap<T> {
	private readonly byKey = new Map<string, T>();

	/** @param create makes the value for a missing key */
	constructor(
		private readonly create: (key: string) => T,
		private readonly max = 1000,
	) {}

	get(key: string): T {
		const value = this.byKey.get(key) ?? this.create(key);
		// A Map keeps insertion order: the first key is the least recently used one.
		this.byKey.delete(key);
		this.byKey.set(key, value);
		for (const oldest of this.byKey.keys()) {
			if (this.byKey.size <= this.max) break;
			this.byKey.delete(oldest);
		}
		return value;
	}
}
