import type * as RetryPolicy from '../../../nodes/shared/feishu/retryPolicy';
import { packageModule } from '../../harness';

/** The very object that the built node reads its bounds from. */
export const { retryLimits } = packageModule<typeof RetryPolicy>('nodes/shared/feishu/retryPolicy');

type Limits = typeof retryLimits;

/** The bounds as shipped. */
export const shippedLimits: Readonly<Limits> = { ...retryLimits };

/** Waits of milliseconds instead of seconds: everything is still waited for, only shorter. */
export const shortWaits: Partial<Limits> = {
	backoffMs: 4,
	maxBackoffMs: 20,
	maxResetMs: 40,
	rejections: 3,
};

/** Changes bounds for one test file (jest loads the node anew for each). */
export function setLimits(changes: Partial<Limits>): void {
	Object.assign(retryLimits, shippedLimits, changes);
}
