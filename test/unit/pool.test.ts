import { setTimeout as pause } from 'node:timers/promises';
import { inPool } from '../../nodes/shared/run/pool';

test('does every job, and starts them in order', async () => {
	const started: string[] = [];
	const done: string[] = [];
	await inPool(['a', 'b', 'c'], 2, async (job) => {
		started.push(job);
		await pause(1);
		done.push(job);
	});
	expect(started).toEqual(['a', 'b', 'c']);
	expect(done.sort()).toEqual(['a', 'b', 'c']);
});

test.each([1, 3, 50])('has at most %i jobs under way', async (atOnce) => {
	let running = 0;
	let most = 0;
	await inPool(Array(10).fill(0), atOnce, async () => {
		most = Math.max(most, ++running);
		await pause(1);
		running--;
	});
	expect(most).toBe(Math.min(atOnce, 10));
});

test('starts no further job after one has failed', async () => {
	const started: number[] = [];
	const jobs = inPool([0, 1, 2, 3, 4, 5], 2, async (job) => {
		started.push(job);
		await pause(job === 0 ? 5 : 1);
		if (job === 0) throw new Error('the first failure');
		if (job === 1) await pause(20);
	});
	await expect(jobs).rejects.toThrow('the first failure');
	await pause(50);
	expect(started).toEqual([0, 1]);
});

test('nothing to do is done at once', async () => {
	const work = jest.fn();
	await inPool([], 5, work);
	expect(work).not.toHaveBeenCalled();
});
