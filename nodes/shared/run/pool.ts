/**
 * Works through jobs side by side; they start in order. After a failure no further job starts, and
 * the jobs that are under way are left to their caller's signal.
 *
 * @param atOnce how many jobs are under way at the same time, at most
 * @throws what the first failing `work` throws, without waiting for the others
 */
export async function inPool<T>(
	jobs: Iterable<T>,
	atOnce: number,
	work: (job: T) => Promise<void>,
): Promise<void> {
	const waiting = jobs[Symbol.iterator]();
	let failed = false;
	async function worker(): Promise<void> {
		for (let next = waiting.next(); !next.done && !failed; next = waiting.next()) {
			try {
				await work(next.value);
			} catch (error) {
				failed = true;
				return Promise.reject(error);
			}
		}
	}
	await Promise.all(Array.from({ length: atOnce }, worker));
}
