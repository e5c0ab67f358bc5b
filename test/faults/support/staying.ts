import { curable, type Fault } from './catalogue';
import { retryLimits } from './limits';

/** Faults that stay. A token that is void for good is so for all items: here only what concerns one is refused. */
export const staying: Fault[] = curable.map((fault) =>
	fault.do === 'expire'
		? {
				...fault,
				do: { kind: 'answer', status: fault.open?.expiredTokenStatus ?? 400, code: 99991663 },
			}
		: fault,
);

/** How often a request is sent that meets the fault each time, and what the error says about it. */
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
