import { randomBytes } from 'node:crypto';

/**
 * A log ID in the look of Feishu's: time to the second, then letters and digits
 * (feishu-hire-api.md, fixture 5.5). It goes out as `X-Tt-Logid` and as `error.log_id`.
 * @param now ms since the epoch
 */
export function newLogId(now: number): string {
	const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
	return stamp + randomBytes(9).toString('hex').toUpperCase();
}
