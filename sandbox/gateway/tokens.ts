import { randomBytes } from 'node:crypto';

interface IssuedToken {
	value: string;
	appId: string;
	/** Total lifetime in ms. */
	lifeMs: number;
	/** In epoch ms. */
	expiresAt: number;
}

/** Tests use shorter lives, which whole seconds could not express. */
const wholeSecondsFromMs = 60_000;

/** The tenant_access_tokens that were issued. */
export class Tokens {
	private readonly valid = new Map<string, IssuedToken>();
	private readonly newest = new Map<string, IssuedToken>();

	/**
	 * The app's token, by the rule of Feishu's token page: the same token while a quarter of its life
	 * (30 min of 2 h) is left, then a new one. The old one stays valid until it expires.
	 * @param now in epoch ms
	 * @returns the token and its remaining seconds
	 */
	issue(appId: string, lifeSeconds: number, now: number): { value: string; expire: number } {
		let token = this.newest.get(appId);
		if (token === undefined || token.expiresAt - now < token.lifeMs / 4) {
			const lifeMs = lifeSeconds * 1000;
			const value = `t-${randomBytes(20).toString('hex')}`;
			token = { value, appId, lifeMs, expiresAt: now + lifeMs };
			this.newest.set(appId, token);
			this.valid.set(value, token);
		}
		const leftMs = token.expiresAt - now;
		const expire =
			token.lifeMs < wholeSecondsFromMs ? Math.floor(leftMs) / 1000 : Math.floor(leftMs / 1000);
		return { value: token.value, expire };
	}

	/** @returns the app of a token; undefined if the token is unknown or has expired */
	appIdOf(value: string, now: number): string | undefined {
		const token = this.valid.get(value);
		return token !== undefined && now < token.expiresAt ? token.appId : undefined;
	}

	/** Invalidates one token. */
	revoke(value: string): void {
		const token = this.valid.get(value);
		if (token === undefined) return;
		this.valid.delete(value);
		if (this.newest.get(token.appId) === token) this.newest.delete(token.appId);
	}

	/** Invalidates every token. */
	revokeAll(): void {
		this.valid.clear();
		this.newest.clear();
	}
}
