/** Feishu's clock, from the `Date` header of its answers: n8n's clock may be wrong. */
export class ServerClock {
	/**
	 * Feishu's epoch ms minus monotonic ms. The header has whole seconds and arrives late, so the
	 * largest value is the best.
	 */
	private offset?: number;

	/** @param date the `Date` header of an answer that has just arrived */
	note(date: unknown): void {
		const ms = typeof date === 'string' ? Date.parse(date) : NaN;
		if (!Number.isFinite(ms)) return;
		this.offset = Math.max(this.offset ?? -Infinity, ms - performance.now());
	}

	/** @param monotonicMs from `performance.now()` @returns epoch ms; undefined if no answer had a date */
	at(monotonicMs: number): number | undefined {
		return this.offset === undefined ? undefined : this.offset + monotonicMs;
	}
}
