import type { IHttpRequestHelper } from 'n8n-workflow';
import { judge, type Answer, type Envelope } from './answer';
import { SCOPE_CODES } from './codes';
import { baseUrlOf } from './baseUrl';
import {
	CREDENTIAL_TYPE,
	isUsable,
	tokenOwnerOf,
	type FeishuHireCredential,
	type StoredToken,
} from './credential';
import { FeishuError, type Failure } from './failure';
import { sendApiRequest, sendTokenRequest, type ApiRequest, type NodeContext } from './http';
import { networkFailure } from './networkFailure';
import { rateLimiterOf } from './rateLimiter';
import { Tries } from './retryPolicy';
import { fetchOnce, leaseToken, type Lease } from './token';
import { inTime, throwIfStopped, untilStopped, wait } from './wait';

/** A token is renewed when less than this is left of its life, or less than a tenth of it. */
const RENEW_BEFORE_END_MS = 5 * 60_000;

/**
 * Asks Feishu for a tenant access token, once however many ask at the same time. Called by the
 * credential's `preAuthentication`, so n8n stores what it returns.
 * Source: feishu-hire-api.md, 2.5 (the answer is flat, `expire` in seconds, errors come with HTTP 200).
 *
 * @param helpers `this.helpers` of the credential
 * @throws FeishuError
 */
export async function fetchTenantAccessToken(
	helpers: IHttpRequestHelper['helpers'],
	credential: FeishuHireCredential,
): Promise<StoredToken> {
	const owner = tokenOwnerOf(credential);
	const secrets = [credential.appSecret];
	return await fetchOnce(owner, async () => {
		const answer = await sendTokenRequest(helpers, credential).catch((error: unknown) => {
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
	const lifeMs = (Number(expire) || 0) * 1000;
	const renewAt = Date.now() + lifeMs - Math.min(RENEW_BEFORE_END_MS, lifeMs / 10);
	return {
		accessToken: tenant_access_token,
		accessTokenOwner: owner,
		accessTokenRenewAt: String(Math.round(renewAt)),
	};
}

/** One call of a Feishu API. */
export interface FeishuRequest extends ApiRequest {
	/** What the rate limit is counted by; requests with the same name share one budget. */
	api: string;
	requestsPerSecond: number;
	/** Any one of these is enough; named when Feishu refuses for lack of a scope. */
	scopes: string[];
}

/** Calls Feishu APIs for one execution of a node: token, rate limit, retries and cancellation. */
export class FeishuClient {
	private constructor(
		private readonly context: NodeContext,
		private readonly credential: FeishuHireCredential,
		private readonly baseUrl: string,
		private readonly owner: string,
		private readonly signal?: AbortSignal,
	) {}

	/**
	 * Reads the credential, once for the whole execution.
	 *
	 * @param signal fires when the execution is stopped
	 * @throws Error in plain words when the base URL cannot be used
	 */
	static async open(context: NodeContext, signal?: AbortSignal): Promise<FeishuClient> {
		const credential = await context.getCredentials<FeishuHireCredential>(CREDENTIAL_TYPE);
		const baseUrl = baseUrlOf(credential);
		return new FeishuClient(context, credential, baseUrl, tokenOwnerOf(credential), signal);
	}

	/** Whether the API is a sandbox on this machine: only there plain http is accepted. */
	get isOnThisMachine(): boolean {
		return this.baseUrl.startsWith('http:');
	}

	/**
	 * Sends a request until Feishu answers with code 0, within the bounds of `retryPolicy.ts`.
	 *
	 * @returns the whole envelope of the answer
	 * @throws FeishuError when it gives up
	 * @throws StoppedError when the execution is stopped
	 */
	async call(request: FeishuRequest): Promise<Envelope> {
		const limiter = rateLimiterOf(this.baseUrl, this.credential.appId, request.api);
		const tries = new Tries(request.repeatable);
		let lease: Lease | undefined;
		let refused: Lease | undefined;
		for (;;) {
			let failure: Failure;
			let sentAt = 0;
			try {
				lease = undefined;
				do {
					lease = await leaseToken(
						this.owner,
						this.credential,
						() => limiter.leftNow(request.requestsPerSecond),
						refused,
						this.signal,
					);
					await limiter.turn(request.requestsPerSecond, this.signal);
					// A token can come due while the request waits for its turn.
				} while (lease.token && !isUsable(lease.token, this.owner, Date.now()));
				sentAt = performance.now();
				tries.begin();
				const answer = await untilStopped(this.send(request, lease), this.signal);
				const verdict = judge(answer, this.secrets(lease));
				if ('envelope' in verdict) return verdict.envelope;
				failure = withScopes(verdict.failure, request.scopes);
			} catch (error) {
				throwIfStopped(this.signal);
				failure = this.failureOf(lease?.renewal?.failure ?? error);
			} finally {
				lease?.renewal?.end(lease.renewal.failure);
			}

			const next = tries.failed(failure);
			if (next.step === 'giveUp') throw tries.error(failure);
			if (next.step === 'renewToken') refused = lease;
			if (next.step === 'pauseApp') limiter.turnedAway(sentAt, next.waitMs);
			if (next.step === 'retry') await wait(next.waitMs, this.signal);
		}
	}

	/** Sends the request once; its time-out starts when the token is there. */
	private async send(request: FeishuRequest, { token, renewal }: Lease): Promise<Answer> {
		const credential = { ...this.credential, ...(token ?? { accessToken: '' }) };
		const answer = sendApiRequest(this.context, credential, request);
		if (renewal) await Promise.race([renewal.done, answer]);
		return await inTime(answer, request.timeoutMs);
	}

	private failureOf(error: unknown): Failure {
		// A FeishuError comes from the token endpoint: the request itself has not left.
		return error instanceof FeishuError
			? { ...error.failure, unsent: true }
			: networkFailure(error, this.secrets());
	}

	private secrets(lease?: Lease): string[] {
		return [this.credential.appSecret, lease?.token?.accessToken ?? ''];
	}
}

/** Feishu names the scopes that it misses, but not always. */
function withScopes(failure: Failure, scopes: string[]): Failure {
	const lacksScope = failure.code !== undefined && SCOPE_CODES.has(failure.code);
	return lacksScope ? { scopes, ...failure } : failure;
}
