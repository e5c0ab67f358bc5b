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
	return times.map((time) => time - times[0]);
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

test('serves first who came first, whatever rate they bring', async () => {
	const limiter = new RateLimiter();
	const order: number[] = [];
	const take = async (index: number) => {
		await limiter.turn(index % 2 ? 100 : 50);
		order.push(index);
	};
	await Promise.all([0, 1, 2, 3, 4, 5].map(take));
	expect(order).toEqual([0, 1, 2, 3, 4, 5]);
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
