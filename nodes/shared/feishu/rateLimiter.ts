import { onStop, StoppedError, wait } from './wait';

/**
 * Requests are spaced this much wider than the rate allows, so that the jitter of the network does
 * not push eleven of them into one second at Feishu.
 */
const SPACING = 1.04;

/** After a rejection the app goes on at this share of the rate it had. */
const SLOWED_TO = 0.95;

/** A rejection within so many seconds of the last one is no accident: somebody else uses the app too. */
const SOON_SECONDS = 4;

/** After such a one it goes on at this share of the rate it had … */
const SLOWED_SOON_TO = 0.9;

/** … and at no more than this share of the full rate: the part of each of two. */
const SHARE_OF_TWO = 0.5;

/** Without a rejection for so many seconds even half the rate has grown to the full one. */
const FULL_AGAIN_SECONDS = 40;

/** It is never slowed to less than this share of the full rate. */
const SLOWEST = 0.05;

/**
 * The share of the full rate (0–1) at which an app goes on when Feishu has turned it away. Pure.
 *
 * A first rejection may be an accident, and costs little. A second one soon after means that other
 * n8n processes, with which this one cannot talk, use up the same budget: the rate is halved at once
 * instead of in many small steps, each of which would cost the pause that Feishu asks for.
 *
 * @param share the share it was using when it was turned away
 * @param secondsSinceLast since it was turned away before; Infinity the first time
 */
export function slowedShare(share: number, secondsSinceLast: number): number {
	const isSoon = secondsSinceLast < SOON_SECONDS;
	const slowed = isSoon ? Math.min(share * SLOWED_SOON_TO, SHARE_OF_TWO) : share * SLOWED_TO;
	return Math.max(SLOWEST, slowed);
}

/**
 * The share of the full rate (0–1) some time after a rejection. It hardly grows at first, so that
 * processes that have found their parts of the budget seldom collide, and then fast, so that the
 * last one soon has all of it. Pure.
 *
 * @param slowed what {@link slowedShare} gave
 * @param seconds since the rejection
 */
export function recoveredShare(slowed: number, seconds: number): number {
	return Math.min(1, slowed + (1 - SHARE_OF_TWO) * (seconds / FULL_AGAIN_SECONDS) ** 4);
}

interface Waiting {
	requestsPerSecond: number;
	leave: () => void;
}

/** Spaces the requests of one app to one API, over all nodes and executions of this n8n process. */
export class RateLimiter {
	private readonly queue: Waiting[] = [];

	private running = false;

	/** Ends the present wait of {@link run}. */
	private pause = new AbortController();

	/** Monotonic ms: no request leaves before it. */
	private nextAt = 0;

	private pausedUntil = 0;

	private turnedAwayAt?: number;

	private slowed = 1;

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
				if (this.queue.length === 0) this.pause.abort();
				reject(new StoppedError());
			};
			const end = signal && onStop(signal, stop);
			const leave = () => {
				end?.();
				resolve();
			};
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
			const secondsSinceLast = (now - (this.turnedAwayAt ?? -Infinity)) / 1000;
			this.slowed = slowedShare(this.share(now), secondsSinceLast);
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
		return recoveredShare(this.slowed, (now - this.turnedAwayAt) / 1000);
	}

	/** Lets the queue go, one by one; ends when it is empty. */
	private async run(): Promise<void> {
		this.running = true;
		while (this.queue.length > 0) {
			const now = performance.now();
			const delay = Math.max(this.nextAt, this.pausedUntil) - now;
			if (delay > 0) {
				this.pause = new AbortController();
				// It fails when the last one in the queue was stopped; the loop sees that for itself.
				await wait(delay, this.pause.signal).catch(() => {});
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
