import { isObject, type Answer } from './answer';
import type { ApiRequest } from './http';
import { FilePart } from './multipart';

/** Only this much of a text is read, which is more than is shown. */
const MAX_READ = 2000;

/** E-mail addresses and phone numbers are shorter. */
const MOST_HALVED = 100;

/** Enough of the start of a text to recognize it, if the rest was cut off. */
const HEAD = 12;

/** Where a refusal can repeat what was sent; log ID and scopes are Feishu's own. */
const SPOKEN = new Set(['msg', 'message', 'field', 'description']);

/** Fields with IDs from Feishu. People put anything into an `external_id`, even an ID card number. */
const OF_IDS = /^(?!external_id$).*_id(_list)?$/;

/** What looks like an e-mail address, also with an encoded @. */
const EMAIL = /[^\s@<>"',;:：，]+(?:@|%40)[^\s@<>"',;，]+/;

/** Feishu's IDs, which are longer than any phone number, and IP addresses. */
const NOBODYS = /(?<!\d)(?:\d{15,}|\d{1,3}(?:\.\d{1,3}){3}(?![.\d]))/;

/** What looks like a phone number: six digits or more, also in groups. */
const PHONE = /\+?\d(?:[\s().-]{0,2}(?!\d{15})\d){5,}/;

/**
 * Removes personal data from a refusal, because errors are stored: in Feishu's message it blacks out all texts that
 * were sent, the secrets (whole, before their digits pass for a phone number), and what looks like an e-mail address
 * or a phone number. Done before the cut: the rest of a name would not be recognized.
 */
export function impersonal(
	answer: Answer,
	{ qs, body, form }: ApiRequest,
	secrets: readonly string[] = [],
): Answer {
	if (!isObject(answer.body) || answer.body.code === 0) return answer;
	const parts = form?.entries().map(([, part]) => part);
	const sent = [...textsIn([qs, body, parts]), ...secrets];
	const spoken = JSON.stringify(answer.body, (key, value: unknown) =>
		typeof value === 'string' && SPOKEN.has(key) ? withoutPersonalData(value, sent) : value,
	);
	return { ...answer, body: JSON.parse(spoken) as unknown };
}

/** All texts but IDs. @param key of the field that holds the value */
function textsIn(value: unknown, key = ''): string[] {
	if (value instanceof FilePart) return [value.name];
	if (Array.isArray(value)) return value.flatMap((entry) => textsIn(entry, key));
	if (isObject(value)) {
		return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, name));
	}
	const isPersonal = typeof value === 'string' && !(OF_IDS.test(key) && /^\d+$/.test(value));
	return isPersonal ? [value] : [];
}

/**
 * A Feishu text without personal data.
 *
 * @param sent texts of the request
 */
export function withoutPersonalData(text: string, sent: readonly string[]): string {
	const read = text.slice(0, MAX_READ);
	const spellings = [...new Set(sent.flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
	const patterns = [
		// A longer one is not in it, and may be too long for a regex.
		...spellings
			.filter(({ length }) => length > 0 && length <= read.length)
			.map((whole) => patternOf(whole)),
		// Nobody can tell where it ends.
		...spellings
			.filter(({ length }) => length > HEAD)
			.map((long) => `${patternOf(long.slice(0, HEAD), false)}[^]*`),
		EMAIL.source,
		`(${NOBODYS.source})`,
		PHONE.source,
	];
	const personal = new RegExp(patterns.join('|'), 'giu');
	const plain = read.replace(personal, (_found, kept?: string) => kept ?? '***');
	if (read === text) return plain;
	// The cut may have halved a sent text, an address or a number.
	return plain.slice(0, -Math.max(MOST_HALVED, spellings[0]?.length ?? 0));
}

/** Plain, in JSON, and in a URL. */
function spellingsOf(text: string): string[] {
	const plain = text.trim();
	const encoded = new URLSearchParams({ plain }).toString().slice('plain='.length);
	return [plain, JSON.stringify(plain).slice(1, -1), encoded];
}

/** Not within a longer word or number: "Al" is not in "invalid", nor 86 in an ID. */
function patternOf(text: string, isWhole = true): string {
	const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
	const before = /^[a-z0-9]/i.test(text) ? '(?<![a-z0-9])' : '';
	const after = isWhole && /[a-z0-9]$/i.test(text) ? '(?![a-z0-9])' : '';
	return before + escaped + after;
}
