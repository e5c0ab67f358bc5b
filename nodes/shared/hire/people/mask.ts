/** Replaces hidden digits, however many there are. */
const HIDDEN = '****';

/**
 * Masks a phone number so that a colleague recognizes it but nobody can dial it: `13812341234` →
 * `138****1234`, `7911123456` → `79****56`. Hides a number of fewer than seven digits completely.
 */
export function maskPhone(phone: string): string {
	// An asterisk is a digit that Feishu has already masked.
	const digits = phone.replace(/[^\d*]/g, '');
	if (digits === '') return '';
	if (digits.length < 7) return HIDDEN;
	const isLong = digits.length > 10;
	return digits.slice(0, isLong ? 3 : 2) + HIDDEN + digits.slice(isLong ? -4 : -2);
}

/** Masks an email address except for its first letter and host: `zhang@example.com` → `z***@example.com`. */
export function maskEmail(email: string): string {
	const address = email.trim();
	if (address === '') return '';
	const at = address.lastIndexOf('@');
	// A local part of one letter would be shown in full.
	const first = at > 1 ? (Array.from(address)[0] ?? '') : '';
	return `${first}***${at < 0 ? '' : address.slice(at)}`;
}
