import type { Reasons } from './reasons';

/** Of `nodes/shared/hire`. */
export const hire: Reasons = {
	'nodes/shared/hire/attachmentUpload.ts': [
		{ code: "reaction: 'fail'", reason: 'What names none of the other reactions fails.' },
	],
	'nodes/shared/hire/doubt.ts': [
		{ code: "reaction: 'fail'", reason: 'What names none of the other reactions fails.' },
	],
	'nodes/shared/hire/externalApplications.ts': [
		{ code: "method: 'GET'", reason: 'A request without a method is sent as GET.' },
		{ code: "reaction: 'fail'", reason: 'What names none of the other reactions fails.' },
		{
			code: "error.failure.feishuMessage ?? ''",
			change: "'' →",
			reason: 'Neither speaks of an empty list.',
		},
	],
	'nodes/shared/hire/fileName.ts': [
		{
			code: 'toLowerCase()',
			reason: 'Two names that differ in case only are the same in capitals, too.',
		},
		{ code: 'start < end', reason: 'The other end stops it.' },
		{ code: 'end > start', reason: 'The other end stops it.' },
		{ code: "(last ?? '')", change: "'' →", reason: '`split` gives one part at least.' },
		{
			code: 'exec(name) ?? []',
			change: '[] →',
			reason: 'No name is empty here, and every other one matches.',
		},
		{
			code: 'exec(name) ?? []',
			change: '→ /(.+?)',
			reason: 'It finds the first letter first anyway.',
		},
	],
	'nodes/shared/hire/mask.ts': [
		{
			code: 'value.length > text.length',
			reason: 'A value that is longer than the text is not in it.',
		},
		{
			code: "Array.from(address)[0] ?? ''",
			change: "'' →",
			reason: 'An address whose @ comes later has a first letter.',
		},
	],
	'nodes/shared/hire/stage.ts': [
		{
			code: 'error instanceof FeishuError && error.failure.appWide',
			reason: 'Other errors have no `failure`.',
		},
	],
	'nodes/shared/hire/createOnce.ts': [
		{ code: 'this.underWay.delete(answer)', reason: 'Waiting for what has settled takes no time.' },
		{
			code: '} finally {',
			change: '{ this.underWay.delete(answer); } → {}',
			reason: 'Waiting for what has settled takes no time.',
		},
		{
			code: 'else if (ids.length > doubts.length)',
			change: '→ ids.length >= doubts.length',
			reason: 'Where there are as many, each gets one before.',
		},
		{ code: "id ?? ''", reason: 'Records without an ID are left out before.' },
	],
	'nodes/shared/hire/sameCheck.ts': [
		{ code: "${check.id ?? ''}", change: "'' →", reason: 'A check that was written has an ID.' },
		{
			code: 'check.attachment_list ?? []',
			change: '[] →',
			reason: 'What is put in has no name, and no file is wanted that has none.',
		},
	],
	'nodes/shared/hire/simplify.ts': [
		{
			code: 'date !== null',
			change: 'date !== null → true',
			reason: 'As a number `null` is 0, which is no date.',
		},
	],
};
