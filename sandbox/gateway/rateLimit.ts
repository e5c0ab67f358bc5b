/** A limit of this many requests in any period of `ms`. */
export interface RateWindow {
	requests: number;
	ms: number;
}

export interface Refused {
	/** The limit that was reached, in requests per window. */
	limit: number;
	/** Whole seconds until the window opens; at least 1. */
	reset: number;
}

export function perSecond(requests: number): RateWindow {
	return { requests, ms: 1000 };
}

export function perMinute(requests: number): RateWindow {
	return { requests, ms: 60_000 };
}

/**
 * Sliding windows per key (an app and an API: Feishu "频控策略"). A refused request does not count, so
 * a client that keeps trying gets in again.
 */
export class RateLimits {
	private readonly arrivals = new Map<string, number[]>();

	/**
	 * Counts one request.
	 * @param windows the request must fit into each of them; empty for no limit
	 * @param now in ms
	 * @returns undefined if the request may pass
	 */
	take(key: string, windows: RateWindow[], now: number): Refused | undefined {
		const longest = Math.max(...windows.map((window) => window.ms));
		const recent = (this.arrivals.get(key) ?? []).filter((at) => at > now - longest);
		this.arrivals.set(key, recent);
		for (const { requests: limit, ms } of windows) {
			const inside = recent.filter((at) => at > now - ms);
			if (inside.length < limit) continue;
			// If the limit was lowered, several old arrivals must leave the window first.
			const leaves = inside[inside.length - limit] ?? now;
			return { limit, reset: Math.max(1, Math.ceil((leaves + ms - now) / 1000)) };
		}
		if (windows.length > 0) recent.push(now);
		return undefined;
	}
}

/**
 * The largest number of arrivals in any window of one second, which includes only one of its ends.
 * @param times in ms, ascending
 */
export function maxPerSecond(times: number[]): number {
	let first = 0;
	let max = 0;
	times.forEach((time, index) => {
		while ((times[first] ?? time) <= time - 1000) first++;
		max = Math.max(max, index - first + 1);
	});
	return max;
}
