/** Replaces what is hidden, whatever its length. */
const HIDDEN = '****';

/**
 * A phone number that a colleague recognizes and nobody can dial: `13812341234` → `138****1234`,
 * `7911123456` → `79****56`. Hides a number of fewer than seven digits completely.
 */
export function maskPhone(phone: string): string {
	// A star is a digit that Feishu has already masked.
	const digits = phone.replace(/[^\d*]/g, '');
	if (digits === '') return '';
	if (digits.length < 7) return HIDDEN;
	const isLong = digits.length > 10;
	return digits.slice(0, isLong ? 3 : 2) + HIDDEN + digits.slice(isLong ? -4 : -2);
}

/** An e-mail address with only the first letter and the host: `zhang@example.com` → `z***@example.com`. */
export function maskEmail(email: string): string {
	const address = email.trim();
	if (address === '') return '';
	const at = address.lastIndexOf('@');
	// A name of one letter would be fully shown.
	const first = at > 1 ? (Array.from(address)[0] ?? '') : '';
	return `${first}***${at < 0 ? '' : address.slice(at)}`;
}
