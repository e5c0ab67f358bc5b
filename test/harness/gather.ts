import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, Sandbox } from '../../sandbox';

/** Milliseconds that an answer waits for others, at most. */
const PATIENCE_MS = 1000;

/**
 * Holds the answers of an API back until so many of its requests are under way, or no more of them come.
 *
 * @returns tells how many were under way at once, at most
 */
export function gather(sandbox: Sandbox, api: Api, count: number): () => number {
	let underWay = 0;
	let most = 0;
	sandbox.fault({
		api,
		always: true,
		do: async (_request, answer) => {
			underWay += 1;
			most = Math.max(most, underWay);
			const until = performance.now() + PATIENCE_MS;
			while (most < count && performance.now() < until) await sleep(10);
			underWay -= 1;
			return answer;
		},
	});
	return () => most;
}
