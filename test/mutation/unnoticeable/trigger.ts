import type { Reasons } from './reasons';

/** Of `nodes/FeishuHireTrigger`. */
export const trigger: Reasons = {
	'nodes/FeishuHireTrigger/compare.ts': [
		{
			code: "hashOf(now.key, now.result ?? '')",
			change: "'' →",
			reason: 'A check that was just read has its result as text.',
		},
		{
			code: 'old.resultHash !== undefined',
			change: '→ true',
			reason: 'The hash is the one that the snapshot would make.',
		},
	],
	'nodes/FeishuHireTrigger/poll.ts': [
		{
			code: 'if (underWay.isReplaced()) return null;',
			change: '→ false',
			reason: 'A safety net: a poll that is replaced is stopped, and its scan fails.',
		},
		{
			code: 'return () => false;',
			reason: '`undefined` lets nothing through either.',
		},
	],
	'nodes/FeishuHireTrigger/scan.ts': [
		{
			code: 'performance.now() - startedAt > budgetMs',
			change: '→ performance.now() - startedAt >= budgetMs',
			reason: 'It matters at one moment, a fraction of a microsecond long.',
		},
		{
			code: 'externalApplicationId === null ? error',
			change: '→ false',
			reason: 'An ID that is `null` is not named in the error.',
		},
		{
			code: "reaction: 'fail'",
			reason: 'What is no request is not tried again, and n8n is told the same of any other word.',
		},
	],
	'nodes/FeishuHireTrigger/snapshot.ts': [
		{
			code: 'result === undefined ? undefined',
			reason: '`undefined` is no result that has a number.',
		},
		{ code: 'a < b ? -1 : 1', reason: 'No text is there twice.' },
		{ code: "record.split(',')", reason: 'A record has all four parts.' },
		{
			code: "hashOf(key, result ?? '')",
			change: "'' →",
			reason: 'What has no result has the hash of one.',
		},
	],
	'nodes/FeishuHireTrigger/testEvents.ts': [
		{
			code: 'looked.matching++',
			reason: 'Only whether it is zero counts.',
		},
	],
};
