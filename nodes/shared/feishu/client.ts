import { judge, type Answer, type Envelope } from './answer';
import { SCOPE_CODES } from './codes';
import { isUsable, type StoredToken } from './credential';
import { FeishuError, withoutDoubt, type Failure } from './failure';
import { sendApiRequest, type ApiRequest, type NodeContext } from './http';
import { networkFailure } from './networkFailure';
import { OpenCredential } from './openCredential';
import { rateLimiterOf, type RateLimiter } from './rateLimiter';
import { Tries } from './retryPolicy';
import { leaseToken, type Lease } from './token';
import { inTime, throwIfStopped, untilSettled, untilStopped, wait, withGrace } from './abort';

/** One call of a Feishu API. */
export interface FeishuRequest extends ApiRequest {
	/** What the rate limit is counted by; requests with the same name share one budget. */
	api: string;
	requestsPerSecond: number;
	/** Any one of these is enough; named when Feishu refuses for lack of a scope. */
	scopes: string[];
}

/** What became of one try: the answer, or why there is none. */
type Attempt =
	| { envelope: Envelope }
	| {
			failure: Failure;
			/** The token that was sent. */
			token?: StoredToken;
			/** Monotonic ms at which the request left; 0 when it did not. */
			sentAt: number;
	  };

/** The key of an error that concerns every API of the app, and not one alone. */
const EVERY_API = '';

/**
 * Calls Feishu APIs for one execution of a node or one poll: token, rate limit, retries, cancellation.
 *
 * A call goes round these states until it is answered, gives up or is stopped: it waits for a token (or
 * gets the duty to renew it), for its slot of the rate limit, for the answer, and for what
 * `retryPolicy.ts` says to a failure. A failure that would meet every further request alike, such as
 * a missing scope, is remembered: all later calls fail with the same error and send nothing.
 */
export class FeishuClient {
	/** Errors that meet every further request, by API. */
	private readonly appWideErrors = new Map<string, FeishuError>();

	private constructor(
		private readonly context: NodeContext,
		private readonly credential: OpenCredential,
		private readonly signal?: AbortSignal,
	) {}

	/**
	 * Reads the credential. It is read again only before a later renewal of the token.
	 *
	 * @param signal fires when the execution is stopped
	 * @throws Error in plain words when the base URL cannot be used
	 */
	static async open(context: NodeContext, signal?: AbortSignal): Promise<FeishuClient> {
		return new FeishuClient(context, await OpenCredential.read(context), signal);
	}

	/** Whether the API is a sandbox on this machine: only there plain http is accepted. */
	get isOnThisMachine(): boolean {
		return this.credential.app.baseUrl.startsWith('http:');
	}

	/**
	 * Sends a request until Feishu answers with code 0, within the bounds of `retryPolicy.ts`.
	 *
	 * @returns the whole envelope of the answer
	 * @throws FeishuError when it gives up, or when an earlier call has met what would meet this one, too
	 * @throws StoppedError when the execution is stopped
	 */
	async call(request: FeishuRequest): Promise<Envelope> {
		const { baseUrl, appId } = this.credential.app;
		const limiter = rateLimiterOf(baseUrl, appId, request.api);
		const tries = new Tries(request.repeatable);
		let refused: StoredToken | undefined;
		try {
			for (;;) {
				const attempt = await this.attempt(request, limiter, tries, refused);
				if ('envelope' in attempt) return attempt.envelope;
				const { failure, token, sentAt } = attempt;
				const next = tries.failed(failure);
				if (next.step === 'giveUp') throw this.remembered(request, tries.error(failure));
				if (next.step === 'renewToken') refused = token;
				if (next.step === 'pauseApp') limiter.turnedAway(sentAt, next.waitMs);
				if (next.step === 'retry') await wait(next.waitMs, this.signal);
			}
		} catch (error) {
			if (request.graceMs !== undefined) return Promise.reject(tries.inDoubt(error));
			// It changes nothing: there is nothing to be in doubt about.
			return Promise.reject(error instanceof FeishuError ? withoutDoubt(error) : error);
		}
	}

	/** Sends a request once, when it is its turn. @throws as {@link call}, but for its own failure */
	private async attempt(
		request: FeishuRequest,
		limiter: RateLimiter,
		tries: Tries,
		refused?: StoredToken,
	): Promise<Attempt> {
		let lease: Lease | undefined;
		let sentAt = 0;
		try {
			this.throwIfHopeless(request);
			lease = await this.nextLease(request, limiter, refused);
			this.throwIfHopeless(request);
			// Stopped since its slot came, it would leave all the same, and nobody would take its error.
			throwIfStopped(this.signal);
			sentAt = performance.now();
			tries.begin();
			const answer = await this.untilEnd(request, lease);
			const verdict = judge(answer, this.secrets(lease));
			if ('envelope' in verdict) return verdict;
			return { failure: withScopes(verdict.failure, request.scopes), token: lease.token, sentAt };
		} catch (error) {
			throwIfStopped(this.signal);
			this.throwIfHopeless(request);
			const failure = this.failureOf(lease?.renewal?.failure ?? error, lease);
			return { failure, token: lease?.token, sentAt };
		} finally {
			lease?.renewal?.end(lease.renewal.failure);
		}
	}

	/** Waits for a token, or the duty to renew it, and for the slot to use it in. */
	private async nextLease(
		{ requestsPerSecond }: FeishuRequest,
		limiter: RateLimiter,
		refused?: StoredToken,
	): Promise<Lease> {
		for (;;) {
			const { owner, data } = this.credential;
			const onToken = () => limiter.leftNow(requestsPerSecond);
			const lease = await leaseToken(owner, data, onToken, refused, this.signal);
			try {
				await limiter.turn(requestsPerSecond, this.signal);
				if (lease.renewal) await this.credential.readAgain(lease.renewal.take, refused);
			} catch (error) {
				lease.renewal?.end();
				// n8n's lint forbids `throw error` in a catch.
				return Promise.reject(error);
			}
			// A token can come due while the request waits, and another secret is another owner.
			const isGood = lease.token
				? isUsable(lease.token, this.credential.owner, Date.now())
				: owner === this.credential.owner;
			if (isGood) return lease;
			lease.renewal?.end();
		}
	}

	/** Sends the request once; its time-out starts when the token is there, and ends the transfer. */
	private async send(
		request: FeishuRequest,
		{ token, renewal }: Lease,
		end?: AbortSignal,
	): Promise<Answer> {
		const credential = {
			...this.credential.data,
			...(token ? undoubted(token) : { accessToken: '' }),
		};
		return await untilSettled(async (abortSignal) => {
			const answer = sendApiRequest(this.context, credential, request, abortSignal);
			if (renewal) await Promise.race([renewal.done, answer]);
			return await inTime(answer, request.timeoutMs);
		}, end);
	}

	/** Sends the request once; it ends with the stop, or a while after it. */
	private async untilEnd(request: FeishuRequest, lease: Lease): Promise<Answer> {
		const send = async (end?: AbortSignal) =>
			await untilStopped(this.send(request, lease, end), end);
		const { signal } = this;
		if (!signal || request.graceMs === undefined) return await send(signal);
		return await withGrace(signal, request.graceMs, send);
	}

	/** Keeps an error that would meet every further request alike. @returns it */
	private remembered({ api }: FeishuRequest, error: FeishuError): FeishuError {
		const { appWide, code } = error.failure;
		// Each API has scopes of its own.
		const concerned = code !== undefined && SCOPE_CODES.has(code) ? api : EVERY_API;
		if (appWide) this.appWideErrors.set(concerned, withoutDoubt(error));
		return error;
	}

	private throwIfHopeless({ api }: FeishuRequest): void {
		const known = this.appWideErrors.get(EVERY_API) ?? this.appWideErrors.get(api);
		if (known) throw known;
	}

	private failureOf(error: unknown, lease?: Lease): Failure {
		// A FeishuError comes from the token endpoint: the request itself has not left.
		return error instanceof FeishuError
			? { ...error.failure, unsent: true }
			: networkFailure(error, this.secrets(lease));
	}

	/** What no error may show; the token also when the request itself has fetched it. */
	private secrets(lease?: Lease): string[] {
		return [this.credential.app.appSecret, lease?.token?.accessToken ?? ''];
	}
}

/**
 * The token as n8n gets it for one request. Whether it is due was decided a moment ago: were it found due
 * on the way, n8n would renew it by itself, with a credential that was not read again.
 */
const undoubted = (token: StoredToken): StoredToken => ({
	...token,
	accessTokenRenewAt: String(Infinity),
});

/** Feishu names the scopes that it misses, but not always. */
function withScopes(failure: Failure, scopes: string[]): Failure {
	const lacksScope = failure.code !== undefined && SCOPE_CODES.has(failure.code);
	return lacksScope ? { scopes, ...failure } : failure;
}
