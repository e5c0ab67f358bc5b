/** So many requests in any stretch of so many ms. */
export interface RateWindow {
	requests: number;
	ms: number;
}

export interface Refused {
	/** The limit that was hit, in requests per its window. */
	limit: number;
	/** Whole seconds (1 or more) until the window opens. */
	reset: number;
}

export function perSecond(requests: number): RateWindow {
	return { requests, ms: 1000 };
}

export function perMinute(requests: number): RateWindow {
	return { requests, ms: 60_000 };
}

/**
 * Sliding windows per key (an app and an API: Feishu "频控策略"). A refused request does not count,
 * so a client that keeps knocking is let in again.
 */
export class RateLimits {
	private readonly arrivals = new Map<string, number[]>();

	/**
	 * Counts one request.
	 * @param windows it has to fit into each of them; none = no limit
	 * @param now ms
	 * @returns undefined when let in
	 */
	take(key: string, windows: RateWindow[], now: number): Refused | undefined {
		const longest = Math.max(...windows.map((window) => window.ms));
		const recent = (this.arrivals.get(key) ?? []).filter((at) => at > now - longest);
		this.arrivals.set(key, recent);
		for (const { requests: limit, ms } of windows) {
			const inside = recent.filter((at) => at > now - ms);
			if (inside.length < limit) continue;
			// With a lowered limit more than one old arrival has to leave the window first.
			const leaves = inside[inside.length - limit] ?? now;
			return { limit, reset: Math.max(1, Math.ceil((leaves + ms - now) / 1000)) };
		}
		if (windows.length > 0) recent.push(now);
		return undefined;
	}
}

/**
 * The largest number of arrivals in any window of one second, ends not both included.
 * @param times ms, ascending
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
