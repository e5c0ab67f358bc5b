/** What is wrong with the rows that came. */
export interface RowErrors {
	/** Rows that should have come and did not. */
	lost: number;
	/** Rows that came too often or unasked. */
	surplus: number;
}

/** Holds the rows that came against those that had to come, in whatever order. */
export function countRows(expected: string[], got: string[]): RowErrors {
	const missing = new Map<string, number>();
	for (const row of expected) missing.set(row, (missing.get(row) ?? 0) + 1);
	for (const row of got) missing.set(row, (missing.get(row) ?? 0) - 1);
	const counts = [...missing.values()];
	return {
		lost: counts.reduce((sum, count) => sum + Math.max(0, count), 0),
		surplus: counts.reduce((sum, count) => sum - Math.min(0, count), 0),
	};
}
