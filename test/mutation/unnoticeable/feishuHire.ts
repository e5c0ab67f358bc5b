import type { Reasons } from './reasons';

/** Of `nodes/FeishuHire`. */
export const feishuHire: Reasons = {};
