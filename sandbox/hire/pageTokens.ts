import { createHash, randomBytes } from 'node:crypto';

/** What a page_token stands for. */
export interface PageState {
	/** Fingerprint of the query's conditions: a token is good for its own query only. */
	query: string;
	paging: 'cursor' | 'offset';
	/** Place of the last item (cursor) or number of items passed (offset). */
	position: number;
	/** In a list that is sorted, the key of the last item (cursor). */
	after?: [number, number];
}

/**
 * Opaque page tokens: random, so that no client can build or change one, and never the same twice.
 * Each holds `=`, `+` and `/`, as Feishu's may: a client that does not URL-encode fails at once.
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

	/** @returns undefined for a token this sandbox did not make */
	decode(token: string): PageState | undefined {
		return this.states.get(token);
	}
}

/** A short fingerprint of a query's conditions. */
export function queryFingerprint(conditions: unknown): string {
	return createHash('sha256').update(JSON.stringify(conditions)).digest('hex').slice(0, 16);
}
