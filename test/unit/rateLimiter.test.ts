import { setTimeout as pause } from 'node:timers/promises';
import type * as RateLimiterModule from '../../nodes/shared/feishu/rateLimiter';

import {
	RateLimiter,
	rateLimiterOf,
	recoveredShare,
	slowedShare,
} from '../../nodes/shared/feishu/rateLimiter';

/** Takes turns one after another. @returns when each was given, in ms since the first */
async function turns(limiter: RateLimiterModule.RateLimiter, count: number, rate: number) {
	const times: number[] = [];
	const take = async () => {
		await limiter.turn(rate);
		times.push(performance.now());
	};
	await Promise.all(Array.from({ length: count }, take));
	return times.map((time) => time - times[0]!);
}

test('lets the first go at once and spaces the others by the rate', async () => {
	const times = await turns(new RateLimiter(), 11, 50);
	expect(times[10]).toBeGreaterThanOrEqual(200);
	expect(times[10]).toBeLessThan(400);
});

test('no second holds more than the rate', async () => {
	const times = await turns(new RateLimiter(), 130, 100);
	const inWindow = times.map((start) => times.filter((at) => at >= start && at < start + 1000));
	expect(Math.max(...inWindow.map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('serves first who came first, in each line', async () => {
	const limiter = new RateLimiter();
	const order: number[] = [];
	const take = async (index: number) => {
		await limiter.turn(index % 2 ? 100 : 50);
		order.push(index);
	};
	await Promise.all([0, 1, 2, 3, 4, 5].map(take));
	expect(order.filter((index) => index % 2 === 0)).toEqual([0, 2, 4]);
	expect(order.filter((index) => index % 2 === 1)).toEqual([1, 3, 5]);
});

test('each line moves at its own rate, and the fastest rate holds for all together', async () => {
	const limiter = new RateLimiter();
	const left: Array<[number, number]> = [];
	const take = async (rate: number) => {
		await limiter.turn(rate);
		left.push([rate, performance.now()]);
	};
	const slow = Promise.all([2, 2, 2].map(take));
	await Promise.all(Array.from({ length: 30 }, async () => await take(100)));
	// 30 fast ones take 0.3 s; the third slow one leaves after a second.
	expect(left.filter(([rate]) => rate === 2).length).toBeLessThan(3);
	await slow;
	const times = (wanted: number[]) =>
		left.filter(([rate]) => wanted.includes(rate)).map(([, at]) => at);
	const gaps = (at: number[]) => at.slice(1).map((time, index) => time - (at[index] ?? 0));
	expect(Math.min(...gaps(times([5])))).toBeGreaterThan(195);
	const all = times([2, 100]);
	expect((all[29] ?? 0) - (all[0] ?? 0)).toBeGreaterThanOrEqual(290);
});

test('a line full of stopped requests lets the others go', async () => {
	const limiter = new RateLimiter();
	await limiter.turn(1);
	const start = performance.now();
	const stop = new AbortController();
	const stopped = [1, 1, 1].map(async (rate) => await limiter.turn(rate, stop.signal));
	stop.abort();
	for (const each of await Promise.allSettled(stopped)) expect(each.status).toBe('rejected');
	const another = limiter.turn(1).then(() => 'left');
	const twoSlots = pause(2080 - (performance.now() - start)).then(() => 'still waits');
	await expect(Promise.race([another, twoSlots])).resolves.toBe('left');
});

test('one who is stopped leaves the line at once, and the next moves up', async () => {
	const limiter = new RateLimiter();
	await limiter.turn(5);
	const stop = new AbortController();
	const stopped = limiter.turn(5, stop.signal);
	const next = limiter.turn(5);
	const start = performance.now();
	stop.abort();
	await expect(stopped).rejects.toThrow('stopped');
	expect(performance.now() - start).toBeLessThan(100);
	await next;
	expect(performance.now() - start).toBeLessThan(350);
	await expect(limiter.turn(5, AbortSignal.abort())).rejects.toThrow('stopped');
});

test('after a rejection everybody waits, then goes on more slowly', async () => {
	const limiter = new RateLimiter();
	await limiter.turn(100);
	const start = performance.now();
	limiter.turnedAway(start - 1, 150);
	await limiter.turn(100);
	expect(performance.now() - start).toBeGreaterThanOrEqual(149);
	limiter.turnedAway(performance.now(), 0);
	const times = await turns(limiter, 21, 100);
	expect(times[20]).toBeGreaterThanOrEqual(300);
});

test('rejections of requests that left together slow it down once', async () => {
	const together = new RateLimiter();
	const sentAt = performance.now();
	for (let count = 0; count < 10; count++) together.turnedAway(sentAt, 0);
	const times = await turns(together, 11, 100);
	expect(times[10]).toBeLessThan(250);
});

test('a pause is not cut by a later, shorter one', async () => {
	const limiter = new RateLimiter();
	const start = performance.now();
	limiter.turnedAway(start, 120);
	limiter.turnedAway(start, 10);
	await limiter.turn(100);
	expect(performance.now() - start).toBeGreaterThanOrEqual(119);
});

test('each app, host and API has its own line, the same for all who ask', () => {
	const limiter = rateLimiterOf('https://a', 'cli_1', 'batch_query');
	expect(rateLimiterOf('https://a', 'cli_1', 'batch_query')).toBe(limiter);
	expect(rateLimiterOf('https://b', 'cli_1', 'batch_query')).not.toBe(limiter);
	expect(rateLimiterOf('https://a', 'cli_2', 'batch_query')).not.toBe(limiter);
	expect(rateLimiterOf('https://a', 'cli_1', 'attachment')).not.toBe(limiter);
});

describe('the share of the rate after a rejection', () => {
	const minutes = Array.from({ length: 600 }, (_, second) => second);

	test('falls, and more when the last rejection was a moment ago', () => {
		for (const share of [1, 0.7, 0.3]) {
			const accident = slowedShare(share, Infinity);
			expect(accident).toBeLessThan(share);
			expect(slowedShare(share, 1)).toBeLessThan(accident);
		}
	});

	test('never falls to nothing, however often it is turned away', () => {
		let share = 1;
		for (let times = 0; times < 100; times++) share = slowedShare(share, 0);
		expect(share).toBe(0.05);
	});

	test.each([1, 0.5, 0.05])(
		'starts at %f, rises all the time and ends at the full rate',
		(slowed) => {
			const shares = minutes.map((second) => recoveredShare(slowed, second));
			expect(shares[0]).toBe(slowed);
			expect(shares).toEqual([...shares].sort((a, b) => a - b));
			expect(shares.at(-1)).toBe(1);
		},
	);
});
