import type { Reasons } from './reasons';

/** Of `nodes/shared`. */
export const shared: Reasons = {
	'nodes/shared/nodeErrors.ts': [
		{ code: '!== undefined && {', reason: 'JSON leaves out what is undefined.' },
	],
	'nodes/shared/outcomes.ts': [
		{
			code: 'this.items[itemIndex] ?? []',
			change: '[] →',
			reason: 'Every item has a list from the beginning.',
		},
	],
};
