import type * as RetryPolicy from '../../../nodes/shared/feishu/retryPolicy';
import { packageModule } from '../../harness';

/** The object from which the built node reads its limits. */
export const { retryLimits } = packageModule<typeof RetryPolicy>('nodes/shared/feishu/retryPolicy');

type Limits = typeof retryLimits;

/** The limits as shipped. */
export const shippedLimits: Readonly<Limits> = { ...retryLimits };

/** Waits of milliseconds instead of seconds: the node still waits, but less. */
export const shortWaits: Partial<Limits> = {
	backoffMs: 4,
	maxBackoffMs: 20,
	maxResetMs: 40,
	rejections: 3,
};

/** Changes limits for one test file (Jest loads the node anew for each). */
export function setLimits(changes: Partial<Limits>): void {
	Object.assign(retryLimits, shippedLimits, changes);
}
