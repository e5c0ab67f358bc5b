import type { Loaded } from './loader';

/** How a list of keys is asked for. */
export interface Bisection<K, V> {
	/** Asks for these keys in one request, and notes what comes in `found`. Throws when it fails. */
	ask: (keys: readonly K[], found: Map<K, Loaded<V>>) => Promise<void>;
	/** Whether one of the keys is to blame for the error, so that the others can be asked for without it. */
	isDueToOne: (error: unknown) => boolean;
	/** What becomes of the error of a request that had no answer for these keys. */
	errorFor: (error: unknown, keys: readonly K[]) => unknown;
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
	bisection: Bisection<K, V>,
): Promise<Map<K, Loaded<V>>> {
	const found = new Map<K, Loaded<V>>();
	await askFor(keys, bisection, found, false);
	return found;
}

/** @param holdsBadOne whether it is known that one of them is to blame @returns whether all were answered */
async function askFor<K, V>(
	keys: readonly K[],
	bisection: Bisection<K, V>,
	found: Map<K, Loaded<V>>,
	holdsBadOne: boolean,
): Promise<boolean> {
	const isAlone = keys.length === 1;
	if (!holdsBadOne || isAlone) {
		try {
			await bisection.ask(keys, found);
			return true;
		} catch (error) {
			if (isAlone || !bisection.isDueToOne(error)) {
				// Whoever has an answer already has no part in what the others wait for.
				const open = keys.filter((key) => !found.has(key));
				const told = bisection.errorFor(error, keys);
				for (const key of open.length > 0 ? open : keys) found.set(key, { error: told });
				return false;
			}
		}
	}
	const half = keys.length >> 1;
	const firstHalfIsFine = await askFor(keys.slice(0, half), bisection, found, false);
	await askFor(keys.slice(half), bisection, found, firstHalfIsFine);
	return false;
}
