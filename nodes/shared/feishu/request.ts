import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	IPollFunctions,
	ICredentialDataDecryptedObject,
} from 'n8n-workflow';
import { judge, type Answer, type Envelope } from './answer';
import { baseUrlOf } from './baseUrl';
import {
	CREDENTIAL_TYPE,
	tokenOwnerOf,
	type FeishuHireCredential,
	type StoredToken,
} from './credential';
import { FeishuError, type Failure } from './failure';
import { networkFailure } from './networkFailure';
import { rateLimiterOf } from './rateLimiter';
import { describeTries, nextStep, type History } from './retryPolicy';
import { fetchOnce, leaseToken, type Lease } from './token';
import { throwIfStopped, untilStopped, wait } from './wait';

const TENANT_ACCESS_URL_PATH = '/open-apis/auth/v3/tenant_access_token/internal';

/** The token endpoint is asked inside n8n's credential code, which knows no time-out option. */
const TOKEN_TIMEOUT_MS = 30_000;

/** A token is renewed when less than this is left of its life, or less than a tenth of it. */
const RENEW_BEFORE_END_MS = 5 * 60_000;

type SendRequest = (options: IHttpRequestOptions) => Promise<unknown>;

/** Options that make n8n's helper hand over every answer as it is: we judge it ourselves. */
const AS_IT_IS = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	// Feishu never redirects API calls, and a redirect would carry the token elsewhere.
	disableFollowRedirect: true,
} as const;

/** A JSON body as text: n8n's helper drops an empty object together with its Content-Type. */
function jsonBody(body: IDataObject) {
	return {
		body: JSON.stringify(body),
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
	};
}

/**
 * Asks Feishu for a tenant access token, once however many ask at the same time. Called by the
 * credential's `preAuthentication`, so n8n stores what it returns.
 * Source: feishu-hire-api.md, 2.5 (the answer is flat, `expire` in seconds, errors come with HTTP 200).
 *
 * @param send `this.helpers.httpRequest` of the credential
 * @throws FeishuError with a plain sentence: n8n shows it in the credential dialogue
 */
export async function fetchTenantAccessToken(
	send: SendRequest,
	credential: FeishuHireCredential,
): Promise<StoredToken> {
	const owner = tokenOwnerOf(credential);
	const { appId, appSecret } = credential;
	return await fetchOnce(owner, async () => {
		const answer = await send({
			method: 'POST',
			url: baseUrlOf(credential) + TENANT_ACCESS_URL_PATH,
			...jsonBody({ app_id: appId, app_secret: appSecret }),
			...AS_IT_IS,
			timeout: TOKEN_TIMEOUT_MS,
		}).then(
			(response) => response as Answer,
			(error: unknown) => {
				throw new FeishuError(networkFailure(error, [appSecret]));
			},
		);
		const verdict = judge(answer, [appSecret]);
		if ('failure' in verdict) throw new FeishuError(verdict.failure);
		return toStoredToken(verdict.envelope, owner);
	});
}

function toStoredToken({ tenant_access_token, expire }: Envelope, owner: string): StoredToken {
	if (typeof tenant_access_token !== 'string' || tenant_access_token === '') {
		throw new FeishuError({
			message: 'Feishu answered without a tenant access token',
			reaction: 'retry',
			cure: 'Check the base URL of the credential.',
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
export interface FeishuRequest {
	method: IHttpRequestMethods;
	path: string;
	/** What the rate limit is counted by; requests with the same name share one budget. */
	api: string;
	requestsPerSecond: number;
	timeoutMs: number;
	qs?: IDataObject;
	body?: IDataObject;
}

/** Calls Feishu APIs for one execution of a node: token, rate limit, retries and cancellation. */
export class FeishuClient {
	private constructor(
		private readonly context: IExecuteFunctions | IPollFunctions,
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
	static async open(
		context: IExecuteFunctions | IPollFunctions,
		signal?: AbortSignal,
	): Promise<FeishuClient> {
		const credential = await context.getCredentials<FeishuHireCredential>(CREDENTIAL_TYPE);
		const baseUrl = baseUrlOf(credential);
		return new FeishuClient(context, credential, baseUrl, tokenOwnerOf(credential), signal);
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
		const history: History = { faults: 0, rejections: 0, renewed: false, elapsedMs: 0 };
		let startedAt: number | undefined;
		let lease: Lease | undefined;
		let refused: Lease | undefined;
		for (;;) {
			let failure: Failure;
			let sentAt = 0;
			try {
				lease = await leaseToken(
					this.owner,
					this.credential,
					() => limiter.leftNow(request.requestsPerSecond),
					refused,
					this.signal,
				);
				await limiter.turn(request.requestsPerSecond, this.signal);
				sentAt = performance.now();
				startedAt ??= sentAt;
				const answer = await untilStopped(this.send(request, lease), this.signal);
				const verdict = judge(answer, this.secrets(lease));
				if ('envelope' in verdict) return verdict.envelope;
				failure = verdict.failure;
			} catch (error) {
				throwIfStopped(this.signal);
				failure = this.failureOf(lease?.renewal?.failure ?? error);
			} finally {
				lease?.renewal?.end(lease.renewal.failure);
			}

			history.elapsedMs = performance.now() - (startedAt ?? sentAt);
			if (failure.reaction === 'retry') history.faults += 1;
			if (failure.reaction === 'wait') history.rejections += 1;
			const next = nextStep(failure, history);
			if (next.step === 'giveUp') throw new FeishuError(failure, describeTries(history));
			if (next.step === 'renewToken') {
				history.renewed = true;
				refused = lease;
			}
			if (next.step === 'pauseApp') limiter.turnedAway(sentAt, next.waitMs);
			if (next.step === 'retry') await wait(next.waitMs, this.signal);
		}
	}

	/**
	 * Lets n8n's helper send the request. With an empty token n8n renews it first and stores the new
	 * one in the credential (n8n's `credentials-helper.js`, `preAuthentication`).
	 */
	private async send(
		{ method, path, qs, body, timeoutMs }: FeishuRequest,
		lease: Lease,
	): Promise<Answer> {
		const data = {
			...this.credential,
			...(lease.token ?? { accessToken: '' }),
		} as unknown as ICredentialDataDecryptedObject;
		return (await this.context.helpers.httpRequestWithAuthentication.call(
			this.context,
			CREDENTIAL_TYPE,
			{
				method,
				url: this.baseUrl + path,
				qs,
				...(body && jsonBody(body)),
				...AS_IT_IS,
				timeout: timeoutMs,
			},
			{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data } },
		)) as Answer;
	}

	private failureOf(error: unknown): Failure {
		return error instanceof FeishuError ? error.failure : networkFailure(error, this.secrets());
	}

	private secrets(lease?: Lease): string[] {
		return [this.credential.appSecret, lease?.token?.accessToken ?? ''];
	}
}
