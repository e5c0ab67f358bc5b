/** What a run reports besides its items. n8n shows hints in the output panel. */
export class Hints {
	/** By text, without the number. */
	private readonly counts = new Map<string, { text: (items: string) => string; count: number }>();

	private readonly others: Array<() => string[]> = [];

	/**
	 * @param itemCount number of input items. A single one may be a trigger's empty item, so texts do
	 * not call it an input item
	 */
	constructor(private readonly itemCount: number) {}

	/**
	 * Counts one more input item for a hint.
	 *
	 * @param text gets the number in words, as in `2 input items`, or `this run` if the run has one
	 * item
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

	/** The counted hints, in order of first occurrence, then the others. */
	all(): string[] {
		const counted = [...this.counts.values()].map(({ text, count }) => {
			const items = `${count} input ${count === 1 ? 'item' : 'items'}`;
			const told = text(this.itemCount === 1 ? 'this run' : items);
			return told.charAt(0).toUpperCase() + told.slice(1);
		});
		return [...counted, ...this.others.flatMap((hints) => hints())];
	}
}
