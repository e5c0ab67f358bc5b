import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, Sandbox } from '../../sandbox';

/**
 * Holds back the answers of an API until this many of its requests are in flight, or no more of
 * them come.
 * @param patienceMs the longest time that an answer waits for others
 * @returns a function that tells the most requests that were in flight at once
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
