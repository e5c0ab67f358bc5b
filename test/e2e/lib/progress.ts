/** Seconds since `startedAt` (ms of `performance.now()`), rounded, as text. */
export function secondsSince(startedAt: number): string {
	return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/**
 * Reports what is going on: at the start, every few seconds, and at the end.
 * @returns what `work` returns
 */
export async function withProgress<T>(what: string, work: () => Promise<T>): Promise<T> {
	const startedAt = performance.now();
	console.log(`  ${what} …`);
	const timer = setInterval(() => console.log(`  ${what} … ${secondsSince(startedAt)}`), 5000);
	try {
		const result = await work();
		console.log(`  ${what}: done in ${secondsSince(startedAt)}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
