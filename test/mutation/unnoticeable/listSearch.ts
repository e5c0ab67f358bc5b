import type { Reasons } from './reasons';

/** Of `nodes/shared/listSearch`. */
export const listSearch: Reasons = {};
