import type { IHttpRequestHelper } from 'n8n-workflow';
import { judge, type Envelope } from './answer';
import {
	appOf,
	isUsable,
	tokenIn,
	tokenOwnerOf,
	type FeishuHireCredential,
	type StoredToken,
} from './credential';
import { FeishuError } from './failure';
import { sendTokenRequest } from './http';
import { LruMap } from './lru';
import { networkFailure } from './networkFailure';

/** How long before its end a token is renewed; for a short-lived one, a tenth of its life. */
const RENEW_BEFORE_END_MS = 5 * 60_000;

type Helpers = IHttpRequestHelper['helpers'];

/** What this process knows about the token of one owner (app, secret and base URL). */
interface OwnerState {
	current?: StoredToken;
	/** The last token that Feishu refused. */
	refused?: string;
	/** The request to the token endpoint, while it is in flight. */
	fetching?: Promise<StoredToken>;
}

/** By the owner's fingerprint. Holds tokens, but no secrets. */
const owners = new LruMap<OwnerState>(() => ({}));

/** The tokens that one client sends. */
export class TokenSource {
	/** See {@link tokenOwnerOf}. */
	readonly owner: string;

	/** @throws Error, worded for the user, if the base URL cannot be used */
	constructor(
		private readonly helpers: Helpers,
		private readonly credential: FeishuHireCredential,
	) {
		this.owner = tokenOwnerOf(appOf(credential));
	}

	/**
	 * This process's token; otherwise the one that n8n stored with the credential; otherwise a new
	 * one.
	 *
	 * @param refused the token that Feishu has just refused. Compared as an object, not as text:
	 * Feishu may issue the same token twice
	 * @throws FeishuError
	 */
	async get(refused?: StoredToken): Promise<StoredToken> {
		const state = owners.get(this.owner);
		const now = Date.now();
		if (refused) state.refused = refused.accessToken;
		const { current } = state;
		if (current && current !== refused && isUsable(current, this.owner, now)) return current;
		const stored = this.credential;
		if (isUsable(stored, this.owner, now) && stored.accessToken !== state.refused) {
			state.current = tokenIn(stored);
			return state.current;
		}
		return await fetchTenantAccessToken(this.helpers, this.credential);
	}
}

/**
 * Gets a tenant access token from Feishu and keeps it for this process. Parallel callers share one
 * request. The credential's `preAuthentication` also calls this, and n8n stores the result.
 * Source: Feishu "自建应用获取 tenant_access_token" (a flat answer, `expire` in seconds). Errors also
 * come with HTTP 200.
 *
 * @throws FeishuError, to every caller that waits for the token
 */
export async function fetchTenantAccessToken(
	helpers: Helpers,
	credential: FeishuHireCredential,
): Promise<StoredToken> {
	const app = appOf(credential);
	const owner = tokenOwnerOf(app);
	const state = owners.get(owner);
	async function fetch(): Promise<StoredToken> {
		const secrets = [app.appSecret];
		const answer = await sendTokenRequest(helpers, app).catch((error: unknown) => {
			throw new FeishuError(networkFailure(error, app.baseUrl, secrets));
		});
		const verdict = judge(answer, app.baseUrl, secrets);
		if ('failure' in verdict) throw new FeishuError(verdict.failure);
		state.current = toStoredToken(verdict.envelope, owner);
		return state.current;
	}
	state.fetching ??= fetch().finally(() => {
		state.fetching = undefined;
	});
	return await state.fetching;
}

function toStoredToken({ tenant_access_token, expire }: Envelope, owner: string): StoredToken {
	if (typeof tenant_access_token !== 'string' || tenant_access_token === '') {
		throw new FeishuError({
			message: 'Feishu returned no tenant access token',
			reaction: 'retry',
			advice:
				'If there is a gateway in front of Feishu, check it. Its response must contain "tenant_access_token".',
		});
	}
	const isNumber = typeof expire === 'number' || typeof expire === 'string';
	const lifeMs = isNumber ? Number(expire) * 1000 : NaN;
	// Treated as expired, it would be fetched again for every request; treated as valid, it would be
	// sent after it expired.
	if (!(lifeMs > 0 && lifeMs < Infinity)) {
		throw new FeishuError({
			message: 'Feishu did not say how long the tenant access token is valid',
			reaction: 'fail',
			advice:
				'If there is a gateway in front of Feishu, check it. Its response must contain "expire", in seconds.',
			appWide: true,
		});
	}
	const renewAt = Date.now() + lifeMs - Math.min(RENEW_BEFORE_END_MS, lifeMs / 10);
	return {
		accessToken: tenant_access_token,
		accessTokenOwner: owner,
		accessTokenRenewAt: String(Math.round(renewAt)),
	};
}
