import { setTimeout as pause } from 'node:timers/promises';
import { StoppedError } from '../../nodes/shared/feishu/abort';
import { Semaphore } from '../../nodes/shared/semaphore';

/** Tasks that end on command. */
function works(semaphore: Semaphore, count: number, signal?: AbortSignal) {
	const begun: number[] = [];
	const ends: Array<() => void> = [];
	const results = Array.from({ length: count }, (_, index) =>
		semaphore.run(async () => {
			begun.push(index);
			await new Promise<void>((resolve) => (ends[index] = resolve));
			return index;
		}, signal),
	);
	return { begun, end: (index: number) => ends[index]?.(), results };
}

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

test('starts the given number of tasks, and the next one when one has ended, in order', async () => {
	const { begun, end, results } = works(new Semaphore(2), 4);
	await turn();
	expect(begun).toEqual([0, 1]);
	end(1);
	await turn();
	expect(begun).toEqual([0, 1, 2]);
	for (const index of [0, 2]) end(index);
	await turn();
	expect(begun).toEqual([0, 1, 2, 3]);
	end(3);
	expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
});

test('has room again when all have ended, and no more than before', async () => {
	const semaphore = new Semaphore(1);
	expect(await semaphore.run(() => Promise.resolve('a'))).toBe('a');
	expect(await semaphore.run(() => Promise.resolve('b'))).toBe('b');
	const { begun, end, results } = works(semaphore, 2);
	await turn();
	expect(begun).toEqual([0]);
	end(0);
	await turn();
	end(1);
	expect(await Promise.all(results)).toEqual([0, 1]);
});

test.each([1, 3, 50, Infinity])('has at most %d tasks running', async (atOnce) => {
	const semaphore = new Semaphore(atOnce);
	let running = 0;
	let most = 0;
	const all = Array.from({ length: 10 }, async () => {
		await semaphore.run(async () => {
			most = Math.max(most, ++running);
			await pause(1);
			running--;
		});
	});
	await Promise.all(all);
	expect(most).toBe(Math.min(atOnce, 10));
});

test('goes on after a failed task', async () => {
	const semaphore = new Semaphore(1);
	const error = new Error('x');
	const first = semaphore.run(() => Promise.reject(error));
	const second = semaphore.run(() => Promise.resolve('next'));
	await expect(first).rejects.toBe(error);
	expect(await second).toBe('next');
});

test('starts no further task after the signal has fired, and releases those that wait', async () => {
	const semaphore = new Semaphore(1);
	const stop = new AbortController();
	const { begun, end, results } = works(semaphore, 3, stop.signal);
	const settled = Promise.allSettled(results);
	await turn();
	stop.abort();
	end(0);
	const [first, ...others] = await settled;
	expect(first).toEqual({ status: 'fulfilled', value: 0 });
	for (const each of others) {
		expect(each).toEqual({ status: 'rejected', reason: expect.any(StoppedError) as unknown });
	}
	expect(begun).toEqual([0]);
	// The slot of each is free again.
	expect(await semaphore.run(() => Promise.resolve('next'))).toBe('next');
	await expect(semaphore.run(() => Promise.resolve(), stop.signal)).rejects.toThrow(StoppedError);
});
