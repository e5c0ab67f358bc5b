import { randomBytes } from 'node:crypto';
import { jsonAnswer, jsonObject } from '../http/answers';
import type { Tenant } from '../tenant';
import type { Answer, RequestRecord, SandboxApp } from '../types';

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
	 * The app's token, by the rule of feishu-hire-api.md, 2.5: the same one while a quarter of its
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

/**
 * POST tenant_access_token/internal: a flat answer, errors with HTTP 200 (feishu-hire-api.md, 2.5).
 * An app_id that does not start with "cli_" is "unknown format" here, so 10003.
 */
export function answerToken(tenant: Tenant, request: RequestRecord): Answer {
	const body = jsonObject(request.body);
	const { app_id: appId, app_secret: secret } = body ?? {};
	if (typeof appId !== 'string' || typeof secret !== 'string') return invalidParam();
	if (!appId.startsWith('cli_') || secret === '') return invalidParam();
	const app = tenant.apps.find((candidate) => candidate.appId === appId);
	const reason = whyNoToken(app, secret);
	if (app === undefined || reason !== undefined) {
		return jsonAnswer(200, { code: 10014, msg: reason });
	}
	const life = tenant.options.tokenLifeSeconds;
	const { value, expire } = tenant.tokens.issue(appId, life, tenant.now());
	return jsonAnswer(200, { code: 0, msg: 'ok', tenant_access_token: value, expire });
}

function whyNoToken(app: SandboxApp | undefined, secret: string): string | undefined {
	if (app === undefined) return 'app id not exists';
	if (app.appSecret !== secret) return 'app secret invalid';
	return app.enabled ? undefined : 'app unauthorized, check whether it is disabled';
}

function invalidParam(): Answer {
	return jsonAnswer(200, { code: 10003, data: {}, msg: 'invalid param' });
}
