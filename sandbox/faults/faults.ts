import { seededRandom } from '../data/random';
import type { Answer } from '../http/answers';
import type { Api, RequestRecord } from '../http/request';

/**
 * What can go wrong, and when: before the request is carried out, so that nothing is written, or
 * after, so that the record is there and only the answer is lost. Left out: before for what a gateway
 * says (expire, rate_limit, redirect), after for the rest. All but the function can be sent as JSON.
 */
export type FaultAction =
	| (FaultKind & { when?: 'before' | 'after' })
	| ((request: RequestRecord, answer: Answer) => Answer | Promise<Answer>);

/** What can go wrong, whenever it does. */
export type FaultKind =
	/** Any answer. Without `body` an error envelope with `code`; an object is sent as JSON. */
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
	/** The whole length is announced, half of the body sent, the connection ended. */
	| { kind: 'cut' }
	/** Something that is no HTTP, as a broken proxy sends it; the connection ended. */
	| { kind: 'no_http' }
	/** A complete transfer with HTTP 200 of half the body. */
	| { kind: 'truncated' }
	/** A gateway's HTML page; HTTP 502 by default. */
	| { kind: 'html'; status?: number }
	/** No body; HTTP 200 by default. */
	| { kind: 'empty'; status?: number }
	/** HTTP 200, JSON, but no `code`. */
	| { kind: 'no_code' }
	/** 99991663, and the token really is void from now on. */
	| { kind: 'expire' }
	/** 99991400; `reset` in seconds (1), null leaves the header out. */
	| { kind: 'rate_limit'; reset?: number | null; status?: number }
	/** has_more without a page_token. */
	| { kind: 'token_missing' }
	/** has_more with the page_token the request came with. */
	| { kind: 'token_repeats' }
	/** has_more and a new page_token for ever, for the same items. */
	| { kind: 'endless' }
	/** A redirect (302); `to` without a path keeps path and query of the request. */
	| { kind: 'redirect'; to: string; status?: number }
	/** The ordinary answer, ms later. */
	| { kind: 'delay'; ms: number }
	/** The ordinary answer at so many bytes/s. */
	| { kind: 'slow'; bytesPerSecond: number };

/** Faults that need nothing but their name. */
export type PlainFault = Exclude<FaultKind['kind'], 'answer' | 'redirect' | 'delay' | 'slow'>;

/** When a fault strikes. All given conditions must hold. */
export interface FaultRule {
	/** Left out: every API. */
	api?: Api;
	/** The n-th request of the API since the start or the last resetLog, from 1. */
	nth?: number | number[];
	/** For tests in the same process. */
	when?: (request: RequestRecord) => boolean;
	/** The same for rules sent as JSON: equal query values, texts the body or path contains. */
	match?: { query?: Record<string, string>; body?: string; path?: string };
	/** 0 to 1. */
	probability?: number;
	/** Seed of the probability; 1 by default. */
	seed?: number;
	/**
	 * How often the rule strikes. By default once for each `nth`; with another condition every time
	 * it holds; 'endless' and 'token_repeats' always; anything else once.
	 */
	times?: number;
	/** Same as `times: Infinity`, which JSON cannot say. */
	always?: boolean;
	do: FaultAction | PlainFault;
}

interface ActiveRule {
	rule: FaultRule;
	action: FaultAction;
	left: number;
	random: () => number;
}

/** The faults switched on; the first rule that holds strikes, one per request. */
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

	/** Counts a request as it arrives. @returns its number among the requests of its API */
	count(api: Api): number {
		const nth = (this.counts.get(api) ?? 0) + 1;
		this.counts.set(api, nth);
		return nth;
	}

	/**
	 * Looks for the rule that is due. A fault that bends a page leaves any other answer as it is and
	 * stays due.
	 * @param nth the request's number as count() gave it
	 * @param isPage whether the ordinary answer is a page of a list
	 * @returns what goes wrong; it counts as done
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

/** Whether a fault bends the page of a successful batch_query. */
function changesPages(action: FaultAction): boolean {
	if (typeof action === 'function') return false;
	return ['token_missing', 'token_repeats', 'endless'].includes(action.kind);
}
