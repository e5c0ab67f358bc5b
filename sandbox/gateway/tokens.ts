import { randomBytes } from 'node:crypto';

interface IssuedToken {
	value: string;
	appId: string;
	/** Whole life in ms. */
	lifeMs: number;
	/** ms since the epoch. */
	expiresAt: number;
}

/** Shorter lives exist in tests only; whole seconds would tell a client nothing about them. */
const wholeSecondsFromMs = 60_000;

/** The tenant_access_tokens handed out. */
export class Tokens {
	private readonly valid = new Map<string, IssuedToken>();
	private readonly newest = new Map<string, IssuedToken>();

	/**
	 * The app's token, by the rule of Feishu's token page: the same one while a quarter of its
	 * life (30 min of 2 h) is left, after that a new one, and the old one lives on to its own end.
	 * @param now ms since the epoch
	 * @returns the token and the seconds it has left
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

	/** @returns the app a token belongs to; undefined when it is unknown or its life is over */
	appIdOf(value: string, now: number): string | undefined {
		const token = this.valid.get(value);
		return token !== undefined && now < token.expiresAt ? token.appId : undefined;
	}

	/** Ends one token before its time. */
	revoke(value: string): void {
		const token = this.valid.get(value);
		if (token === undefined) return;
		this.valid.delete(value);
		if (this.newest.get(token.appId) === token) this.newest.delete(token.appId);
	}

	/** Ends every token before its time. */
	revokeAll(): void {
		this.valid.clear();
		this.newest.clear();
	}
}
