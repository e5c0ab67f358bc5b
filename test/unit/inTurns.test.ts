import { setTimeout as pause } from 'node:timers/promises';

import { inTurns } from '../../nodes/shared/inTurns';

/** A job of some steps that writes down each of them. */
async function* job(name: string, steps: number, log: string[]): AsyncGenerator<void> {
	for (let step = 1; step <= steps; step++) {
		log.push(`${name}${step}`);
		await pause(1);
		yield;
	}
}

test('begins every job, and ends when all have ended', async () => {
	const log: string[] = [];
	await inTurns(['a', 'b', 'c'], 1, (name) => job(name, 2, log));
	expect([...log].sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
});

test('a long job does not hold up the short ones', async () => {
	const log: string[] = [];
	await inTurns([9, 1, 1, 1], 1, (steps) => job(String(steps), steps, log));
	expect(log.slice(0, 5)).toEqual(['91', '11', '11', '11', '92']);
});

test.each([1, 3, 50])('has at most %i steps under way', async (atOnce) => {
	let running = 0;
	let most = 0;
	async function* counted(): AsyncGenerator<void> {
		for (let step = 0; step < 3; step++) {
			most = Math.max(most, ++running);
			await pause(1);
			running--;
			yield;
		}
	}
	await inTurns(Array(10).fill(0), atOnce, counted);
	expect(most).toBe(Math.min(atOnce, 10));
});

test('begins no further step after one has failed', async () => {
	const log: string[] = [];
	async function* failing(): AsyncGenerator<void> {
		await pause(1);
		throw new Error('the first failure');
	}
	const jobs = inTurns(['bad', 'good', 'good'], 2, (name) =>
		name === 'bad' ? failing() : job(name, 100, log),
	);
	await expect(jobs).rejects.toThrow('the first failure');
	const stepsAtFailure = log.length;
	await pause(20);
	expect(log.length).toBeLessThanOrEqual(stepsAtFailure + 1);
});

test('nothing to do is done at once', async () => {
	const start = jest.fn();
	await inTurns([], 5, start);
	expect(start).not.toHaveBeenCalled();
});
