import { StoppedError, wait } from './wait';

/**
 * Requests are spaced this much wider than the rate allows, so that the jitter of the network does
 * not push eleven of them into one second at Feishu.
 */
const SPACING = 1.04;

/** After a rejection the app goes on at this share of its rate … */
const SLOWED_TO = 0.85;

/** … and speeds up again along a cubic curve (share of the full rate per s³), as TCP CUBIC does. */
const SPEED_UP = 0.00002;

/** It is never slowed to less than this share of the full rate. */
const SLOWEST = 0.05;

/**
 * The share of the full rate (0–1) that an app may use some time after Feishu turned it away: it
 * returns quickly to where it was, lingers there, then tries for more. That lets several n8n
 * processes, which cannot talk to each other, settle on their part of one budget. Pure.
 *
 * @param shareBefore the share it was using when it was turned away
 * @param seconds since then
 */
export function recoveredShare(shareBefore: number, seconds: number): number {
	const lingering = Math.cbrt((shareBefore * (1 - SLOWED_TO)) / SPEED_UP);
	const share = shareBefore + SPEED_UP * (seconds - lingering) ** 3;
	return Math.min(1, Math.max(SLOWEST, share));
}

interface Waiting {
	requestsPerSecond: number;
	leave: () => void;
}

/** Spaces the requests of one app to one API, over all nodes and executions of this n8n process. */
export class RateLimiter {
	private readonly queue: Waiting[] = [];

	private running = false;

	/** Monotonic ms: no request leaves before it. */
	private nextAt = 0;

	private pausedUntil = 0;

	private turnedAwayAt?: number;

	private shareBefore = 1;

	/**
	 * Resolves when the request may leave; first come, first served.
	 *
	 * @param requestsPerSecond the full rate of the caller's tenant
	 * @throws StoppedError as soon as the signal fires
	 */
	async turn(requestsPerSecond: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			if (signal?.aborted) return reject(new StoppedError());
			const waiting: Waiting = { requestsPerSecond, leave: () => leave() };
			const stop = () => {
				this.queue.splice(this.queue.indexOf(waiting), 1);
				reject(new StoppedError());
			};
			const leave = () => {
				signal?.removeEventListener('abort', stop);
				resolve();
			};
			signal?.addEventListener('abort', stop, { once: true });
			this.queue.push(waiting);
			if (!this.running) void this.run();
		});
	}

	/**
	 * Feishu turned a request away: nobody of this app sends for `waitMs`, then everybody goes on
	 * more slowly.
	 *
	 * @param sentAt monotonic ms at which the request left; the others that were on their way at the
	 * same time slow the app down only once
	 */
	turnedAway(sentAt: number, waitMs: number): void {
		const now = performance.now();
		if (this.turnedAwayAt === undefined || sentAt > this.turnedAwayAt) {
			this.shareBefore = this.share(now);
			this.turnedAwayAt = now;
		}
		this.pausedUntil = Math.max(this.pausedUntil, now + waitMs);
	}

	/**
	 * A request that had its turn left only now (it had to renew the token first): the next one keeps
	 * its distance from this moment.
	 */
	leftNow(requestsPerSecond: number): void {
		const now = performance.now();
		this.nextAt = now + this.interval(requestsPerSecond, now);
	}

	/** Milliseconds between two requests. */
	private interval(requestsPerSecond: number, now: number): number {
		return (1000 * SPACING) / (requestsPerSecond * this.share(now));
	}

	private share(now: number): number {
		if (this.turnedAwayAt === undefined) return 1;
		return recoveredShare(this.shareBefore, (now - this.turnedAwayAt) / 1000);
	}

	/** Lets the queue go, one by one; ends when it is empty. */
	private async run(): Promise<void> {
		this.running = true;
		while (this.queue.length > 0) {
			const now = performance.now();
			const delay = Math.max(this.nextAt, this.pausedUntil) - now;
			if (delay > 0) {
				await wait(delay);
				continue;
			}
			const next = this.queue.shift();
			if (!next) break;
			const interval = this.interval(next.requestsPerSecond, now);
			// A timer that fires a little late must not add up: the next slot counts from this one's time.
			const late = now - this.nextAt;
			this.nextAt = (late < Math.min(10, interval / 2) ? this.nextAt : now) + interval;
			next.leave();
		}
		this.running = false;
	}
}

const limiters = new Map<string, RateLimiter>();

/** The one limiter of this process for an app (base URL and app ID) and an API; they share nothing else. */
export function rateLimiterOf(baseUrl: string, appId: string, api: string): RateLimiter {
	const key = JSON.stringify([baseUrl, appId, api]);
	let limiter = limiters.get(key);
	if (!limiter) limiters.set(key, (limiter = new RateLimiter()));
	return limiter;
}
