/** What a run has to tell beside its items, counted: n8n shows it in the output panel. */
export class Hints {
	private readonly counts = new Map<(items: string) => string, number>();

	/** Notes that it holds for one more input item. @param text gets the number in words: `2 input items` */
	count(text: (items: string) => string): void {
		this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
	}

	/** The hints, in the order in which they were first noted. */
	all(): string[] {
		return [...this.counts].map(([text, count]) =>
			text(`${count} input ${count === 1 ? 'item' : 'items'}`),
		);
	}
}
