import type { Failure } from './failure';

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
	/** Times it was sent and failed for a reason that a retry can cure. */
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
 * Decides what follows a failure. Pure: the same input gives the same step.
 *
 * @param failure the latest failure
 * @param history with the latest failure already counted
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
			// Without the header: at least the second that Feishu's limits count in.
			const asked = failure.retryAfterMs ?? 1000 + backoff(history.rejections, random);
			const waitMs = Math.min(asked, retryLimits.maxResetMs);
			return inTime(waitMs) ? { step: 'pauseApp', waitMs } : { step: 'giveUp' };
		}
		default:
			return { step: 'giveUp' };
	}
}

/** What was tried, for the error message; empty when there was one try only. */
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
