import { judge, type Answer, type Envelope } from './answer';
import { SCOPE_CODES } from './codes';
import {
	appOf,
	CREDENTIAL_TYPE,
	isUsable,
	type App,
	type FeishuHireCredential,
	type StoredToken,
} from './credential';
import { FeishuError, type Failure } from './failure';
import { sendApiRequest, type ApiRequest, type Endpoint, type NodeContext } from './http';
import { impersonal } from './impersonal';
import { networkFailure } from './networkFailure';
import { rateLimiterOf, type RateLimiter } from './rateLimiter';
import { Attempts } from './retryPolicy';
import { ServerClock } from './serverClock';
import { TokenSource } from './token';
import {
	throwIfStopped,
	untilStopped,
	wait,
	withGrace,
	withTimeout,
	withTransferSignal,
} from './abort';

/** One call of an endpoint. */
export interface FeishuRequest extends ApiRequest {
	/** In the place of the endpoint's own, where people set it. */
	requestsPerSecond?: number;
	/** How much longer than others it may take, in ms: for the transfer of a file. */
	transferMs?: number;
	/** Called whenever it leaves. */
	onSent?: () => void;
}

/** What became of one attempt: the answer, or why there is none. */
type Result =
	| { envelope: Envelope }
	| {
			failure: Failure;
			/** The token that was sent. */
			token?: StoredToken;
			/** Monotonic ms at which the request left; 0 when it did not. */
			sentAt: number;
	  };

/** How long the answer to a write that has left is awaited when the run is stopped, in ms. */
const GRACE_MS = 2000;

/** The key of an error that concerns every endpoint of the app, and not one alone. */
const EVERY_ENDPOINT = '';

/** A firewall that refuses so many requests in a row will refuse all of them. */
const MAX_BLOCKED = 3;

/**
 * Calls Feishu for one execution of a node or one poll: token, rate limit, retries, cancellation.
 *
 * A call waits for a token, for its slot of the rate limit, for the answer, and for what
 * `retryPolicy.ts` says to a failure, until it is answered, gives up or is stopped. A failure that
 * would meet every further request alike, such as a missing scope, opens a circuit breaker: all later
 * calls fail with the same error and send nothing.
 */
export class FeishuClient {
	/** Errors that meet every further request, by the budget of the endpoint. */
	private readonly openCircuits = new Map<string, FeishuError>();

	/** Requests in a row that were refused with HTTP 403 and without a code: not by Feishu. */
	private blocked = 0;

	private readonly app: App;

	private readonly tokens: TokenSource;

	readonly clock = new ServerClock();

	private constructor(
		private readonly context: NodeContext,
		private readonly credential: FeishuHireCredential,
		/** How long each answer is awaited, in ms. */
		readonly timeoutMs: number,
		/** Fires when the execution is stopped. */
		readonly signal?: AbortSignal,
	) {
		this.app = appOf(credential);
		this.tokens = new TokenSource(context.helpers, credential);
	}

	/**
	 * Reads the credential. One that is edited meanwhile counts for the next client.
	 *
	 * @param timeoutMs how long each answer is awaited
	 * @param signal fires when the execution is stopped
	 * @throws Error in plain words when the base URL cannot be used
	 */
	static async open(
		context: NodeContext,
		timeoutMs: number,
		signal?: AbortSignal,
	): Promise<FeishuClient> {
		const credential = await context.getCredentials<FeishuHireCredential>(CREDENTIAL_TYPE);
		return new FeishuClient(context, credential, timeoutMs, signal);
	}

	/** Whether the API is a sandbox on this machine: only there plain http is accepted. */
	get isOnThisMachine(): boolean {
		return this.app.baseUrl.startsWith('http:');
	}

	/**
	 * Sends a request until Feishu answers with code 0, within the bounds of `retryPolicy.ts`.
	 *
	 * @returns the whole envelope of the answer
	 * @throws FeishuError when it gives up, or when an earlier call has met what would meet this one, too
	 * @throws StoppedError when the execution is stopped; of a write both say what is known of it
	 */
	async call(endpoint: Endpoint, request: FeishuRequest): Promise<Envelope> {
		const { baseUrl, appId } = this.app;
		const limiter = rateLimiterOf(baseUrl, appId, endpoint.budget);
		const attempts = new Attempts();
		let refused: StoredToken | undefined;
		try {
			for (;;) {
				const result = await this.attempt(endpoint, request, limiter, attempts, refused);
				if ('envelope' in result) {
					this.blocked = 0;
					return result.envelope;
				}
				const { failure, token, sentAt } = result;
				const next = attempts.failed(failure);
				if (next.step === 'giveUp') throw this.breaking(endpoint, attempts.error(failure));
				if (next.step === 'renewToken') refused = token;
				if (next.step === 'pauseApp') limiter.onRateLimited(sentAt, next.waitMs);
				if (next.step === 'retry') await wait(next.waitMs, this.signal);
			}
		} catch (error) {
			return Promise.reject(endpoint.effect === 'write' ? attempts.withOutcome(error) : error);
		}
	}

	/** Sends a request once, when it is its turn. @throws as {@link call}, but for its own failure */
	private async attempt(
		endpoint: Endpoint,
		request: FeishuRequest,
		limiter: RateLimiter,
		attempts: Attempts,
		refused?: StoredToken,
	): Promise<Result> {
		let token: StoredToken | undefined;
		let sentAt = 0;
		try {
			throwIfStopped(this.signal);
			this.throwIfCircuitOpen(endpoint);
			token = await untilStopped(this.tokens.get(refused), this.signal);
			const { requestsPerSecond = endpoint.requestsPerSecond } = request;
			await limiter.acquire(requestsPerSecond, this.signal);
			// A token can come due while the request waits for its slot.
			if (!isUsable(token, this.tokens.owner, Date.now())) {
				token = await untilStopped(this.tokens.get(refused), this.signal);
			}
			this.throwIfCircuitOpen(endpoint);
			// Stopped since its slot came, it would leave all the same, and nobody would take its error.
			throwIfStopped(this.signal);
			sentAt = performance.now();
			attempts.begin();
			request.onSent?.();
			const answer = await this.untilEnd(endpoint, request, token);
			const secrets = this.secrets(token);
			const verdict = judge(impersonal(answer, request, secrets), this.app.baseUrl, secrets);
			this.clock.note(answer.headers.date);
			if ('envelope' in verdict) return verdict;
			return { failure: withScopes(verdict.failure, endpoint.scopes), token, sentAt };
		} catch (error) {
			throwIfStopped(this.signal);
			this.throwIfCircuitOpen(endpoint);
			// A FeishuError comes from the token endpoint: the request itself has not left.
			const failure =
				error instanceof FeishuError
					? { ...error.failure, unsent: true }
					: networkFailure(error, this.app.baseUrl, this.secrets(token));
			return { failure, token, sentAt };
		}
	}

	/** Sends the request once; it ends with the stop, and a write a while after it. */
	private async untilEnd(
		endpoint: Endpoint,
		request: FeishuRequest,
		token: StoredToken,
	): Promise<Answer> {
		const credential = { ...this.credential, ...neverDue(token) };
		const timeoutMs = this.timeoutMs + (request.transferMs ?? 0);
		const send = async (end?: AbortSignal) =>
			await untilStopped(
				withTransferSignal(
					async (signal) =>
						await withTimeout(
							sendApiRequest(this.context, credential, endpoint, request, timeoutMs, signal),
							timeoutMs,
						),
					end,
				),
				end,
			);
		const { signal } = this;
		if (!signal || endpoint.effect === 'read') return await send(signal);
		return await withGrace(signal, GRACE_MS, send);
	}

	/** Opens the circuit breaker with an error that would meet every further request alike. @returns it */
	private breaking({ budget }: Endpoint, error: FeishuError): FeishuError {
		const { appWide, code, httpStatus } = error.failure;
		this.blocked = code === undefined && httpStatus === 403 ? this.blocked + 1 : 0;
		// Each endpoint has scopes of its own.
		const concerned = code !== undefined && SCOPE_CODES.has(code) ? budget : EVERY_ENDPOINT;
		if (appWide || this.blocked >= MAX_BLOCKED) this.openCircuits.set(concerned, error);
		return error;
	}

	private throwIfCircuitOpen({ budget }: Endpoint): void {
		const known = this.openCircuits.get(EVERY_ENDPOINT) ?? this.openCircuits.get(budget);
		if (known) throw known;
	}

	/** What no error may show. */
	private secrets(token?: StoredToken): string[] {
		return [this.app.appSecret, token?.accessToken ?? ''];
	}
}

/**
 * The token as n8n gets it for one request. Whether it is due was decided a moment ago: were it found due
 * on the way, n8n would renew and store it by itself.
 */
const neverDue = (token: StoredToken): StoredToken => ({
	...token,
	accessTokenRenewAt: String(Infinity),
});

/** Feishu names the scopes that it misses, but not always. */
function withScopes(failure: Failure, scopes: string[]): Failure {
	const lacksScope = failure.code !== undefined && SCOPE_CODES.has(failure.code);
	return lacksScope ? { scopes, ...failure } : failure;
}
