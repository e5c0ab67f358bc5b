const windowMs = 1000;

/**
 * Sliding window of one second per key (an app and an API: feishu-hire-api.md, 3 "Rate limit").
 * A refused request does not count, so a client that keeps knocking is let in again.
 */
export class RateLimits {
	private readonly arrivals = new Map<string, number[]>();

	/**
	 * Counts one request.
	 * @param limit requests/s; null = no limit
	 * @param now ms
	 * @returns undefined when let in, else the whole seconds (1 or more) until the window opens
	 */
	take(key: string, limit: number | null, now: number): number | undefined {
		if (limit === null) return undefined;
		const recent = (this.arrivals.get(key) ?? []).filter((at) => at > now - windowMs);
		this.arrivals.set(key, recent);
		if (recent.length < limit) {
			recent.push(now);
			return undefined;
		}
		// With a lowered limit more than one old arrival has to leave the window first.
		const leaves = recent[recent.length - limit] ?? now;
		return Math.max(1, Math.ceil((leaves + windowMs - now) / 1000));
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
		while (times[first] <= time - windowMs) first++;
		max = Math.max(max, index - first + 1);
	});
	return max;
}
