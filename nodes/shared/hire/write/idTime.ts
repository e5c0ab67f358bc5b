/** Feishu has no older records. */
const FIRST = Date.UTC(2016, 0);

/** How far an ID can be ahead of the clock of Feishu's answers, in ms. */
const AHEAD = 5 * 60_000;

/**
 * The second in which a record was created: most IDs on Feishu's pages contain it in their upper 32
 * bits. This is inferred, so it may only make a record more doubtful, never less.
 *
 * @returns epoch ms; undefined if the ID does not contain it
 */
export function timeOfId(id: string): number | undefined {
	if (!/^\d{16,19}$/.test(id)) return undefined;
	const ms = Number(BigInt(id) >> BigInt(32)) * 1000;
	return ms >= FIRST ? ms : undefined;
}

/**
 * Whether a record can be the one that was sent, judging by the time in its ID.
 *
 * @param sentAt epoch ms of Feishu's clock at the first attempt; undefined if unknown
 * @param now epoch ms of the same clock
 */
export function canBeOwn(id: string, sentAt: number | undefined, now: number | undefined): boolean {
	const createdAt = timeOfId(id);
	if (createdAt === undefined || sentAt === undefined || now === undefined) return false;
	// IDs have whole seconds.
	return createdAt >= Math.floor(sentAt / 1000) * 1000 && createdAt <= now + AHEAD;
}
