import {
	RateLimiter,
	rateLimiterOf,
	recoveredShare,
	slowedShare,
} from '../../nodes/shared/feishu/rateLimiter';

// A clock that stands still while code runs, so that every wait takes exactly its time. n8n has
// been running for a while.
beforeEach(() => {
	jest.useFakeTimers();
	jest.advanceTimersByTime(100_000);
});
afterEach(() => jest.useRealTimers());

/** The distance between two requests of one queue, in ms: slightly more than the rate requires. */
const gap = (rate: number) => 1040 / rate;

/** Acquires slots in parallel. @returns when each was granted, in ms from now */
async function slots(limiter: RateLimiter, count: number, rate: number) {
	const startedAt = performance.now();
	const times: number[] = [];
	const acquire = async () => {
		await limiter.acquire(rate);
		times.push(performance.now() - startedAt);
	};
	const all = Promise.all(Array.from({ length: count }, acquire));
	await jest.runAllTimersAsync();
	await all;
	return times;
}

/** The average distance between slots at 20/s, in ms. */
async function meanGap(limiter: RateLimiter, count: number) {
	const times = await slots(limiter, count + 1, 20);
	return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / count;
}

test('lets the first go immediately and spaces the others by the rate', async () => {
	const times = await slots(new RateLimiter(), 11, 50);
	expect(times[0]).toBe(0);
	// Timers have whole milliseconds.
	for (const [index, time] of times.entries()) expect(time).toBeCloseTo(index * gap(50), -1);
	expect(times[10]).toBeGreaterThanOrEqual(10 * gap(50));
	expect(times[10]).toBeLessThan(10 * gap(50) + 10);
});

test('delays by late timers do not add up', async () => {
	const times = await slots(new RateLimiter(), 200, 100);
	expect(times.at(-1)).toBeGreaterThanOrEqual(199 * gap(100));
	expect(times.at(-1)).toBeLessThan(199 * gap(100) + 10);
});

test('after a pause the spacing counts from the next request', async () => {
	const limiter = new RateLimiter();
	await slots(limiter, 2, 50);
	jest.advanceTimersByTime(10_000);
	const [first = 0, second = 0] = await slots(limiter, 2, 50);
	expect(first).toBe(0);
	expect(second).toBeGreaterThanOrEqual(gap(50));
});

test('after a request sent later than its slot, the next one keeps its distance', async () => {
	const limiter = new RateLimiter();
	await limiter.acquire(10);
	const left: number[] = [];
	const all = [1, 2].map(async () => {
		await limiter.acquire(10);
		left.push(performance.now());
	});
	await jest.advanceTimersByTimeAsync(gap(10) / 2);
	// The process is busy for five seconds, so the first timer fires late.
	jest.advanceTimersByTime(5_000);
	const late = performance.now();
	await jest.runAllTimersAsync();
	await Promise.all(all);
	expect(left[0]).toBe(late);
	expect(left[1]).toBeGreaterThanOrEqual(late + gap(10));
});

test('no second has more requests than the rate', async () => {
	const times = await slots(new RateLimiter(), 130, 100);
	const inWindow = times.map((start) => times.filter((at) => at >= start && at < start + 1000));
	expect(Math.max(...inWindow.map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('is first in, first out, in each queue', async () => {
	const limiter = new RateLimiter();
	const order: number[] = [];
	const acquire = async (index: number) => {
		await limiter.acquire(index % 2 ? 100 : 50);
		order.push(index);
	};
	const all = Promise.all([0, 1, 2, 3, 4, 5].map(acquire));
	await jest.runAllTimersAsync();
	await all;
	expect(order.filter((index) => index % 2 === 0)).toEqual([0, 2, 4]);
	expect(order.filter((index) => index % 2 === 1)).toEqual([1, 3, 5]);
});

test('each queue moves at its own rate, and the fastest rate applies to all together', async () => {
	const limiter = new RateLimiter();
	const left: Array<[number, number]> = [];
	const acquire = async (rate: number) => {
		await limiter.acquire(rate);
		left.push([rate, performance.now()]);
	};
	const all = Promise.all([
		...[2, 2, 2].map(acquire),
		...Array.from({ length: 30 }, () => acquire(100)),
	]);
	await jest.runAllTimersAsync();
	await all;
	const times = (wanted: number[]) =>
		left.filter(([rate]) => wanted.includes(rate)).map(([, at]) => at);
	const gaps = (at: number[]) => at.slice(1).map((time, index) => time - (at[index] ?? 0));
	const [slow, fast, both] = [times([2]), times([100]), times([2, 100])];
	expect(Math.min(...gaps(slow))).toBeGreaterThanOrEqual(gap(2));
	// The fast ones wait for none of the slow ones after the first.
	expect(fast.at(-1)).toBeLessThan(slow[1] ?? 0);
	expect((both[29] ?? 0) - (both[0] ?? 0)).toBeGreaterThanOrEqual(28 * gap(100));
});

test('a queue full of stopped requests does not block the others', async () => {
	const limiter = new RateLimiter();
	await limiter.acquire(1);
	const stop = new AbortController();
	const stopped = [1, 1, 1].map(async (rate) => await limiter.acquire(rate, stop.signal));
	const ended = Promise.allSettled(stopped);
	stop.abort();
	for (const each of await ended) expect(each.status).toBe('rejected');
	const [left = 0] = await slots(limiter, 1, 1);
	expect(left).toBeGreaterThanOrEqual(gap(1));
	expect(left).toBeLessThan(gap(1) + 10);
});

test('a stopped request leaves the queue immediately, and the next moves up', async () => {
	const limiter = new RateLimiter();
	await limiter.acquire(5);
	const stop = new AbortController();
	const stopped = limiter.acquire(5, stop.signal);
	stop.abort();
	await expect(stopped).rejects.toThrow('stopped');
	const [left = 0] = await slots(limiter, 1, 5);
	expect(left).toBeLessThan(gap(5) + 10);
	await expect(limiter.acquire(5, AbortSignal.abort())).rejects.toThrow('stopped');
});

test('after a rejection all requests wait, then go on more slowly, and later at the old rate', async () => {
	const limiter = new RateLimiter();
	const full = await meanGap(limiter, 20);
	limiter.onRateLimited(performance.now(), 1000);
	const [first = 0] = await slots(limiter, 1, 20);
	expect(first).toBeGreaterThanOrEqual(1000);
	expect(first).toBeLessThan(1010);
	expect(await meanGap(limiter, 20)).toBeGreaterThan(full * 1.04);
	jest.advanceTimersByTime(60_000);
	expect(await meanGap(limiter, 20)).toBeLessThanOrEqual(full);
});

test('rejections of requests sent together slow it down once', async () => {
	const slowed = async (times: number) => {
		const limiter = new RateLimiter();
		const sentAt = performance.now();
		for (let count = 0; count < times; count++) limiter.onRateLimited(sentAt, 0);
		return await meanGap(limiter, 10);
	};
	expect(await slowed(10)).toBe(await slowed(1));
});

test('a second rejection shortly after halves the rate; a first one lowers it only a little', async () => {
	const slowed = async (...pausesMs: number[]) => {
		const limiter = new RateLimiter();
		for (const ms of pausesMs) {
			jest.advanceTimersByTime(ms);
			limiter.onRateLimited(performance.now(), 0);
		}
		return await meanGap(limiter, 10);
	};
	const full = await meanGap(new RateLimiter(), 10);
	expect(await slowed(0)).toBeLessThan(full * 1.5);
	expect(await slowed(0, 1000)).toBeGreaterThan(full * 1.8);
	// Not a moment later, so these are two accidents.
	expect(await slowed(0, 60_000)).toBe(await slowed(0));
});

test('a pause is not cut by a later, shorter one', async () => {
	const limiter = new RateLimiter();
	limiter.onRateLimited(performance.now(), 120);
	limiter.onRateLimited(performance.now(), 10);
	expect((await slots(limiter, 1, 100))[0]).toBeGreaterThanOrEqual(120);
});

test('each app, host and API has its own limiter, the same for all callers', () => {
	const limiter = rateLimiterOf('https://a', 'cli_1', 'batch_query');
	expect(rateLimiterOf('https://a', 'cli_1', 'batch_query')).toBe(limiter);
	expect(rateLimiterOf('https://b', 'cli_1', 'batch_query')).not.toBe(limiter);
	expect(rateLimiterOf('https://a', 'cli_2', 'batch_query')).not.toBe(limiter);
	expect(rateLimiterOf('https://a', 'cli_1', 'attachment')).not.toBe(limiter);
});

describe('the share of the rate after a rejection', () => {
	const minutes = Array.from({ length: 600 }, (_, second) => second);

	test('falls, and falls more if the last rejection was recent', () => {
		for (const share of [1, 0.7, 0.3]) {
			const accident = slowedShare(share, Infinity);
			expect(accident).toBeLessThan(share);
			expect(slowedShare(share, 1)).toBeLessThan(accident);
		}
	});

	test('a half is full again after forty seconds, and has hardly grown after ten', () => {
		expect(recoveredShare(0.5, 40)).toBe(1);
		expect(recoveredShare(0.5, 20)).toBeCloseTo(0.531, 3);
		expect(recoveredShare(0.5, 10)).toBeLessThan(0.51);
	});

	test('never falls to zero, however many rejections come', () => {
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
