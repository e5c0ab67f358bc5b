import type { IDataObject } from 'n8n-workflow';
import { concerning, isParameterError } from '../feishu/failure';
import type { Page } from '../feishu/paginate';
import { Semaphore } from '../semaphore';
import { notAskedFor } from './api/notAskedFor';
import type { CheckedId } from './checkedId';

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

	private readonly answers = new Map<K, Promise<Loaded<V>>>();

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
 * Asks for a list of keys. When Feishu refuses the list because of one of them, bisects it until that
 * one is alone: at most 2·log2(n) further requests, because a half whose other half was fine is not
 * asked for whole again. Never rejects.
 *
 * @param answered told what is known of each key, as soon as it is
 * @param holdsBadOne whether it is known that one of them is to blame
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
				// Whoever has an answer already has no part in what the others wait for.
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
	/** Several of them in words. */
	name: string;
	idOf: (record: R) => string | undefined;
	/** Asks for some of them, page by page. */
	pagesOf: (ids: readonly CheckedId[]) => AsyncIterable<Page<R>>;
}

/**
 * Loads records by ID. An ID that Feishu refuses does not spoil the others: its own error names it. A record that was
 * not asked for is an error.
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
					if (id === undefined) throw notAskedFor(name);
					found.set(id, { value });
				}
				pages += 1;
			}
			// A deletion between two pages can move a record to the page already read: it looks missing.
			const missing = asked.filter((id) => !found.has(id));
			if (pages === 1 || missing.length === 0 || missing.length === asked.length) return;
			await bisect(missing, asking, (id, answer) => found.set(id, answer));
		},
		isDueToOne: isParameterError,
		errorFor: (error, [id]) => (id === undefined ? error : concerning(error, id)),
	};
	return new Loader(ids, size, Semaphore.forRates(requestsPerSecond), asking);
};

/** Things by a key that they have, in their order. */
export function grouped<T>(things: Iterable<T>, keyOf: (thing: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const thing of things) {
		const group = groups.get(keyOf(thing));
		if (group) group.push(thing);
		else groups.set(keyOf(thing), [thing]);
	}
	return groups;
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
