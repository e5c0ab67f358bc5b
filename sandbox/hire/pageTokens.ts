import { createHash, randomBytes } from 'node:crypto';

/** The state behind a page_token. */
export interface PageState {
	/** A fingerprint of the query's conditions: a token is valid only for its own query. */
	query: string;
	paging: 'cursor' | 'offset';
	/** The place of the last item (cursor), or the number of items to skip (offset). */
	position: number;
	/** In a sorted list, the position of the last item (cursor). */
	after?: [number, number];
}

/**
 * Opaque page tokens: random, so that no client can construct or change one, and never repeated.
 * Each contains `=`, `+` and `/`, as Feishu's may, so a client that does not URL-encode them fails
 * at once.
 */
export class PageTokens {
	private readonly states = new Map<string, PageState>();

	encode(state: PageState): string {
		for (;;) {
			// Base64 of 46 bytes ends in `==`.
			const token = randomBytes(46).toString('base64');
			if (!token.includes('+') || !token.includes('/')) continue;
			this.states.set(token, state);
			return token;
		}
	}

	/** @returns undefined for a token that this sandbox did not make */
	decode(token: string): PageState | undefined {
		return this.states.get(token);
	}
}

/** A short fingerprint of a query's conditions. */
export function queryFingerprint(conditions: unknown): string {
	return createHash('sha256').update(JSON.stringify(conditions)).digest('hex').slice(0, 16);
}
