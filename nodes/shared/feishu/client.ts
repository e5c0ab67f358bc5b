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
import { throwIfStopped, untilStopped, wait, withDeadline, withGrace } from './abort';

/** One call to an endpoint. */
export interface FeishuRequest extends ApiRequest {
	/** Overrides the endpoint's own rate, if the user set one. */
	requestsPerSecond?: number;
	/** Extra time for a file transfer, in ms. */
	transferMs?: number;
	/** Called each time the request is sent. */
	onSent?: () => void;
}

/** The result of one attempt: the answer, or why there is none. */
type Result =
	| { envelope: Envelope }
	| {
			failure: Failure;
			/** The token that was sent with it. */
			token?: StoredToken;
			/** When it was sent, in monotonic ms; 0 if it was not. */
			sentAt: number;
	  };

/** How long a stopped run waits for the answer to a write in flight, in ms. */
const GRACE_MS = 2000;

/** The circuit of an error that affects every endpoint of the app. */
const EVERY_ENDPOINT = '';

/** If a firewall refuses this many requests in a row, it will refuse them all. */
const MAX_BLOCKED = 3;

/**
 * Calls Feishu for one execution of a node or one poll. Handles the token, the rate limit, retries
 * and cancellation.
 *
 * A call waits for a token, for its slot and for the answer, and after a failure for as long as
 * `retryPolicy.ts` says. It ends when it is answered, gives up or is stopped. A failure that every
 * further request would meet, such as a missing scope, opens a circuit: all later calls fail with
 * the same error and send nothing.
 */
export class FeishuClient {
	/** Errors that every further request would meet, by budget. */
	private readonly openCircuits = new Map<string, FeishuError>();

	/** How many requests in a row got HTTP 403 without a code, so not from Feishu. */
	private blocked = 0;

	private readonly app: App;

	private readonly tokens: TokenSource;

	readonly clock = new ServerClock();

	private constructor(
		private readonly context: NodeContext,
		private readonly credential: FeishuHireCredential,
		/** How long to wait for an answer, in ms. */
		readonly timeoutMs: number,
		/** Fires when the execution is stopped. */
		readonly signal?: AbortSignal,
	) {
		this.app = appOf(credential);
		this.tokens = new TokenSource(context.helpers, credential);
	}

	/**
	 * Reads the credential. Edits to it take effect with the next client.
	 *
	 * @param timeoutMs how long to wait for each answer
	 * @param signal fires when the execution is stopped
	 * @throws Error, worded for the user, if the base URL cannot be used
	 */
	static async open(
		context: NodeContext,
		timeoutMs: number,
		signal?: AbortSignal,
	): Promise<FeishuClient> {
		const credential = await context.getCredentials<FeishuHireCredential>(CREDENTIAL_TYPE);
		return new FeishuClient(context, credential, timeoutMs, signal);
	}

	/** Whether the API is a sandbox on this machine: plain http is allowed only there. */
	get isOnThisMachine(): boolean {
		return this.app.baseUrl.startsWith('http:');
	}

	/**
	 * Sends a request until Feishu answers with code 0, within the limits of `retryPolicy.ts`.
	 *
	 * @returns the whole envelope of the answer
	 * @throws FeishuError when it gives up, or when an earlier error has opened the circuit
	 * @throws StoppedError when the execution is stopped; for a write, both errors carry its outcome
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

	/**
	 * Sends a request once, when its slot comes.
	 * @throws as {@link call} does, except for the request's own failure
	 */
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
			// A token can expire while the request waits for its slot.
			if (!isUsable(token, this.tokens.owner, Date.now())) {
				token = await untilStopped(this.tokens.get(refused), this.signal);
			}
			this.throwIfCircuitOpen(endpoint);
			// A request stopped after it got its slot must not be sent: its error would be lost.
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
			// A FeishuError comes from the token endpoint: the request itself was not sent.
			const failure =
				error instanceof FeishuError
					? { ...error.failure, unsent: true }
					: networkFailure(error, this.app.baseUrl, this.secrets(token));
			return { failure, token, sentAt };
		}
	}

	/** Sends the request once. A stop aborts a read at once, and a write after a grace period. */
	private async untilEnd(
		endpoint: Endpoint,
		request: FeishuRequest,
		token: StoredToken,
	): Promise<Answer> {
		const credential = { ...this.credential, ...neverDue(token) };
		const timeoutMs = this.timeoutMs + (request.transferMs ?? 0);
		const send = async (end?: AbortSignal) =>
			await withDeadline(
				timeoutMs,
				async (signal) =>
					await sendApiRequest(this.context, credential, endpoint, request, timeoutMs, signal),
				end,
			);
		const { signal } = this;
		if (!signal || endpoint.effect === 'read') return await send(signal);
		return await withGrace(signal, GRACE_MS, send);
	}

	/** Opens the circuit if every further request would meet the error. @returns the error */
	private breaking({ budget }: Endpoint, error: FeishuError): FeishuError {
		const { appWide, code, httpStatus } = error.failure;
		this.blocked = code === undefined && httpStatus === 403 ? this.blocked + 1 : 0;
		// Each endpoint has its own scopes.
		const concerned = code !== undefined && SCOPE_CODES.has(code) ? budget : EVERY_ENDPOINT;
		if (appWide || this.blocked >= MAX_BLOCKED) this.openCircuits.set(concerned, error);
		return error;
	}

	private throwIfCircuitOpen({ budget }: Endpoint): void {
		const known = this.openCircuits.get(EVERY_ENDPOINT) ?? this.openCircuits.get(budget);
		if (known) throw known;
	}

	/** Texts that no error may show. */
	private secrets(token?: StoredToken): string[] {
		return [this.app.appSecret, token?.accessToken ?? ''];
	}
}

/**
 * The token as n8n gets it for one request. We have just checked whether it is due. If n8n found it
 * due, it would renew and store it by itself.
 */
const neverDue = (token: StoredToken): StoredToken => ({
	...token,
	accessTokenRenewAt: String(Infinity),
});

/** Adds the required scopes, which Feishu does not always name. */
function withScopes(failure: Failure, scopes: string[]): Failure {
	const lacksScope = failure.code !== undefined && SCOPE_CODES.has(failure.code);
	return lacksScope ? { scopes, ...failure } : failure;
}
