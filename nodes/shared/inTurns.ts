/** Work that goes on in steps, one request each. */
export type Steps = AsyncIterator<unknown, unknown>;

/**
 * Runs jobs side by side, with at most `atOnce` steps under way. After each step a job goes to the
 * end of the line, so that a long one does not hold up the short ones.
 *
 * @param start begins each job; called when its first step is due
 * @throws what the first failing step throws; no further step is begun then
 */
export async function inTurns<Job>(
	jobs: readonly Job[],
	atOnce: number,
	start: (job: Job) => Steps,
): Promise<void> {
	const line: Steps[] = [];
	let begun = 0;
	let failed = false;

	async function worker(): Promise<void> {
		while (!failed) {
			const steps = begun < jobs.length ? start(jobs[begun++]) : line.shift();
			if (!steps) return;
			const { done } = await steps.next();
			if (!done) line.push(steps);
		}
	}

	const workers = Array.from({ length: Math.min(atOnce, jobs.length) }, worker);
	try {
		await Promise.all(workers);
	} finally {
		failed = true;
	}
}
