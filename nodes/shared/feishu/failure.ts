import type { Cause, Reaction } from './codes';

/** Why a request failed: all that an error message and the retry policy need. */
export interface Failure {
	/** Title: what happened, in plain words. */
	message: string;
	reaction: Reaction;
	/** One sentence on what the user can do. */
	advice: string;
	/** Feishu's code, if the answer had one. */
	code?: number;
	/** Feishu's own message, made plain. */
	feishuMessage?: string;
	/** What n8n or Node says of a request that was not sent, made plain. */
	reason?: string;
	logId?: string;
	httpStatus?: number;
	/** Scopes that Feishu names as missing. */
	scopes?: string[];
	/** Rejected fields as `name: reason`; without their values, which may be personal. */
	fields?: string[];
	/** The ID that Feishu refused, if it is known. */
	id?: string;
	/** How long Feishu asks to wait, in ms. */
	retryAfterMs?: number;
	/** n8n's term for it, if the reaction does not tell. */
	cause?: Cause;
	/** Every further request of this app would fail alike. */
	appWide?: boolean;
	/** The request did not reach Feishu, so it was surely not carried out. */
	unsent?: boolean;
	/** Of a write; `notDone` if missing. */
	outcome?: Outcome;
	/** For a write with an unknown outcome: the failure of the first attempt that lost its answer. */
	first?: Failure;
}

/**
 * What is known of a write whose call ended with an error: Feishu refused it or it was never sent;
 * it was carried out, but the result is not what was sent (the message names the record); or nobody
 * knows.
 */
export type Outcome = 'notDone' | 'done' | 'unknown';

/** A request that failed for good. Becomes a NodeApiError in `nodeErrors.ts`. */
export class FeishuError extends Error {
	constructor(
		readonly failure: Failure,
		/** What was tried before giving up, for example `Tried 5 times in 12 s.` */
		readonly tried?: string,
	) {
		super(failure.message);
	}
}

/** Feishu's code for a refused parameter ("查询外部背调列表" does not say if one bad ID refuses the whole list). */
const PARAMETER_ERROR = 1002002;

/** True if Feishu refused a parameter, so that we can find out which one. */
export const isParameterError = (error: unknown): error is FeishuError =>
	error instanceof FeishuError && error.failure.code === PARAMETER_ERROR;

/** Adds the refused ID to a refused parameter's error; returns any other error unchanged. */
export function concerning(error: unknown, id: string): unknown {
	return isParameterError(error) ? new FeishuError({ ...error.failure, id }, error.tried) : error;
}
