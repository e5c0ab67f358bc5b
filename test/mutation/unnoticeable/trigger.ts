import type { Reasons } from './reasons';

/** Of `nodes/FeishuHireTrigger`. */
export const trigger: Reasons = {
	'nodes/FeishuHireTrigger/snapshot.ts': [
		{
			code: 'result === undefined ? undefined',
			reason: '`undefined` is no result that has a number.',
		},
		{ code: 'a < b ? -1 : 1', reason: 'No text is there twice.' },
		{ code: "record.split(',')", reason: 'A record has all four parts.' },
	],
};
