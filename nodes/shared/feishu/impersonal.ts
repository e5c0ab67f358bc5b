import { isObject, type Answer } from './answer';
import type { ApiRequest } from './http';
import { FilePart } from './multipart';

/** How much of a text is read. Less is shown. */
const MAX_READ = 2000;

/** No email address or phone number that the cut can split is longer. */
const MOST_HALVED = 100;

/** This much of a text's start is enough to recognize it, if the rest was cut off. */
const HEAD = 12;

/** The fields of a refusal that can repeat what was sent. Log ID and scopes are Feishu's own. */
const SPOKEN = new Set(['msg', 'message', 'field', 'description']);

/** Fields with Feishu's IDs. Users put anything into an `external_id`, even an ID card number. */
const OF_IDS = /^(?!external_id$).*_id(_list)?$/;

/** Matches what looks like an email address, also with an encoded @. */
const EMAIL = /[^\s@<>"',;:：，]+(?:@|%40)[^\s@<>"',;，]+/;

/** Matches what is not personal: Feishu's IDs, which are longer than any phone number, and IP addresses. */
const NOBODYS = /(?<!\d)(?:\d{15,}|\d{1,3}(?:\.\d{1,3}){3}(?![.\d]))/;

/** Matches what looks like a phone number: six digits or more, also in groups. */
const PHONE = /\+?\d(?:[\s().-]{0,2}(?!\d{15})\d){5,}/;

/**
 * Removes personal data from a refusal, because errors are stored. In Feishu's message it masks
 * every text that was sent, the secrets (as a whole, so that their digits do not pass for a phone
 * number), and what looks like an email address or a phone number. Runs before the message is cut:
 * half a name would not be recognized.
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

/** All texts except IDs. @param key the field that holds the value */
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
 * Removes personal data from a text of Feishu's.
 *
 * @param sent texts of the request
 */
export function withoutPersonalData(text: string, sent: readonly string[]): string {
	const read = text.slice(0, MAX_READ);
	const spellings = [...new Set(sent.flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
	const patterns = [
		// A longer text cannot occur in it, and may be too long for a regex.
		...spellings
			.filter(({ length }) => length > 0 && length <= read.length)
			.map((whole) => patternOf(whole)),
		// Feishu may have cut off a long text. Nothing marks its end, so mask everything after its
		// start.
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
	// The cut may have split a sent text, an address or a number.
	return plain.slice(0, -Math.max(MOST_HALVED, spellings[0]?.length ?? 0));
}

/** A text as it is, in JSON, and in a URL. */
function spellingsOf(text: string): string[] {
	const plain = text.trim();
	const encoded = new URLSearchParams({ plain }).toString().slice('plain='.length);
	return [plain, JSON.stringify(plain).slice(1, -1), encoded];
}

/** Matches a text, but not within a longer word or number: "Al" is not in "invalid", nor 86 in an ID. */
function patternOf(text: string, isWhole = true): string {
	const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
	const before = /^[a-z0-9]/i.test(text) ? '(?<![a-z0-9])' : '';
	const after = isWhole && /[a-z0-9]$/i.test(text) ? '(?![a-z0-9])' : '';
	return before + escaped + after;
}
