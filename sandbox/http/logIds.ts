import { randomBytes } from 'node:crypto';

/**
 * A log ID that looks like Feishu's: the time to the second, then letters and digits
 * (docs/feishu-api.md). It is sent as `X-Tt-Logid` and as `error.log_id`.
 * @param now in epoch ms
 */
export function newLogId(now: number): string {
	const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
	return stamp + randomBytes(9).toString('hex').toUpperCase();
}
