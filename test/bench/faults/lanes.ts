import { inPool } from '../../../nodes/shared/run/pool';

/** Cases under way at once; most of them only wait. */
const LANES = 4;

/** Runs all cases, and says on stderr how far it is. */
export async function inLanes<T>(
	cases: readonly T[],
	run: (each: T) => Promise<void>,
): Promise<void> {
	let done = 0;
	await inPool(cases, LANES, async (each) => {
		await run(each);
		done += 1;
		if (done % 10 === 0) console.error(`  ${done} of ${cases.length} cases`);
	});
}

/**
 * Waits for a contender's work, but not without end.
 *
 * @returns undefined when `isEndless` came to hold before
 */
export async function untilEndless<T>(
	work: Promise<T>,
	isEndless: () => boolean,
): Promise<T | undefined> {
	let watch: NodeJS.Timeout | undefined;
	const endless = new Promise<undefined>((resolve) => {
		watch = setInterval(() => {
			if (isEndless()) resolve(undefined);
		}, 100);
	});
	try {
		return await Promise.race([work, endless]);
	} finally {
		clearInterval(watch);
	}
}
