import { hash } from 'crypto';
import { resultOf } from '../shared/form/results';
import { epochMs } from '../shared/hire/simplify';
import type { BackgroundCheck } from '../shared/hire/types';

/** What is remembered of a check between polls: enough to see a change, but no name. */
export interface KeptCheck {
	/** The short ID: see {@link keyOf}. */
	key: string;
	/** Epoch ms; null if there is no date. */
	date: number | null;
	/** A hash, because the name is personal data. */
	nameHash: string;
	/** Trimmed; empty if there is none. Absent if only its hash was kept. */
	result?: string;
	/** Set if only the hash was kept, and on a check compared with such a one. */
	resultHash?: string;
	/** The number of attachments. */
	attachments: number;
	/** The latest poll did not find it. A second miss in a row means deleted. */
	absent: boolean;
}

/** In base64url characters of 6 bits each. */
export const HASH_LENGTH = 6;

/** Marks an ID that is not in base 36. */
const AS_TEXT = '=';

/**
 * A short form of an ID, without `,` and `;`: 19 digits become 13 characters in base 36. An ID that
 * is not a plain number of up to 64 digits is encoded as base64url.
 */
export function keyOf(id: string): string {
	if (/^[1-9]\d{0,63}$/.test(id)) return BigInt(id).toString(36);
	return AS_TEXT + Buffer.from(id).toString('base64url');
}

export function idOf(key: string): string {
	if (key.startsWith(AS_TEXT)) return Buffer.from(key.slice(1), 'base64url').toString();
	let id = BigInt(0);
	for (const digit of key) id = id * BigInt(36) + BigInt(parseInt(digit, 36));
	return id.toString();
}

/** 36 bits of SHA-256. Covers the key too, so that equal texts of two checks hash differently. */
export function hashOf(key: string, text: string): string {
	return hash('sha256', `${key}\n${text}`, 'base64url').slice(0, HASH_LENGTH);
}

/** What to remember of a check; undefined if it has no ID and so cannot be found again. */
export function keep(check: BackgroundCheck): KeptCheck | undefined {
	const id = textOf(check.id);
	if (id === '') return undefined;
	const key = keyOf(id);
	return {
		key,
		date: epochMs(check.date),
		nameHash: hashOf(key, textOf(check.name)),
		result: resultOf(check),
		attachments: Array.isArray(check.attachment_list) ? check.attachment_list.length : 0,
		absent: false,
	};
}

/** A text field in comparable form: missing, null and empty are equal. */
export function textOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Whether a remembered check has one of the results (any, if none is given). Compares hashes if
 * only the hash was kept.
 */
export function hadResult(
	{ key, result, resultHash }: KeptCheck,
	results: readonly string[],
): boolean {
	if (results.length === 0) return true;
	if (result !== undefined) return results.includes(result);
	return results.some((each) => resultHash === hashOf(key, each));
}
