import type { Reaction, Trouble } from './codes';

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
	trouble?: Trouble;
	/** Every further request of this app would fail alike. */
	appWide?: boolean;
	/** The request did not reach Feishu, so it was surely not carried out. */
	unsent?: boolean;
	/** The request may have been carried out although it failed: its answer was lost. */
	mayBeDone?: boolean;
	/**
	 * An earlier try may have been carried out, its answer lost: then this failure, of a later one, does
	 * not tell whether the wish was fulfilled.
	 */
	wasRepeated?: boolean;
	/** The request was carried out, but what came of it is not what was sent; the message names it. */
	isDone?: boolean;
	/** An earlier try has reached Feishu, whatever came back. */
	wasSentBefore?: boolean;
	/** The failure of the first try, where this one is that of a repeat. */
	first?: Failure;
}

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

/**
 * The error without what it says of its own tries: for another request, which was not sent because of it,
 * and for one that changes nothing.
 */
export function withoutDoubt({ failure, tried }: FeishuError): FeishuError {
	const ofItsTries = {
		mayBeDone: undefined,
		wasRepeated: undefined,
		wasSentBefore: undefined,
		first: undefined,
	};
	return new FeishuError({ ...failure, ...ofItsTries }, tried);
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
