import type { IDataObject } from 'n8n-workflow';
import { concerning, isParameterError } from '../feishu/failure';
import type { Page } from '../feishu/paginate';
import { Semaphore } from '../semaphore';
import { notAskedFor } from './api/notAskedFor';
import type { CheckedId } from './checkedId';

/** The result for a key: a value, none, or an error. */
export type Loaded<V> = { value?: V } | { error: unknown };

/** How to ask for keys. */
export interface Asking<K, V> {
	/** Asks for these keys in one request, and adds the results to `found`. Throws on failure. */
	ask: (keys: readonly K[], found: Map<K, Loaded<V>>) => Promise<void>;
	/** Whether one key caused the error, so that we can ask for the others without it. */
	isDueToOne: (error: unknown) => boolean;
	/** The error for the keys that get no answer. */
	errorFor: (error: unknown, keys: readonly K[]) => unknown;
}

/**
 * Loads values by key, as graphql/dataloader does: the keys of all items of a run share requests, and a
 * caller waits only for the request with its key.
 */
export class Loader<K, V> {
	private readonly chunkOf = new Map<K, readonly K[]>();

	private readonly answers = new Map<K, Promise<Loaded<V>>>();

	/**
	 * @param keys all of a run, in the order in which they are needed; may repeat
	 * @param size most keys in one request; it is sent when its first key is needed
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

	/** @returns undefined if there is no such value @throws the error of the request that had the key */
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
 * Asks for a list of keys. If Feishu refuses the list because of one of them, bisects it until that
 * one is alone: at most 2·log2(n) further requests, because if one half was fine, the other is not
 * asked for as a whole again. Never rejects.
 *
 * @param answered called for each key, as soon as its result is known
 * @param holdsBadOne whether one of them is known to be bad
 * @returns whether all were answered
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
				// Keys that already have an answer keep it.
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

/** Records that Feishu gives by ID. */
interface Records<R extends IDataObject> {
	/** How messages name them. */
	name: string;
	idOf: (record: R) => string | undefined;
	/** Requests some of them, page by page. */
	pagesOf: (ids: readonly CheckedId[]) => AsyncIterable<Page<R>>;
}

/**
 * Loads records by ID. A refused ID does not affect the others: its own error names it. A record with another ID is
 * an error.
 *
 * @param size most IDs in one request
 * @param requestsPerSecond of the endpoint
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
			// A deletion between two pages can move a record to the page already read: it seems missing.
			const missing = asked.filter((id) => !found.has(id));
			if (pages === 1 || missing.length === 0 || missing.length === asked.length) return;
			await bisect(missing, asking, (id, answer) => found.set(id, answer));
		},
		isDueToOne: isParameterError,
		errorFor: (error, [id]) => (id === undefined ? error : concerning(error, id)),
	};
	return new Loader(ids, size, Semaphore.forRates(requestsPerSecond), asking);
};

/** Groups values by a key, in their order. */
export function grouped<T>(things: Iterable<T>, keyOf: (thing: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const thing of things) {
		const group = groups.get(keyOf(thing));
		if (group) group.push(thing);
		else groups.set(keyOf(thing), [thing]);
	}
	return groups;
}

/** Makes the value of each key once, for all callers. */
export class Once<K, V> {
	private readonly made = new Map<K, Promise<V>>();

	/** @param make called for the first caller */
	get(key: K, make: () => Promise<V>): Promise<V> {
		let value = this.made.get(key);
		if (!value) {
			value = make();
			// The callers get its error; a run that stops earlier must not end n8n's process.
			value.catch(() => {});
			this.made.set(key, value);
		}
		return value;
	}
}
