/**
 * The tenant access token of an app, as this process knows it, is in one of three states:
 *
 * - none that can be sent: the next request gets a lease without a token and with a {@link Renewal};
 * - being renewed: that request is on its way through n8n, which asks {@link fetchTenantAccessToken} for
 *   a token, stores it in the credential and then sends the request. All others wait for it;
 * - there: everybody gets it, until it comes due or somebody reports it as refused by Feishu.
 *
 * Which token was refused is told by the object, not by its text: Feishu may hand out the same one twice.
 */
import type { IHttpRequestHelper } from 'n8n-workflow';
import { judge, type Envelope } from './answer';
import {
	appOf,
	isUsable,
	livesLonger,
	tokenIn,
	tokenOwnerOf,
	type FeishuHireCredential,
	type StoredToken,
} from './credential';
import { FeishuError } from './failure';
import { sendTokenRequest } from './http';
import { networkFailure } from './networkFailure';
import { Remembered } from './lru';
import { untilStopped } from './abort';

/** A token is renewed when less than this is left of its life, or less than a tenth of it. */
const RENEW_BEFORE_END_MS = 5 * 60_000;

/** The renewal that all requests of an owner wait for. */
interface Renewal {
	/** Ends with the reason why there is no token, if there is none. */
	done: Promise<FeishuError | undefined>;
	end: (failure?: FeishuError) => void;
	/** Takes the new token, which ends the renewal. */
	take: (token: StoredToken) => void;
	/** Why the token endpoint gave none; n8n hides it from the request that asked. */
	failure?: FeishuError;
}

/** What this process knows about the token of one owner (app, secret and base URL). */
interface OwnerState {
	current?: StoredToken;
	/** The request to the token endpoint that is under way. */
	fetching?: Promise<StoredToken>;
	renewal?: Renewal;
}

/** By the owner's fingerprint: no secret stays here, only tokens do. */
const owners = new Remembered<OwnerState>(() => ({}));

/**
 * Asks Feishu for a tenant access token, once however many ask at the same time. Called by the
 * credential's `preAuthentication`, so n8n stores what it returns.
 * Source: Feishu "自建应用获取 tenant_access_token" (the answer is flat, `expire` in seconds); errors
 * come with HTTP 200 as well.
 *
 * @param helpers `this.helpers` of the credential
 * @throws FeishuError
 */
export async function fetchTenantAccessToken(
	helpers: IHttpRequestHelper['helpers'],
	credential: FeishuHireCredential,
): Promise<StoredToken> {
	const app = appOf(credential);
	const owner = tokenOwnerOf(app);
	const secrets = [app.appSecret];
	return await fetchOnce(owner, async () => {
		const answer = await sendTokenRequest(helpers, app).catch((error: unknown) => {
			throw new FeishuError(networkFailure(error, secrets));
		});
		const verdict = judge(answer, secrets);
		if ('failure' in verdict) throw new FeishuError(verdict.failure);
		return toStoredToken(verdict.envelope, owner);
	});
}

function toStoredToken({ tenant_access_token, expire }: Envelope, owner: string): StoredToken {
	if (typeof tenant_access_token !== 'string' || tenant_access_token === '') {
		throw new FeishuError({
			message: 'Feishu answered without a tenant access token',
			reaction: 'retry',
			advice: 'Check the base URL of the credential.',
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
				'Check the base URL of the credential, and the gateway before Feishu if you use one: its answer must have "expire", in seconds.',
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

/**
 * Fetches a token and remembers it for this process. However many ask at once, one request leaves.
 *
 * @param fetch asks Feishu's token endpoint
 * @throws what `fetch` throws, to everybody who waits for it
 */
export async function fetchOnce(
	owner: string,
	fetch: () => Promise<StoredToken>,
): Promise<StoredToken> {
	const state = owners.get(owner);
	state.fetching ??= fetch()
		.then((token) => {
			state.current = token;
			state.renewal?.take(token);
			return token;
		})
		.catch((error: unknown) => {
			if (state.renewal && error instanceof FeishuError) state.renewal.failure = error;
			// n8n's lint forbids `throw error` in a catch.
			return Promise.reject(error);
		})
		.finally(() => {
			state.fetching = undefined;
		});
	return await state.fetching;
}

/** The right to send one request: with a token, or with the duty to renew it. */
export interface Lease {
	/** Absent until the renewal, if this lease has the duty to make one, has brought it. */
	token?: StoredToken;
	/** Present when there was no token: this request renews it, the others wait until it calls `end`. */
	renewal?: Renewal;
}

/**
 * Hands out the token to send a request with.
 *
 * @param stored the token in the credential; it counts when it lives longer than the one in use
 * @param onToken called when this request renews the token and the new one has arrived
 * @param refused the token that Feishu has just refused: a newer one is needed
 * @throws FeishuError when somebody else's renewal, which this waited for, failed
 * @throws StoppedError when the signal fires
 */
export async function leaseToken(
	owner: string,
	stored: Partial<StoredToken>,
	onToken: () => void,
	refused?: StoredToken,
	signal?: AbortSignal,
): Promise<Lease> {
	const state = owners.get(owner);
	while (state.renewal) {
		const failure = await untilStopped(state.renewal.done, signal);
		if (failure) throw failure;
	}
	const now = Date.now();
	const { current } = state;
	if (current && current !== refused && isUsable(current, owner, now)) return { token: current };
	// After a refusal the one in the credential is no newer: it was read before.
	if (!refused && isUsable(stored, owner, now) && livesLonger(stored, current)) {
		state.current = tokenIn(stored);
		return { token: state.current };
	}
	const lease: Lease = {};
	lease.renewal = startRenewal(state, (token) => {
		lease.token = token;
		onToken();
	});
	return lease;
}

function startRenewal(state: OwnerState, onToken: (token: StoredToken) => void): Renewal {
	let resolve: Renewal['end'] = () => {};
	const done = new Promise<FeishuError | undefined>((resolveDone) => (resolve = resolveDone));
	const renewal: Renewal = {
		done,
		end: (failure) => {
			if (state.renewal === renewal) state.renewal = undefined;
			resolve(failure);
		},
		take: (token) => {
			state.current = token;
			onToken(token);
			renewal.end();
		},
	};
	state.renewal = renewal;
	return renewal;
}
