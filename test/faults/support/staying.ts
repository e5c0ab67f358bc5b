import { curable, type Fault } from './catalogue';
import { retryLimits } from './limits';

/**
 * Faults that persist. A token that is invalid for good affects all items, so here only one item's
 * requests are refused.
 */
export const staying: Fault[] = curable.map((fault) =>
	fault.do === 'expire'
		? {
				...fault,
				do: { kind: 'answer', status: fault.open?.expiredTokenStatus ?? 400, code: 99991663 },
			}
		: fault,
);

/** How often a request that always meets the fault is sent, and what the error says about that. */
export function givingUp({ treatment }: Fault): { sent: number; says: RegExp } {
	return {
		renewToken: { sent: 2, says: /renewed the token once \([\d.]+ s\)\./ },
		retry: { sent: retryLimits.tries, says: /tried 5 times \([\d.]+ s\)\./ },
		wait: {
			sent: retryLimits.rejections,
			says: /hit the rate limit 3 times \([\d.]+ s\)\./,
		},
		fail: { sent: 1, says: /./ },
	}[treatment];
}
