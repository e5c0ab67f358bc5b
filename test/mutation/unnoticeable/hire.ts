import { ANY_OTHER_REACTION, type Reasons } from './reasons';

/** Of `nodes/shared/hire`. */
export const hire: Reasons = {
	'nodes/shared/hire/attachmentUpload.ts': [
		{ code: "reaction: 'fail'", reason: ANY_OTHER_REACTION },
	],
	'nodes/shared/hire/attachments.ts': [
		{ code: "method: 'GET'", reason: 'A request without a method is a GET, too.' },
		{
			code: "api: 'attachment'",
			reason: 'Only these calls have this budget, by whatever name, and no others follow them.',
		},
		{
			code: "error instanceof Error ? error.message : ''",
			change: "'' →",
			reason: 'n8n throws errors.',
		},
		{
			code: 'networkFailure(error, [info.url], FILE_HOST)',
			change: '[info.url] → []',
			reason: "A safety net: n8n's request helper quotes no whole address.",
		},
		{
			code: "reaction: 'fail',",
			reason: 'Of these two nobody asks whether it is `fail`, and another word is no retry either.',
		},
	],
	'nodes/shared/hire/backgroundChecks.ts': [
		{
			code: "reaction: 'fail',",
			reason: 'Nobody tries again what is no request, and n8n is told the same of another word.',
		},
		{
			code: 'id !== undefined && asked.has(id)',
			change: 'id !== undefined → true',
			reason: 'No list of IDs holds `undefined`.',
		},
	],
	'nodes/shared/hire/candidateLookup.ts': [
		{
			code: 'await this.talents.get(keyOf(question))) ?? []',
			change: '[] →',
			reason: 'The line before has started the look-up.',
		},
		{ code: 'answer?.talents ?? []', reason: 'Each value that was asked for has an answer.' },
		{
			code: "question.by === 'phone' ? question.mobileCode",
			change: "question.by === 'phone' → true",
			reason: 'Addresses have no country code, which tells them from all numbers as well.',
		},
	],
	'nodes/shared/hire/candidateQuestion.ts': [
		{
			code: "by === 'phone' ? [by, value, question.mobileCode]",
			change: "by === 'phone' → true",
			reason: 'The others have no country code then, all alike.',
		},
	],
	'nodes/shared/hire/createOnce.ts': [
		{ code: "id ?? ''", reason: 'Records without an ID are left out before.' },
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
	],
	'nodes/shared/hire/doubt.ts': [{ code: "reaction: 'fail'", reason: ANY_OTHER_REACTION }],
	'nodes/shared/hire/externalApplications.ts': [
		{ code: "method: 'GET'", reason: 'A request without a method is sent as GET.' },
		{ code: "reaction: 'fail'", reason: ANY_OTHER_REACTION },
		{
			code: "error.failure.feishuMessage ?? ''",
			change: "'' →",
			reason: 'Neither speaks of an empty list.',
		},
	],
	'nodes/shared/hire/fileName.ts': [
		{
			code: '/^(.+?)(\\.[A-Za-z0-9]{1,10})?$/s.exec(name)',
			change: '→ /^(.+?)(\\.[A-Za-z0-9]{1,10})$/s',
			reason: 'A name without an extension matches nothing then, and is the stem as a whole.',
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
	'nodes/shared/hire/readChecks.ts': [
		{
			code: 'const checks: BackgroundCheck[] = [];',
			change: '[] →',
			reason: 'What is put in has no name, and is like no check that is to be made.',
		},
		{
			code: 'this.chunkOf.get(id) ?? [id]',
			change: '[id] →',
			reason: 'Each ID of a run is in a chunk.',
		},
		{
			code: 'start < unique.length',
			change: '→ start <= unique.length',
			reason: 'Nobody asks for the chunk without IDs that there may be then.',
		},
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
	'nodes/shared/hire/stage.ts': [
		{
			code: 'error instanceof FeishuError && error.failure.appWide',
			reason: 'Other errors have no `failure`.',
		},
	],
	'nodes/shared/hire/talents.ts': [
		{
			code: 'if (!page) return { talents: [] }',
			reason: 'A list has a first page, or is an error.',
		},
		{
			code: "reaction: 'fail'",
			reason:
				'No request failed, so nothing is sent again; what is told of it is the same for an unknown reaction.',
		},
		{ code: "method: 'GET'", reason: "n8n's helper sends GET when no method is named." },
		{
			code: 'if (!isObject(data)) throw notATalent()',
			reason: 'What is no object has no name and contact inside, which is the same error.',
		},
	],
	'nodes/shared/hire/talentsByContact.ts': [
		{
			code: "only ?? echo ?? ''",
			change: "'' →",
			reason: 'Neither text is a value that can be asked for.',
		},
		{
			code: "reaction: 'fail'",
			reason:
				'The request was answered, so nothing is sent again; what is told of it is the same for an unknown reaction.',
		},
	],
};
