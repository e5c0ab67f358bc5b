import { LruMap } from './lru';
import { untilStopped, wait } from './abort';

/**
 * Requests are spaced this much wider than the rate allows, so that network jitter does not squeeze
 * eleven of them into one second at Feishu.
 */
const SPACING = 1.04;

/** After a rejection, the app continues at this share of its rate. */
const SLOWED_TO = 0.95;

/** A second rejection within this many seconds is no accident: something else uses the app too. */
const SOON_SECONDS = 4;

/** After such a rejection, it continues at this share of its rate… */
const SLOWED_SOON_TO = 0.9;

/** … and at most at this share of the full rate: one half for each of two. */
const SHARE_OF_TWO = 0.5;

/** After this many seconds without a rejection, even half the rate has grown back to the full one. */
const FULL_AGAIN_SECONDS = 40;

/** It never drops below this share of the full rate. */
const SLOWEST = 0.05;

/**
 * The share of the full rate (0–1) at which an app continues after a rejection. Pure.
 *
 * A first rejection may be an accident, so it costs little. A second one soon after means that
 * other n8n processes, which this one cannot reach, use the same budget. The rate is then halved at
 * once: many small steps would each cost the pause that Feishu demands. (In simulations, one factor
 * of 0.5 to 0.8 for all rejections and linear growth over 20 to 160 s to the full rate take two
 * processes 1.26 to 1.46 times as long as the limit itself; this takes 1.1 times.)
 *
 * @param share the share at the time of the rejection
 * @param secondsSinceLast time since the previous rejection; Infinity the first time
 */
export function slowedShare(share: number, secondsSinceLast: number): number {
	const isSoon = secondsSinceLast < SOON_SECONDS;
	const slowed = isSoon ? Math.min(share * SLOWED_SOON_TO, SHARE_OF_TWO) : share * SLOWED_TO;
	return Math.max(SLOWEST, slowed);
}

/**
 * The share of the full rate (0–1) some time after a rejection. It hardly grows at first, so that
 * processes that share the budget seldom collide. Then it grows fast, so that the last process soon
 * has all of it. Pure.
 *
 * @param slowed what {@link slowedShare} returned
 * @param seconds time since the rejection
 */
export function recoveredShare(slowed: number, seconds: number): number {
	return Math.min(1, slowed + (1 - SHARE_OF_TWO) * (seconds / FULL_AGAIN_SECONDS) ** 4);
}

/** Sends requests one after another, first come, first served. */
class Queue {
	/** Settles when the last queued request has been sent. */
	private tail: Promise<unknown> = Promise.resolve();

	/** The slot of the last request, in monotonic ms. */
	lastAt = -Infinity;

	/**
	 * Waits for all earlier requests, then runs `work`. A stopped request leaves the queue at once.
	 *
	 * @throws StoppedError when the signal fires
	 */
	async enqueue(work: () => Promise<void>, signal?: AbortSignal): Promise<void> {
		const before = this.tail;
		const own = untilStopped(before, signal).then(work);
		this.tail = Promise.allSettled([before, own]).then(() => undefined);
		await own;
	}
}

/**
 * Spaces the requests of one app to one API across all nodes and executions of this n8n process.
 * Requests with the same rate setting share a queue; the first of each queue waits for the app's
 * next slot. So a slow queue never delays a fast one, and the app's limit holds for all.
 */
export class RateLimiter {
	private readonly queues = new LruMap(() => new Queue(), 100);

	private readonly app = new Queue();

	/** The rate of the last request's queue, in requests/s. */
	private lastRate = 0;

	/** Nothing is sent before this time, in monotonic ms. */
	private pausedUntil = 0;

	private limitedAt?: number;

	private slowed = 1;

	/**
	 * Resolves when the request may be sent.
	 *
	 * @param requestsPerSecond the caller's full rate
	 * @throws StoppedError as soon as the signal fires
	 */
	async acquire(requestsPerSecond: number, signal?: AbortSignal): Promise<void> {
		const queue = this.queues.get(String(requestsPerSecond));
		const ownSlot = () => queue.lastAt + (1000 * SPACING) / requestsPerSecond;
		const appSlot = () => Math.max(this.slotOf(requestsPerSecond), this.pausedUntil);
		await queue.enqueue(async () => {
			await until(ownSlot, signal);
			await this.app.enqueue(async () => {
				await until(appSlot, signal);
				this.leave(queue, requestsPerSecond, Math.max(ownSlot(), appSlot()));
			}, signal);
		}, signal);
	}

	/**
	 * Call this when Feishu rejects a request: the app sends nothing for `waitMs`, then continues
	 * more slowly.
	 *
	 * @param sentAt when the request was sent, in monotonic ms. Rejections of requests that were in
	 * flight together slow the app down only once
	 */
	onRateLimited(sentAt: number, waitMs: number): void {
		const now = performance.now();
		if (this.limitedAt === undefined || sentAt > this.limitedAt) {
			const secondsSinceLast = (now - (this.limitedAt ?? -Infinity)) / 1000;
			this.slowed = slowedShare(this.share(now), secondsSinceLast);
			this.limitedAt = now;
		}
		this.pausedUntil = Math.max(this.pausedUntil, now + waitMs);
	}

	/** @param slot when it was due, in monotonic ms */
	private leave(queue: Queue, requestsPerSecond: number, slot: number): void {
		const now = performance.now();
		// Small timer delays must not add up: the next slot counts from this slot, not from now.
		const isPunctual = now - slot < Math.min(10, this.interval(requestsPerSecond, now) / 2);
		queue.lastAt = this.app.lastAt = isPunctual ? slot : now;
		this.lastRate = requestsPerSecond;
	}

	/** The app's next slot, in monotonic ms. The faster of two consecutive requests sets the distance. */
	private slotOf(requestsPerSecond: number): number {
		const rate = Math.max(requestsPerSecond, this.lastRate);
		return this.app.lastAt + this.interval(rate, performance.now());
	}

	/** Milliseconds between two requests. */
	private interval(requestsPerSecond: number, now: number): number {
		return (1000 * SPACING) / (requestsPerSecond * this.share(now));
	}

	private share(now: number): number {
		if (this.limitedAt === undefined) return 1;
		return recoveredShare(this.slowed, (now - this.limitedAt) / 1000);
	}
}

/** Waits until a time (monotonic ms) that may change meanwhile. @throws StoppedError */
async function until(time: () => number, signal?: AbortSignal): Promise<void> {
	for (;;) {
		const ms = time() - performance.now();
		if (ms <= 0) return;
		// Timers take whole milliseconds. Rounding up avoids setting a second one for the rest.
		await wait(Math.ceil(ms), signal);
	}
}

const limiters = new LruMap(() => new RateLimiter());

/** This process's only limiter for an app (base URL and app ID) and an API; limiters share nothing. */
export const rateLimiterOf = (baseUrl: string, appId: string, api: string): RateLimiter =>
	limiters.get(JSON.stringify([baseUrl, appId, api]));
