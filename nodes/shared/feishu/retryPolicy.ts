import { FeishuError, type Failure } from './failure';
import { StoppedError } from './abort';

/** The bounds of one request's retries. An object, so that tests can shorten the waits. */
export const retryLimits = {
	/** How often a request is sent at most when Feishu or the network fails. */
	tries: 5,
	/** How often a request may be turned away by the rate limit. */
	rejections: 20,
	/** Upper end of the first backoff, in ms; it doubles with each try. */
	backoffMs: 500,
	/** No backoff is longer, in ms. */
	maxBackoffMs: 10_000,
	/** A longer `x-ogw-ratelimit-reset` is cut to this, in ms. */
	maxResetMs: 60_000,
	/** No new try after this time since the first one, in ms. */
	totalMs: 300_000,
	/** The token endpoint is asked inside n8n's credential code, which knows no time-out option; in ms. */
	tokenTimeoutMs: 30_000,
};

/** What happened to one request so far. */
export interface History {
	/** Whether the request may be sent again when its answer was lost: sent twice, it does the same as once. */
	repeatable: boolean;
	/** Times it failed, rate limit and token left aside. */
	faults: number;
	/** Times it was turned away by the rate limit. */
	rejections: number;
	/** Whether it was already repeated with a renewed token. */
	renewed: boolean;
	/** Milliseconds since it was sent first. */
	elapsedMs: number;
}

export type NextStep =
	| { step: 'retry'; waitMs: number }
	| { step: 'pauseApp'; waitMs: number }
	| { step: 'renewToken' }
	| { step: 'giveUp' };

/** Exponential backoff with full jitter, in ms: anything between 0 and the doubled bound. */
function backoff(attempt: number, random: () => number): number {
	const { backoffMs, maxBackoffMs } = retryLimits;
	return random() * Math.min(maxBackoffMs, backoffMs * 2 ** (attempt - 1));
}

/**
 * Whether the request may have been carried out although this failure came back: time-out, reset, 5xx,
 * an unreadable answer, a system error. Rate limit and token are checked at Feishu's gateway, before the
 * API itself, and a refusal is one. Pure.
 */
export const mayBeDone = ({ reaction, unsent }: Failure): boolean =>
	reaction === 'retry' && unsent !== true;

/**
 * Decides what follows a failure. Pure: the same input gives the same step.
 *
 * @param failure the latest failure
 * @param history with the latest failure already counted
 * @param random a number in [0, 1), for the jitter
 */
export function nextStep(failure: Failure, history: History, random = Math.random): NextStep {
	const inTime = (waitMs: number) => history.elapsedMs + waitMs < retryLimits.totalMs;
	if (mayBeDone(failure) && !history.repeatable) return { step: 'giveUp' };
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
			// Without the header: at least the second that Feishu's limits count in.
			const asked = failure.retryAfterMs ?? 1000 + backoff(history.rejections, random);
			const waitMs = Math.min(asked, retryLimits.maxResetMs);
			return inTime(waitMs) ? { step: 'pauseApp', waitMs } : { step: 'giveUp' };
		}
		default:
			return { step: 'giveUp' };
	}
}

/** What was tried, for the error message; nothing when there was one try only. */
export function describeTries(history: History): string | undefined {
	const { faults, rejections, renewed, elapsedMs } = history;
	const seconds = `${(elapsedMs / 1000).toFixed(1)} s`;
	const parts = [
		faults > 1 && `tried ${faults} times`,
		rejections > 0 && `turned away by the rate limit ${rejections} times`,
		renewed && 'renewed the token once',
	].filter(Boolean);
	return parts.length > 0 ? `Before giving up: ${parts.join(', ')}, in ${seconds}.` : undefined;
}

/** Counts the tries of one request, for {@link nextStep} and for the error it may end with. */
export class Tries {
	/** Monotonic ms of the first try. */
	private startedAt?: number;

	private readonly history: History;

	/** Whether an earlier try may have been carried out. */
	private wasLost = false;

	private lastWasLost = false;

	private isUnderWay = false;

	/** Tries that have reached Feishu and failed. */
	private sent = 0;

	private gaveUpWith?: FeishuError;

	private first?: Failure;

	/** @param repeatable see {@link History.repeatable} */
	constructor(repeatable: boolean) {
		this.history = { repeatable, faults: 0, rejections: 0, renewed: false, elapsedMs: 0 };
	}

	/** See {@link History.faults}. */
	get faults(): number {
		return this.history.faults;
	}

	/** To be called when the request leaves; the first call starts the clock. */
	begin(): void {
		this.startedAt ??= performance.now();
		this.isUnderWay = true;
	}

	/** Counts a failure. @returns what follows it */
	failed(failure: Failure): NextStep {
		// Somebody else's renewal can fail before the request was sent at all.
		this.begin();
		this.isUnderWay = false;
		const { history } = this;
		history.elapsedMs = performance.now() - (this.startedAt ?? 0);
		if (failure.reaction === 'wait') history.rejections += 1;
		else if (failure.reaction !== 'renewToken') history.faults += 1;
		if (failure.reaction !== 'wait' && failure.reaction !== 'renewToken') this.first ??= failure;
		if (!failure.unsent) this.sent += 1;
		this.wasLost ||= this.lastWasLost;
		this.lastWasLost = mayBeDone(failure);
		const next = nextStep(failure, history);
		if (next.step === 'renewToken') history.renewed = true;
		return next;
	}

	/**
	 * The error that ends the call, such as a stop or another call's error, with what is known of the
	 * tries: whether one of them may have been carried out.
	 */
	inDoubt(error: unknown): unknown {
		const mayBeDone = this.isUnderWay || this.lastWasLost || this.wasLost;
		// Refused once, too: that a gateway refuses before the API is asked is not taken for granted.
		if (error instanceof StoppedError) return new StoppedError(mayBeDone || this.sent > 0);
		if (!(error instanceof FeishuError) || error === this.gaveUpWith) return error;
		const doubt = {
			...(mayBeDone && { wasRepeated: true, first: this.first }),
			...(this.sent > 0 && { wasSentBefore: true }),
		};
		// Its own doubt last: another call's error says of itself that there is none.
		return new FeishuError({ ...error.failure, ...doubt }, error.tried);
	}

	/** The error to give up with, after {@link failed} has counted the failure. */
	error(failure: Failure): FeishuError {
		const { lastWasLost, wasLost, history } = this;
		this.gaveUpWith = new FeishuError(
			{
				...failure,
				...(wasLost && { wasRepeated: true, first: this.first }),
				...(this.sent > 1 && { wasSentBefore: true }),
				...(lastWasLost && { mayBeDone: true }),
				...(lastWasLost &&
					!history.repeatable && {
						message: `${failure.message}. It may have been carried out all the same`,
						advice: `The request was not sent again, because that could do it twice. Look in Feishu Hire whether it was carried out before you run it again. ${failure.advice}`,
					}),
			},
			describeTries(history),
		);
		return this.gaveUpWith;
	}
}
