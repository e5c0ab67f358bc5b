/**
 * Gives out IDs as Feishu does: decimal texts of 19 digits, too large for a JS number, so that
 * neighbours are equal once they are converted.
 * @param first the first one; another for each kind of record
 */
export function newIds(first: bigint): () => string {
	let next = first;
	return () => String(next++);
}

/**
 * IDs of records that are created while the sandbox runs: most of Feishu's sample IDs have the second of
 * their creation in the upper 32 bits.
 * @param carriesTime whether the next one does
 * @param now ms since the epoch
 */
export function newRecordIds(carriesTime: () => boolean, now: () => number): () => string {
	// Of a time at which there was no Feishu.
	const timeless = newIds(1000000000000000001n);
	let next = 1n;
	return () => {
		if (!carriesTime()) return timeless();
		const second = BigInt(Math.floor(now() / 1000));
		return String((second << 32n) | next++);
	};
}
