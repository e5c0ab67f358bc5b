import type { Reasons } from './reasons';

/** Of `nodes/shared/listSearch`. */
export const listSearch: Reasons = {
	'nodes/shared/listSearch/searchExternalApplications.ts': [
		{
			code: '>= searchLimits.ms',
			change: '> searchLimits.ms',
			reason: 'Nobody waits to the microsecond.',
		},
	],
};
