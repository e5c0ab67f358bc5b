import type { Reasons } from './reasons';

/** Of `nodes/shared/feishu`. */
export const feishu: Reasons = {
	'nodes/shared/feishu/answer.ts': [
		{
			code: 'value.filter(isObject)',
			change: '[] →',
			reason: 'What comes of no list is a text, which says nothing and is left out.',
		},
		{
			code: 'statusCode >= 200 && statusCode < 300',
			reason: 'No answer has a status below 200, and 300 is a redirect, which is told above.',
		},
		{ code: 'secrets: readonly string[] = []', reason: 'A secret that nobody has.' },
	],
	'nodes/shared/feishu/client.ts': [
		{
			code: "const EVERY_API = ''",
			reason: 'No API has the other name either.',
		},
		{
			code: "if (next.step === 'retry') await wait",
			change: '→ true',
			reason:
				'A renewal asks for no wait, and what the app waits for after a rejection is over at the same time.',
		},
		{
			code: 'lease.renewal?.end();',
			reason: 'Without a renewal only a stop gets there, which is told whatever is thrown.',
		},
		{
			code: 'if (!signal || request.graceMs === undefined)',
			change: '→ !signal && request.graceMs === undefined',
			reason: 'A grace without a length is over at once.',
		},
		{
			code: 'if (!signal || request.graceMs === undefined)',
			change: 'request.graceMs === undefined → false',
			reason: 'A grace without a length is over at once.',
		},
		{
			code: 'SCOPE_CODES.has(',
			change: 'code !== undefined → true',
			reason: '`undefined` is none of the codes.',
		},
		{
			code: 'return [this.credential.app.appSecret',
			change: "'' →",
			reason: 'A secret that nobody has.',
		},
		{
			code: 'return [this.credential.app.appSecret',
			change: '→ lease?.token.accessToken',
			reason: 'Where no token came, the error of the token endpoint is told in its place.',
		},
	],
	'nodes/shared/feishu/download.ts': [
		{
			code: "super('The file is too large')",
			reason: '`attachFiles.ts` puts it into words, with the limit.',
		},
		{
			code: "contentType: typeof contentType === 'string'",
			change: '→ true',
			reason: 'Node gives one text, or nothing.',
		},
		{
			code: '} catch {',
			change: '{ url = undefined; }',
			reason: 'Without the line it is `undefined`, too.',
		},
	],
	'nodes/shared/feishu/multipart.ts': [
		{
			code: '[Symbol.iterator]()',
			reason: 'axios looks only whether it is there, and reads `entries`.',
		},
	],
	'nodes/shared/feishu/networkFailure.ts': [
		{ code: 'secrets: readonly string[] = []', reason: 'A secret that nobody has.' },
		{
			code: "typeof candidate === 'string'",
			reason:
				'Codes are texts of capital letters; what is none of them reads as “undefined” or “null”.',
		},
		{
			code: "typeof httpCode === 'string'",
			change: "typeof httpCode === 'string' → true",
			reason: 'n8n gives a text, or nothing, which is no status either.',
		},
	],
	'nodes/shared/feishu/plainText.ts': [
		{ code: 'secrets: readonly string[] = []', reason: 'A secret that nobody has.' },
		{
			code: 'text.slice(0, MAX_READ)',
			reason:
				'The same text comes out, only later: the work is bounded. A test of times notices (`hostileTexts.test.ts`).',
		},
	],
	'nodes/shared/feishu/paginate.ts': [
		{
			code: 'pages >= MAX_PAGES',
			reason: 'A list of 100,000 pages would take the tests longer than it is worth.',
		},
		{ code: 'if (pageToken !== undefined) seenTokens.add', reason: 'No token is `undefined`.' },
	],
	'nodes/shared/feishu/wait.ts': [
		{ code: '{ once: true }', reason: 'A signal fires once.' },
		{
			code: '} finally {',
			change: '{ end(); } →',
			reason:
				'A subscription that is left over is never called; it only takes memory until the run ends.',
		},
		{ code: 'The promise has settled', reason: 'Nobody sees it.' },
	],
	'nodes/shared/feishu/rateLimiter.ts': [
		{
			code: 'secondsSinceLast < SOON_SECONDS',
			reason: 'Nobody is turned away to the microsecond.',
		},
		{
			code: 'Promise.allSettled([before, turn])',
			reason:
				'Who waits looks again, once the time has come, whether the slot has moved; the line only spares the looking.',
		},
		{
			code: 'const isPunctual',
			reason: 'Timers of a test are not late; where the bound lies shows only on a busy machine.',
		},
	],
};
