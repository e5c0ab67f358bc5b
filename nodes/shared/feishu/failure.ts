import type { Cause, Reaction } from './codes';

/** Why a request brought no result: everything an error message and the retry policy need. */
export interface Failure {
	/** Title: what happened, in plain words. */
	message: string;
	reaction: Reaction;
	/** One sentence on what the person can do. */
	advice: string;
	/** Feishu's code, where the answer had one. */
	code?: number;
	/** Feishu's own message, made plain. */
	feishuMessage?: string;
	/** What n8n or Node says of a request that was not sent, made plain. */
	reason?: string;
	logId?: string;
	httpStatus?: number;
	/** Scopes that Feishu names as missing. */
	scopes?: string[];
	/** Rejected fields as `name: reason`; their values are left out, they may be personal. */
	fields?: string[];
	/** The ID that Feishu refused, where it could be told from the others. */
	id?: string;
	/** How long Feishu asks to wait, in ms. */
	retryAfterMs?: number;
	/** n8n's word for it, where the reaction does not tell. */
	cause?: Cause;
	/** Every further request of this app would fail alike. */
	appWide?: boolean;
	/** The request did not reach Feishu, so it was surely not carried out. */
	unsent?: boolean;
	/** Of a write; `notDone` where it is left out. */
	outcome?: Outcome;
	/** Of a write whose outcome is unknown: the failure of the first attempt whose answer was lost. */
	first?: Failure;
}

/**
 * What is known of a write when its call has ended with an error: Feishu refused it or it was never sent;
 * it was carried out, but what came of it is not what was sent (the message names the record); or nobody
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

/** Feishu's code for a parameter it refuses ("查询外部背调列表"); whether one bad ID refuses the whole list is open there. */
const PARAMETER_ERROR = 1002002;

/** True when Feishu refused a parameter of the request, so that it can be asked which one. */
export const isParameterError = (error: unknown): error is FeishuError =>
	error instanceof FeishuError && error.failure.code === PARAMETER_ERROR;

/** A refused parameter's error with the ID that was refused in it; any other error as it is. */
export function concerning(error: unknown, id: string): unknown {
	return isParameterError(error) ? new FeishuError({ ...error.failure, id }, error.tried) : error;
}
