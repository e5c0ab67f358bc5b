/** Nobody used Feishu before. */
const FIRST = Date.UTC(2016, 0);

/** An ID can be slightly ahead of the clock of Feishu's answers, in ms. */
const AHEAD = 5 * 60_000;

/**
 * The second in which a record was created: most IDs on Feishu's pages carry it in their upper 32
 * bits. This is an inference, so it may only make a record more doubtful, never less.
 *
 * @returns epoch ms; undefined if the ID says nothing
 */
export function timeOfId(id: string): number | undefined {
	if (!/^\d{16,19}$/.test(id)) return undefined;
	const ms = Number(BigInt(id) >> BigInt(32)) * 1000;
	return ms >= FIRST ? ms : undefined;
}

/**
 * Whether a record can be the one that was sent, judged by the time in its ID.
 *
 * @param sentAt epoch ms of Feishu's clock at the first attempt; undefined: unknown
 * @param now epoch ms of the same clock
 */
export function canBeOwn(id: string, sentAt: number | undefined, now: number | undefined): boolean {
	const createdAt = timeOfId(id);
	if (createdAt === undefined || sentAt === undefined || now === undefined) return false;
	// Both are cut to seconds.
	return createdAt >= Math.floor(sentAt / 1000) * 1000 && createdAt <= now + AHEAD;
}
