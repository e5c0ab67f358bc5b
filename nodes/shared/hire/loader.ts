/** What a request brought for a key: a value, none, or why there is none. */
export type Loaded<V> = { value?: V } | { error: unknown };

/**
 * Loads values by key: the keys of all items of a run travel together, and whoever asks for one awaits
 * only the request that it is part of.
 */
export class Loader<K, V> {
	private readonly chunkOf = new Map<K, readonly K[]>();

	private readonly loaded = new Map<readonly K[], Promise<Map<K, Loaded<V>>>>();

	/**
	 * @param keys all of a run, in the order in which they will be wanted; they may repeat
	 * @param size most keys in one request
	 * @param fetch asks for some keys; called when the first of them is wanted. It never rejects
	 */
	constructor(
		keys: Iterable<K>,
		size: number,
		private readonly fetch: (keys: readonly K[]) => Promise<Map<K, Loaded<V>>>,
	) {
		const unique = [...new Set(keys)];
		for (let start = 0; start < unique.length; start += size) {
			const chunk = unique.slice(start, start + size);
			for (const key of chunk) this.chunkOf.set(key, chunk);
		}
	}

	/** @returns undefined when there is no such value @throws the error of the request that the key was part of */
	async load(key: K): Promise<V | undefined> {
		const chunk = this.chunkOf.get(key) ?? [key];
		const loaded = this.loaded.get(chunk) ?? this.fetch(chunk);
		this.loaded.set(chunk, loaded);
		const answer = (await loaded).get(key) ?? {};
		return 'error' in answer ? await Promise.reject(answer.error) : answer.value;
	}
}

/** Makes a value for each key once, however many ask. */
export class Once<K, V> {
	private readonly made = new Map<K, Promise<V>>();

	/** @param make called for the first who asks */
	get(key: K, make: () => Promise<V>): Promise<V> {
		let value = this.made.get(key);
		if (!value) {
			value = make();
			// Its error waits for whoever asks; a run that stops before must not end n8n's process.
			value.catch(() => {});
			this.made.set(key, value);
		}
		return value;
	}
}
