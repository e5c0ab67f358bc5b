/** Stands for what is hidden, whatever its length. */
const HIDDEN = '****';

/**
 * A phone number that a colleague recognises and nobody can dial: `13812341234` → `138****1234`,
 * `7911123456` → `79****56`. Of a number of fewer than seven digits nothing is shown.
 */
export function maskPhone(phone: string): string {
	// A star is a digit that Feishu has masked already.
	const digits = phone.replace(/[^\d*]/g, '');
	if (digits === '') return '';
	if (digits.length < 7) return HIDDEN;
	const isLong = digits.length > 10;
	return digits.slice(0, isLong ? 3 : 2) + HIDDEN + digits.slice(isLong ? -4 : -2);
}

/** An e-mail address of which only the first letter and the host are shown: `zhang@example.com` → `z***@example.com`. */
export function maskEmail(email: string): string {
	const address = email.trim();
	if (address === '') return '';
	const at = address.lastIndexOf('@');
	// A name of one letter would be shown whole.
	const first = at > 1 ? (Array.from(address)[0] ?? '') : '';
	return `${first}***${at < 0 ? '' : address.slice(at)}`;
}

/** What looks like an e-mail address, also when the @ was encoded. */
const EMAIL = /[^\s@<>"',;:：，]+(?:@|%40)[^\s@<>"',;，]+/g;

/** What looks like a phone number: six digits or more, also in groups. */
const PHONE = /\+?\d(?:[\s().-]{0,2}\d){5,}/g;

/**
 * Makes a text of Feishu fit for an error that is stored: whatever was asked for, and whatever looks
 * like an e-mail address or a phone number, is blacked out.
 *
 * @param values names, e-mail addresses or phone numbers of the request
 */
export function withoutPersonalData(text: string, values: readonly string[]): string {
	let plain = text;
	for (const value of values) {
		// A longer one is not in it, and may be too long for an expression, whose error would show it.
		if (value === '' || value.length > text.length) continue;
		plain = plain.replace(new RegExp(escaped(value), 'giu'), '***');
	}
	return plain.replace(EMAIL, '***').replace(PHONE, '***');
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
