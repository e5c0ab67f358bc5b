import { seededRandom } from '../data/random';
import type { Answer } from '../http/answers';
import type { Api, RequestRecord } from '../http/request';

/**
 * What goes wrong, and when. `before`: the request is not carried out, so nothing is written.
 * `after`: it is carried out, and only the answer is lost. Without `when`, faults of a gateway
 * (expire, rate_limit, redirect) strike before, all others after. Everything but a function can be
 * sent as JSON.
 */
export type FaultAction =
	| (FaultKind & { when?: 'before' | 'after' })
	| ((request: RequestRecord, answer: Answer) => Answer | Promise<Answer>);

/** What goes wrong, whenever it strikes. */
export type FaultKind =
	/** Any answer. Without `body` it is an error envelope with `code`; an object is sent as JSON. */
	| {
			kind: 'answer';
			status: number;
			code?: number;
			msg?: string;
			headers?: Record<string, string>;
			body?: unknown;
	  }
	/** The connection is reset before a byte is sent. */
	| { kind: 'reset' }
	/** No answer until the sandbox closes. */
	| { kind: 'hang' }
	/** Announces the full length, sends half of the body and closes the connection. */
	| { kind: 'cut' }
	/** Sends something that is not HTTP, as a broken proxy does, and closes the connection. */
	| { kind: 'no_http' }
	/** A complete HTTP 200 answer with half of the body. */
	| { kind: 'truncated' }
	/** A gateway's HTML page; HTTP 502 by default. */
	| { kind: 'html'; status?: number }
	/** No body; HTTP 200 by default. */
	| { kind: 'empty'; status?: number }
	/** HTTP 200, JSON, but no `code`. */
	| { kind: 'no_code' }
	/** 99991663. The token really is invalid from now on. */
	| { kind: 'expire' }
	/** 99991400. `reset` is in seconds (default 1); null leaves the header out. */
	| { kind: 'rate_limit'; reset?: number | null; status?: number }
	/** has_more without a page_token. */
	| { kind: 'token_missing' }
	/** has_more with the page_token that the request came with. */
	| { kind: 'token_repeats' }
	/** has_more and always a new page_token, with the same items. */
	| { kind: 'endless' }
	/** A redirect (302). A `to` without a path keeps the path and query of the request. */
	| { kind: 'redirect'; to: string; status?: number }
	/** The ordinary answer, `ms` later. */
	| { kind: 'delay'; ms: number }
	/** The ordinary answer at this speed. */
	| { kind: 'slow'; bytesPerSecond: number };

/** Faults that need only a name. */
export type PlainFault = Exclude<FaultKind['kind'], 'answer' | 'redirect' | 'delay' | 'slow'>;

/** When a fault strikes. All given conditions must hold. */
export interface FaultRule {
	/** If absent, every API. */
	api?: Api;
	/** The n-th request of the API since the start or the last resetLog, counted from 1. */
	nth?: number | number[];
	/** For tests in the same process. */
	when?: (request: RequestRecord) => boolean;
	/**
	 * The same for rules sent as JSON: query values that must be equal, texts that body or path must
	 * contain.
	 */
	match?: { query?: Record<string, string>; body?: string; path?: string };
	/** 0 to 1. */
	probability?: number;
	/** The seed for the probability; 1 by default. */
	seed?: number;
	/**
	 * How often the rule strikes. By default: once for each `nth`; every time another condition
	 * holds; always for 'endless' and 'token_repeats'; otherwise once.
	 */
	times?: number;
	/** The same as `times: Infinity`, which JSON cannot express. */
	always?: boolean;
	do: FaultAction | PlainFault;
}

interface ActiveRule {
	rule: FaultRule;
	action: FaultAction;
	left: number;
	random: () => number;
}

/** The active faults. The first rule that matches strikes; at most one per request. */
export class Faults {
	private rules: ActiveRule[] = [];
	private readonly counts = new Map<Api, number>();

	add(rule: FaultRule): void {
		const action = typeof rule.do === 'string' ? { kind: rule.do } : rule.do;
		const left = rule.always ? Infinity : (rule.times ?? defaultTimes(rule, action));
		this.rules.push({ rule, action, left, random: seededRandom(rule.seed ?? 1) });
	}

	clear(): void {
		this.rules = [];
	}

	restartCount(): void {
		this.counts.clear();
	}

	/** Counts a request when it arrives. @returns its number among the requests of its API */
	count(api: Api): number {
		const nth = (this.counts.get(api) ?? 0) + 1;
		this.counts.set(api, nth);
		return nth;
	}

	/**
	 * Finds the fault that is due for a request and counts it as struck. A fault that changes pages
	 * waits for an answer that is a page.
	 * @param nth the request's number, from count()
	 * @param isPage whether the ordinary answer is a page of a list
	 * @returns what goes wrong, if anything
	 */
	strike(request: RequestRecord, nth: number, isPage: () => boolean): FaultAction | undefined {
		const due = this.rules.find(
			(active) =>
				active.left > 0 &&
				holds(active, request, nth) &&
				(!changesPages(active.action) || isPage()),
		);
		if (due !== undefined) due.left--;
		return due?.action;
	}
}

function defaultTimes(rule: FaultRule, action: FaultAction): number {
	if (rule.nth !== undefined) return [rule.nth].flat().length;
	if (rule.when || rule.match || rule.probability !== undefined) return Infinity;
	if (typeof action === 'function') return 1;
	return ['endless', 'token_repeats'].includes(action.kind) ? Infinity : 1;
}

function holds({ rule, random }: ActiveRule, request: RequestRecord, nth: number): boolean {
	const { api, match } = rule;
	if (api !== undefined && api !== request.api) return false;
	if (rule.nth !== undefined && ![rule.nth].flat().includes(nth)) return false;
	if (rule.when && !rule.when(request)) return false;
	if (match?.body !== undefined && !request.body.includes(match.body)) return false;
	if (match?.path !== undefined && !request.path.includes(match.path)) return false;
	const query = Object.entries(match?.query ?? {});
	if (!query.every(([name, value]) => request.query[name] === value)) return false;
	return rule.probability === undefined || random() < rule.probability;
}

/** Whether a fault changes the paging of a list. */
function changesPages(action: FaultAction): boolean {
	if (typeof action === 'function') return false;
	return ['token_missing', 'token_repeats', 'endless'].includes(action.kind);
}
