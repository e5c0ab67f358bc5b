import type { Semaphore } from '../semaphore';

/** What a request brought for a key: a value, none, or why there is none. */
export type Loaded<V> = { value?: V } | { error: unknown };

/** How keys are asked for. */
export interface Asking<K, V> {
	/** Asks for these keys in one request, and notes what comes in `found`. Throws when it fails. */
	ask: (keys: readonly K[], found: Map<K, Loaded<V>>) => Promise<void>;
	/** Whether one of the keys is to blame for the error, so that the others can be asked for without it. */
	isDueToOne: (error: unknown) => boolean;
	/** The error as the keys get it that stay without an answer. */
	errorFor: (error: unknown, keys: readonly K[]) => unknown;
}

/**
 * Loads values by key, as graphql/dataloader does: the keys of all items of a run travel together, and
 * whoever asks for one awaits only the request that it is part of.
 */
export class Loader<K, V> {
	private readonly chunkOf = new Map<K, readonly K[]>();

	private readonly loaded = new Map<readonly K[], Promise<Map<K, Loaded<V>>>>();

	/**
	 * @param keys all of a run, in the order in which they will be wanted; they may repeat
	 * @param size most keys in one request; it leaves when the first of them is wanted
	 * @param slots of the requests
	 */
	constructor(
		keys: Iterable<K>,
		size: number,
		private readonly slots: Semaphore,
		private readonly asking: Asking<K, V>,
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
		const loaded =
			this.loaded.get(chunk) ?? this.slots.run(async () => await bisect(chunk, this.asking));
		this.loaded.set(chunk, loaded);
		const answer = (await loaded).get(key) ?? {};
		return 'error' in answer ? await Promise.reject(answer.error) : answer.value;
	}
}

/**
 * Asks for a list of keys. When Feishu refuses the list because of one of them, bisects it until that
 * one is alone: at most 2·log2(n) further requests, because a half whose other half was fine is not
 * asked for whole again.
 *
 * @returns what is known of each key; nothing of those that Feishu does not know. Never rejects
 */
export async function bisect<K, V>(
	keys: readonly K[],
	asking: Asking<K, V>,
): Promise<Map<K, Loaded<V>>> {
	const found = new Map<K, Loaded<V>>();
	await askFor(keys, asking, found, false);
	return found;
}

/** @param holdsBadOne whether it is known that one of them is to blame @returns whether all were answered */
async function askFor<K, V>(
	keys: readonly K[],
	asking: Asking<K, V>,
	found: Map<K, Loaded<V>>,
	holdsBadOne: boolean,
): Promise<boolean> {
	const isAlone = keys.length === 1;
	if (!holdsBadOne || isAlone) {
		try {
			await asking.ask(keys, found);
			return true;
		} catch (error) {
			if (isAlone || !asking.isDueToOne(error)) {
				// Whoever has an answer already has no part in what the others wait for.
				const open = keys.filter((key) => !found.has(key));
				const told = asking.errorFor(error, keys);
				for (const key of open.length > 0 ? open : keys) found.set(key, { error: told });
				return false;
			}
		}
	}
	const half = keys.length >> 1;
	const firstHalfIsFine = await askFor(keys.slice(0, half), asking, found, false);
	await askFor(keys.slice(half), asking, found, firstHalfIsFine);
	return false;
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
