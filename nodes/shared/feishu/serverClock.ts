/** Feishu's clock, from the `Date` header of its answers: n8n's clock may be wrong. */
export class ServerClock {
	/** Feishu's epoch ms minus monotonic ms. The header is cut to seconds and arrives late: the largest is best. */
	private offset?: number;

	/** @param date the `Date` header of an answer that just came */
	note(date: unknown): void {
		const ms = typeof date === 'string' ? Date.parse(date) : NaN;
		if (!Number.isFinite(ms)) return;
		this.offset = Math.max(this.offset ?? -Infinity, ms - performance.now());
	}

	/** @param monotonicMs of `performance.now()` @returns epoch ms; undefined when no answer had a date */
	at(monotonicMs: number): number | undefined {
		return this.offset === undefined ? undefined : this.offset + monotonicMs;
	}
}
