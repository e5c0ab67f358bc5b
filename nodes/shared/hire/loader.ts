import type { IDataObject } from 'n8n-workflow';
import { concerning, isParameterError } from '../feishu/failure';
import type { Page } from '../feishu/paginate';
import { Semaphore } from '../semaphore';
import { notAskedFor } from './api/notAskedFor';
import type { CheckedId } from './checkedId';

/** The result for a key: a value, nothing, or an error. */
export type Loaded<V> = { value?: V } | { error: unknown };

/** How to request the values of keys. */
export interface Asking<K, V> {
	/** Requests the values of these keys in one request, and adds the results to `found`. Throws on failure. */
	ask: (keys: readonly K[], found: Map<K, Loaded<V>>) => Promise<void>;
	/** Whether a single key caused the error, so that the others can be requested without it. */
	isDueToOne: (error: unknown) => boolean;
	/** The error for the keys that got no result. */
	errorFor: (error: unknown, keys: readonly K[]) => unknown;
}

/**
 * Loads values by key, as graphql/dataloader does: the keys of all items of a run share requests,
 * and a caller waits only for the request that contains its key.
 */
export class Loader<K, V> {
	private readonly chunkOf = new Map<K, readonly K[]>();

	private readonly answers = new Map<K, Promise<Loaded<V>>>();

	/**
	 * @param keys all keys of a run, in the order in which they are needed; may repeat
	 * @param size the most keys in one request, which is sent when the first of them is needed
	 * @param slots limits the requests in flight
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

	/** @returns undefined if there is no such value @throws the error of the request that contained the key */
	async load(key: K): Promise<V | undefined> {
		if (!this.answers.has(key)) this.fetch(this.chunkOf.get(key) ?? [key]);
		const answer = (await this.answers.get(key)) ?? {};
		return 'error' in answer ? await Promise.reject(answer.error) : answer.value;
	}

	private fetch(chunk: readonly K[]): void {
		const resolvers = new Map<K, (answer: Loaded<V>) => void>();
		for (const key of chunk) {
			this.answers.set(key, new Promise((resolve) => resolvers.set(key, resolve)));
		}
		void this.slots.run(
			async () => await bisect(chunk, this.asking, (key, answer) => resolvers.get(key)?.(answer)),
		);
	}
}

/**
 * Requests the values of a list of keys. If Feishu refuses the list because of one key, bisects the
 * list until that key is alone. This takes at most 2·log2(n) further requests: if the first half
 * was fine, the second is known to be bad, and is split at once. Never rejects.
 *
 * @param answered called for each key as soon as its result is known
 * @param holdsBadOne whether one of the keys is known to be bad
 * @returns whether all keys got a result in one request
 */
export async function bisect<K, V>(
	keys: readonly K[],
	asking: Asking<K, V>,
	answered: (key: K, answer: Loaded<V>) => void,
	holdsBadOne = false,
): Promise<boolean> {
	const isAlone = keys.length === 1;
	if (!holdsBadOne || isAlone) {
		const found = new Map<K, Loaded<V>>();
		try {
			await asking.ask(keys, found);
			for (const key of keys) answered(key, found.get(key) ?? {});
			return true;
		} catch (error) {
			if (isAlone || !asking.isDueToOne(error)) {
				const told = { error: asking.errorFor(error, keys) };
				// Keys that already have a result keep it.
				const isPartly = found.size < keys.length;
				for (const key of keys) answered(key, (isPartly && found.get(key)) || told);
				return false;
			}
		}
	}
	const half = keys.length >> 1;
	const firstHalfIsFine = await bisect(keys.slice(0, half), asking, answered);
	await bisect(keys.slice(half), asking, answered, firstHalfIsFine);
	return false;
}

/** Records that Feishu returns by ID. */
interface Records<R extends IDataObject> {
	/** Their name in messages. */
	name: string;
	idOf: (record: R) => string | undefined;
	/** Requests some of them, page by page. */
	pagesOf: (ids: readonly CheckedId[]) => AsyncIterable<Page<R>>;
}

/**
 * Loads records by ID. A refused ID does not affect the others; its error names it. A record with
 * an ID that was not requested is an error.
 *
 * @param size the most IDs in one request
 * @param requestsPerSecond the endpoint's rate
 */
export const recordLoader = <R extends IDataObject>(
	ids: Iterable<CheckedId>,
	size: number,
	requestsPerSecond: number,
	{ idOf, name, pagesOf }: Records<R>,
): Loader<CheckedId, R> => {
	const asking: Asking<CheckedId, R> = {
		ask: async (asked, found) => {
			let pages = 0;
			for await (const { items } of pagesOf(asked)) {
				for (const value of items) {
					const id = asked.find((each) => each === idOf(value));
					if (id === undefined) {
						found.clear();
						throw notAskedFor(name);
					}
					found.set(id, { value });
				}
				pages += 1;
			}
			// A deletion between two pages can move a record to a page that was already read. It then
			// seems missing.
			const missing = asked.filter((id) => !found.has(id));
			if (pages === 1 || missing.length === 0 || missing.length === asked.length) return;
			await bisect(missing, asking, (id, answer) => found.set(id, answer));
		},
		isDueToOne: isParameterError,
		errorFor: (error, [id]) => (id === undefined ? error : concerning(error, id)),
	};
	return new Loader(ids, size, Semaphore.forRates(requestsPerSecond), asking);
};

/** Groups values by a key; keeps their order. */
export function grouped<T>(things: Iterable<T>, keyOf: (thing: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const thing of things) {
		const group = groups.get(keyOf(thing));
		if (group) group.push(thing);
		else groups.set(keyOf(thing), [thing]);
	}
	return groups;
}

/** Makes the value of each key once and shares it between all callers. */
export class Once<K, V> {
	private readonly made = new Map<K, Promise<V>>();

	/** @param make makes the value; called only for the first caller */
	get(key: K, make: () => Promise<V>): Promise<V> {
		let value = this.made.get(key);
		if (!value) {
			value = make();
			// The callers get the error. If the run stops before they do, it must not end n8n's process.
			value.catch(() => {});
			this.made.set(key, value);
		}
		return value;
	}
}
