import { FeishuError, type Failure, type Outcome } from './failure';
import { StoppedError } from './abort';

/** The limits of one request's retries. An object, so that tests can shorten the waits. */
export const retryLimits = {
	/** Maximum attempts when Feishu or the network fails. */
	tries: 5,
	/** Maximum rejections by the rate limit. */
	rejections: 20,
	/** Upper limit of the first backoff, in ms; it doubles each time. */
	backoffMs: 500,
	/** The longest backoff, in ms. */
	maxBackoffMs: 10_000,
	/** A longer `x-ogw-ratelimit-reset` is capped at this, in ms. */
	maxResetMs: 60_000,
	/** No attempt starts later than this after the first one, in ms. */
	totalMs: 300_000,
	/** Timeout of the token endpoint, in ms. n8n's credential code takes no option for it. */
	tokenTimeoutMs: 30_000,
};

/** What has happened to one request so far. */
export interface History {
	/** Failures other than those of the rate limit and the token. */
	faults: number;
	/** Rejections by the rate limit. */
	rejections: number;
	/** Whether it was already repeated with a new token. */
	renewed: boolean;
	/** Milliseconds since the first attempt. */
	elapsedMs: number;
}

type NextStep =
	| { step: 'retry'; waitMs: number }
	| { step: 'pauseApp'; waitMs: number }
	| { step: 'renewToken' }
	| { step: 'giveUp' };

/** Exponential backoff with full jitter, in ms. */
function backoff(attempt: number, random: () => number): number {
	const { backoffMs, maxBackoffMs } = retryLimits;
	return random() * Math.min(maxBackoffMs, backoffMs * 2 ** (attempt - 1));
}

/**
 * Whether the request may have been carried out despite this failure: timeout, reset, 5xx, an
 * unreadable answer, a system error. After any other failure it was not: Feishu's gateway checks
 * rate limit and token before it calls the API, and a refusal is an answer. Pure.
 */
export const isAnswerLost = ({ reaction, unsent }: Failure): boolean =>
	reaction === 'retry' && unsent !== true;

/**
 * Decides what to do after a failure. Pure: the same input gives the same step.
 *
 * @param failure the latest failure
 * @param history already counts the latest failure
 * @param random a number in [0, 1), for the jitter
 */
export function nextStep(failure: Failure, history: History, random = Math.random): NextStep {
	const inTime = (waitMs: number) => history.elapsedMs + waitMs < retryLimits.totalMs;
	switch (failure.reaction) {
		case 'renewToken':
			return history.renewed ? { step: 'giveUp' } : { step: 'renewToken' };
		case 'retry': {
			if (history.faults >= retryLimits.tries) return { step: 'giveUp' };
			const waitMs = backoff(history.faults, random);
			return inTime(waitMs) ? { step: 'retry', waitMs } : { step: 'giveUp' };
		}
		case 'wait': {
			if (history.rejections >= retryLimits.rejections) return { step: 'giveUp' };
			// Without the header, wait at least one second: Feishu counts requests per second.
			const asked = failure.retryAfterMs ?? 1000 + backoff(history.rejections, random);
			const waitMs = Math.min(asked, retryLimits.maxResetMs);
			return inTime(waitMs) ? { step: 'pauseApp', waitMs } : { step: 'giveUp' };
		}
		default:
			return { step: 'giveUp' };
	}
}

/** What was tried, for the error message; undefined after a single attempt. */
export function describeAttempts(history: History): string | undefined {
	const { faults, rejections, renewed, elapsedMs } = history;
	const seconds = `${(elapsedMs / 1000).toFixed(1)} s`;
	const parts = [
		faults > 1 && `tried ${faults} times`,
		rejections > 0 && `hit the rate limit ${rejections === 1 ? 'once' : `${rejections} times`}`,
		renewed && 'renewed the token once',
	].filter(Boolean);
	return parts.length > 0
		? `Before giving up, the node ${parts.join(' and ')} (${seconds}).`
		: undefined;
}

/** Counts the attempts of one call, for {@link nextStep} and for the call's error. */
export class Attempts {
	/** Monotonic ms of the first attempt. */
	private startedAt?: number;

	private readonly history: History = { faults: 0, rejections: 0, renewed: false, elapsedMs: 0 };

	/** How many attempts reached Feishu and failed. */
	private sent = 0;

	private isUnderWay = false;

	private gaveUp = false;

	private firstLost?: Failure;

	/** See {@link History.faults}. */
	get faults(): number {
		return this.history.faults;
	}

	/** Call this when the request is sent. The first call starts the clock. */
	begin(): void {
		this.startedAt ??= performance.now();
		this.isUnderWay = true;
	}

	/** Counts a failure. @returns what to do next */
	failed(failure: Failure): NextStep {
		// A token request can fail before the request itself is sent.
		this.begin();
		this.isUnderWay = false;
		const { history } = this;
		history.elapsedMs = performance.now() - (this.startedAt ?? 0);
		if (failure.reaction === 'wait') history.rejections += 1;
		else if (failure.reaction !== 'renewToken') history.faults += 1;
		if (!failure.unsent) this.sent += 1;
		if (isAnswerLost(failure)) this.firstLost ??= failure;
		const next = nextStep(failure, history);
		if (next.step === 'renewToken') history.renewed = true;
		this.gaveUp = next.step === 'giveUp';
		return next;
	}

	/** The final error. Call this after {@link failed} has counted the failure. */
	error(failure: Failure): FeishuError {
		return new FeishuError(failure, describeAttempts(this.history));
	}

	/**
	 * The error that ends a write, with its outcome. We do not rely on the gateway refusing before it
	 * calls the API: the outcome is `notDone` only if no attempt was sent, or only one, which was
	 * refused.
	 */
	withOutcome(error: unknown): unknown {
		const refused = this.gaveUp ? 1 : 0;
		const isUnknown = this.isUnderWay || this.firstLost !== undefined || this.sent > refused;
		const outcome: Outcome = isUnknown ? 'unknown' : 'notDone';
		if (error instanceof StoppedError) return new StoppedError(outcome);
		if (!(error instanceof FeishuError)) return error;
		return error.with({ outcome, first: this.firstLost });
	}
}
