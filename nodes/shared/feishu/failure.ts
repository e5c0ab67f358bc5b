import type { Cause, Reaction } from './codes';

/** Why a request failed: everything that an error message and the retry policy need. */
export interface Failure {
	/** The title: what happened, in plain words. */
	message: string;
	reaction: Reaction;
	/** One sentence on what the user can do. */
	advice: string;
	/** Feishu's code, if the answer had one. */
	code?: number;
	/** Feishu's own message, as plain text. */
	feishuMessage?: string;
	/** Why n8n or Node did not send the request, as plain text. */
	reason?: string;
	logId?: string;
	httpStatus?: number;
	/** Scopes that Feishu names as missing. */
	scopes?: string[];
	/** Rejected fields as `name: reason`, without their values, which may be personal. */
	fields?: string[];
	/** The ID that Feishu refused, if known. */
	id?: string;
	/** How long Feishu asks to wait, in ms. */
	retryAfterMs?: number;
	/** n8n's term for it, if the reaction does not imply one. */
	cause?: Cause;
	/** Every further request of this app would fail the same way. */
	appWide?: boolean;
	/** The request did not reach Feishu, so it was certainly not carried out. */
	unsent?: boolean;
	/** The outcome of a write; `notDone` if missing. */
	outcome?: Outcome;
	/** For a write with an unknown outcome: the first failure that lost an answer. */
	first?: Failure;
}

/**
 * What is known about a write that ended with an error. `notDone`: Feishu refused it, or it was
 * never sent. `done`: it was carried out, but the result is not what was sent (the message names
 * the record). `unknown`: it may have been carried out.
 */
export type Outcome = 'notDone' | 'done' | 'unknown';

/** A request that has failed for good. Becomes a NodeApiError in `nodeErrors.ts`. */
export class FeishuError extends Error {
	constructor(
		readonly failure: Failure,
		/** What was tried before giving up, for example `Tried 5 times in 12 s.` */
		readonly tried?: string,
	) {
		super(failure.message);
	}

	/** The same error with some parts changed. */
	with(changes: Partial<Failure>): FeishuError {
		return new FeishuError({ ...this.failure, ...changes }, this.tried);
	}
}

/**
 * Feishu's code for a refused parameter. The page "查询外部背调列表" does not say whether one bad ID fails
 * the whole list.
 */
const PARAMETER_ERROR = 1002002;

/** Whether Feishu refused a parameter, so that we can find out which one. */
export const isParameterError = (error: unknown): error is FeishuError =>
	error instanceof FeishuError && error.failure.code === PARAMETER_ERROR;

/** Adds the refused ID to the error for a refused parameter; returns any other error unchanged. */
export function concerning(error: unknown, id: string): unknown {
	return isParameterError(error) ? error.with({ id }) : error;
}
