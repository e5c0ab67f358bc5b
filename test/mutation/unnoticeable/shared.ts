import type { Reasons } from './reasons';

/** Of `nodes/shared`. */
export const shared: Reasons = {
	'nodes/shared/nodeErrors.ts': [
		{ code: '!== undefined && {', reason: 'JSON leaves out what is undefined.' },
	],
};
