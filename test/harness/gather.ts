import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, Sandbox } from '../../sandbox';

/**
 * Holds the answers of an API back until so many of its requests are under way, or no more of them come.
 *
 * @param patienceMs how long an answer waits for others, at most
 * @returns tells how many were under way at once, at most
 */
export function gather(sandbox: Sandbox, api: Api, count: number, patienceMs = 5000): () => number {
	let underWay = 0;
	let most = 0;
	sandbox.fault({
		api,
		always: true,
		do: async (_request, answer) => {
			underWay += 1;
			most = Math.max(most, underWay);
			const until = performance.now() + patienceMs;
			while (most < count && performance.now() < until) await sleep(10);
			underWay -= 1;
			return answer;
		},
	});
	return () => most;
}
