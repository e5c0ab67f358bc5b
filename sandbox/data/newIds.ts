/**
 * Generates IDs like Feishu's: decimal texts of 19 digits, too large for a JS number, so that
 * neighbours become equal if they are converted.
 * @param first the first ID; must differ for each kind of record
 */
export function newIds(first: bigint): () => string {
	let next = first;
	return () => String(next++);
}

/**
 * Generates IDs for records that are created while the sandbox runs. Most of Feishu's sample IDs
 * contain the second of their creation in the upper 32 bits.
 * @param carriesTime whether the next ID does
 * @param now in epoch ms
 */
export function newRecordIds(carriesTime: () => boolean, now: () => number): () => string {
	// Read as a time, these are from before Feishu existed.
	const timeless = newIds(1000000000000000001n);
	let next = 1n;
	return () => {
		if (!carriesTime()) return timeless();
		const second = BigInt(Math.floor(now() / 1000));
		return String((second << 32n) | next++);
	};
}
