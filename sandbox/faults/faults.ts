import { seededRandom } from '../data/random';
import { jsonBody, systemError } from '../http/answers';
import { isPaged } from '../hire/samePage';
import type { Work } from '../router';
import type { Tenant } from '../tenant';
import type { Answer, Api, RequestRecord } from '../types';
import { changesPages, performFault, strikesBefore } from './faultActions';
import type { FaultAction, PlainFault } from './faultActions';

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
	 * Lets the request be carried out, or a fault strike, if one is due: before or after that. A fault
	 * that bends a page leaves any other answer as it is and stays due.
	 * @param nth the request's number as count() gave it
	 */
	async apply(tenant: Tenant, request: RequestRecord, nth: number, work: Work): Promise<Answer> {
		let answer: Answer | undefined;
		const ordinary = () => (answer ??= work.carryOut());
		const due = this.rules.find(
			(active) =>
				active.left > 0 &&
				holds(active, request, nth) &&
				(!changesPages(active.action) || isPage(request.api, ordinary())),
		);
		if (due === undefined) return ordinary();
		due.left--;
		const isLost = !work.isRefused && strikesBefore(due.action);
		const bent = isLost ? systemError(request) : ordinary();
		return await performFault(tenant, request, bent, due.action);
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

/** Whether an answer is a page of a list. */
function isPage(api: Api, answer: Answer): boolean {
	return isPaged(api) && jsonBody(answer)?.code === 0;
}
