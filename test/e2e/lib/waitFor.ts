import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls until there is an answer.
 * @param ask returns the answer; undefined or false means "not yet"
 * @param limitMs throws after this time
 */
export async function waitFor<T>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
	limitMs = 30_000,
	everyMs = 200,
): Promise<T> {
	const end = performance.now() + limitMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (performance.now() > end) throw new Error(`waited ${limitMs / 1000} s in vain: ${what}`);
		await sleep(everyMs);
	}
}
