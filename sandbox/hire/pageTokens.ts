import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a page_token stands for. */
export interface PageState {
	/** Fingerprint of the query's conditions: a token is good for its own query only. */
	query: string;
	paging: 'cursor' | 'offset';
	/** Place of the last item (cursor) or number of items passed (offset). */
	position: number;
}

const ivLength = 12;
const tagLength = 16;

/**
 * Opaque page tokens: sealed, so that no client can build or change one, and never the same twice.
 * Each holds `=` and `+`, as Feishu's may: a client that does not URL-encode fails at once.
 */
export class PageTokens {
	private readonly key = randomBytes(32);

	encode(state: PageState): string {
		let text = JSON.stringify(state);
		// Base64 ends in `=` unless the length is a multiple of three; JSON allows a blank.
		if ((ivLength + tagLength + text.length) % 3 === 0) text += ' ';
		for (;;) {
			const iv = randomBytes(ivLength);
			const cipher = createCipheriv('aes-256-gcm', this.key, iv);
			const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
			const token = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
			if (token.includes('+')) return token;
		}
	}

	/** @returns undefined for a token this sandbox did not make */
	decode(token: string): PageState | undefined {
		const bytes = Buffer.from(token, 'base64');
		if (bytes.toString('base64') !== token || bytes.length <= ivLength + tagLength)
			return undefined;
		const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, ivLength));
		decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
		try {
			const sealed = bytes.subarray(ivLength + tagLength);
			const text = Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
			return JSON.parse(text) as PageState;
		} catch {
			return undefined;
		}
	}
}

/** A short fingerprint of a query's conditions. */
export function queryFingerprint(conditions: unknown): string {
	return createHash('sha256').update(JSON.stringify(conditions)).digest('hex').slice(0, 16);
}
