/** What a run reports besides its items: n8n shows it in the output panel. */
export class Hints {
	/** By the text without a number. */
	private readonly counts = new Map<string, { text: (items: string) => string; count: number }>();

	private readonly others: Array<() => string[]> = [];

	/** @param itemCount of the run. One may be a trigger's empty item, which nobody calls an input item */
	constructor(private readonly itemCount: number) {}

	/**
	 * Counts one more input item for a hint.
	 *
	 * @param text gets the number in words, `2 input items`, or `this run` if it has one item
	 */
	count(text: (items: string) => string): void {
		const key = text('');
		const { count = 0 } = this.counts.get(key) ?? {};
		this.counts.set(key, { text, count: count + 1 });
	}

	/** @param hints called after all items */
	add(hints: () => string[]): void {
		this.others.push(hints);
	}

	/** The counted hints, by first occurrence, then the others. */
	all(): string[] {
		const counted = [...this.counts.values()].map(({ text, count }) => {
			const items = `${count} input ${count === 1 ? 'item' : 'items'}`;
			const told = text(this.itemCount === 1 ? 'this run' : items);
			return told.charAt(0).toUpperCase() + told.slice(1);
		});
		return [...counted, ...this.others.flatMap((hints) => hints())];
	}
}
