/**
 * Gives out IDs as Feishu does: decimal texts of 19 digits, too large for a JS number, so that
 * neighbours are equal once they are converted.
 * @param first the first one; another for each kind of record
 */
export function newIds(first: bigint): () => string {
	let next = first;
	return () => String(next++);
}
