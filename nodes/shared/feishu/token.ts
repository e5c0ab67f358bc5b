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

/** A token is renewed when less than this is left of its life, or less than a tenth of it. */
const RENEW_BEFORE_END_MS = 5 * 60_000;

type Helpers = IHttpRequestHelper['helpers'];

/** What this process knows about the token of one owner (app, secret and base URL). */
interface OwnerState {
	current?: StoredToken;
	/** The token that Feishu has refused last. */
	refused?: string;
	/** The request to the token endpoint that is under way. */
	fetching?: Promise<StoredToken>;
}

/** By the owner's fingerprint: no secret stays here, only tokens do. */
const owners = new LruMap<OwnerState>(() => ({}));

/** The tokens that one client sends its requests with. */
export class TokenSource {
	/** See {@link tokenOwnerOf}. */
	readonly owner: string;

	/** @throws Error in plain words when the base URL cannot be used */
	constructor(
		private readonly helpers: Helpers,
		private readonly credential: FeishuHireCredential,
	) {
		this.owner = tokenOwnerOf(appOf(credential));
	}

	/**
	 * The token that this process has, else the one that n8n has stored with the credential, else a new one.
	 *
	 * @param refused the token that Feishu has just refused. Told by the object, not by its text: Feishu
	 * may hand out the same one twice
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
 * Asks Feishu for a tenant access token and keeps it for this process. However many ask at the same
 * time, one request leaves. Called by the credential's `preAuthentication`, too: n8n stores what it returns.
 * Source: Feishu "自建应用获取 tenant_access_token" (the answer is flat, `expire` in seconds); errors
 * come with HTTP 200 as well.
 *
 * @throws FeishuError, to everybody who waits for it
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
			message: 'Feishu answered without a tenant access token',
			reaction: 'retry',
			advice:
				'If you use a gateway in front of Feishu, check it: its answer must have "tenant_access_token".',
		});
	}
	const isNumber = typeof expire === 'number' || typeof expire === 'string';
	const lifeMs = isNumber ? Number(expire) * 1000 : NaN;
	// Taken for used up it would be fetched again for ever, taken for good it would be sent when it is not.
	if (!(lifeMs > 0 && lifeMs < Infinity)) {
		throw new FeishuError({
			message: 'Feishu gave a tenant access token, but did not say how long it is good for',
			reaction: 'fail',
			advice:
				'If you use a gateway in front of Feishu, check it: its answer must have "expire", in seconds.',
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
