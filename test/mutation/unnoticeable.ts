/** A mutant that tests need not notice. */
interface Unnoticeable {
	file: string;
	/** A part of the line, as it is. */
	code: string;
	/** A part of what is changed to what; any change of that line unless told. */
	change?: string;
	/** Why it makes no difference, or none that counts. */
	reason: string;
}

const KNOWN: Unnoticeable[] = [
	{
		file: 'nodes/shared/feishu/answer.ts',
		code: 'value.filter(isObject)',
		change: '[] →',
		reason: 'What comes of no list is a text, which says nothing and is left out.',
	},
	{
		file: 'nodes/shared/feishu/answer.ts',
		code: 'statusCode >= 200 && statusCode < 300',
		reason: 'No answer has a status below 200, and 300 is a redirect, which is told above.',
	},
	{
		file: 'nodes/shared/feishu/answer.ts',
		code: 'secrets: readonly string[] = []',
		reason: 'A secret that nobody has.',
	},
	{
		file: 'nodes/shared/feishu/networkFailure.ts',
		code: 'secrets: readonly string[] = []',
		reason: 'A secret that nobody has.',
	},
	{
		file: 'nodes/shared/feishu/plainText.ts',
		code: 'secrets: readonly string[] = []',
		reason: 'A secret that nobody has.',
	},
	{
		file: 'nodes/shared/feishu/networkFailure.ts',
		code: "typeof candidate === 'string'",
		reason:
			'Codes are texts of capital letters; what is none of them reads as “undefined” or “null”.',
	},
	{
		file: 'nodes/shared/feishu/networkFailure.ts',
		code: "typeof httpCode === 'string'",
		change: "typeof httpCode === 'string' → true",
		reason: 'n8n gives a text, or nothing, which is no status either.',
	},
	{
		file: 'nodes/shared/feishu/plainText.ts',
		code: 'text.slice(0, MAX_READ)',
		reason:
			'The same text comes out, only later: the work is bounded. A test of times notices (`hostileTexts.test.ts`).',
	},
	{
		file: 'nodes/shared/feishu/paginate.ts',
		code: 'pages++',
		reason: 'A list of 100,000 pages would take the tests longer than it is worth.',
	},
	{
		file: 'nodes/shared/feishu/paginate.ts',
		code: 'pages >= MAX_PAGES',
		reason: 'A list of 100,000 pages would take the tests longer than it is worth.',
	},
	{
		file: 'nodes/shared/feishu/paginate.ts',
		code: 'if (pageToken !== undefined) seenTokens.add',
		reason: 'No token is `undefined`.',
	},
	{ file: 'nodes/shared/feishu/wait.ts', code: '{ once: true }', reason: 'A signal fires once.' },
	{
		file: 'nodes/shared/feishu/wait.ts',
		code: 'end();',
		reason:
			'A subscription that is left over is never called; it only takes memory until the run ends.',
	},
	{
		file: 'nodes/shared/feishu/rateLimiter.ts',
		code: 'secondsSinceLast < SOON_SECONDS',
		reason: 'Nobody is turned away to the microsecond.',
	},
	{
		file: 'nodes/shared/feishu/rateLimiter.ts',
		code: 'Promise.allSettled([before, turn])',
		reason:
			'Who waits looks again, once the time has come, whether the slot has moved; the line only spares the looking.',
	},
	{
		file: 'nodes/shared/feishu/rateLimiter.ts',
		code: 'const isPunctual',
		reason: 'Timers of a test are not late; where the bound lies shows only on a busy machine.',
	},
	{
		file: 'nodes/shared/form/dateTime.ts',
		code: '^\\s*\\d{4}-\\d\\d-\\d\\d',
		reason: 'What begins like a date is a text.',
	},
	{
		file: 'nodes/shared/form/phone.ts',
		code: 'COUNTRY_CODE.exec',
		reason: 'A number with a code that is none is too long then, and refused as well.',
	},
	{
		file: 'nodes/shared/hire/fileName.ts',
		code: 'toLowerCase()',
		reason: 'Two names that differ in case only are the same in capitals, too.',
	},
	{ file: 'nodes/shared/hire/fileName.ts', code: 'start < end', reason: 'The other end stops it.' },
	{ file: 'nodes/shared/hire/fileName.ts', code: 'end > start', reason: 'The other end stops it.' },
	{
		file: 'nodes/shared/hire/mask.ts',
		code: 'value.length > text.length',
		reason: 'A value that is longer than the text is not in it.',
	},
	{
		file: 'nodes/shared/hire/stage.ts',
		code: 'error instanceof FeishuError && error.failure.appWide',
		reason: 'Other errors have no `failure`.',
	},
	{
		file: 'nodes/shared/hire/createOnce.ts',
		code: 'this.underWay.delete(answer)',
		reason: 'Waiting for what has settled takes no time.',
	},
	{
		file: 'nodes/shared/hire/createOnce.ts',
		code: "id ?? ''",
		reason: 'Records without an ID are left out before.',
	},
	{
		file: 'nodes/QueryExternalBackgroundChecks/readFilters.ts',
		code: 'toLowerCase()',
		reason: 'Compared in capitals the same names match, but for a letter such as ß.',
	},
	{
		file: 'nodes/QueryExternalBackgroundChecks/readFilters.ts',
		code: '\\d{4}-\\d\\d-\\d\\d$/',
		reason: 'No other text that ends in a day is a date.',
	},
	{
		file: 'nodes/QueryExternalBackgroundChecks/results.ts',
		code: 'if (!taking)',
		reason: 'A safety net: whoever comes here was answered.',
	},
	{
		file: 'nodes/QueryExternalBackgroundChecks/results.ts',
		code: "const isPages = query.kind === 'scan'",
		reason: 'Only these queries have a response format.',
	},
	{
		file: 'nodes/QueryExternalBackgroundChecks/results.ts',
		code: 'found?.',
		reason: 'Whoever comes here was answered.',
	},
	{
		file: 'nodes/QueryExternalBackgroundChecks/taking.ts',
		code: "this.query.kind === 'scan'",
		reason: 'Only these queries have a response format.',
	},
	{
		file: 'nodes/QueryExternalBackgroundChecks/plan.ts',
		code: 'const empty = { settings, askers',
		reason: 'The chunks are put in afterwards.',
	},
	{
		file: 'nodes/FeishuHireTrigger/snapshot.ts',
		code: 'result === undefined ? undefined',
		reason: '`undefined` is no result that has a number.',
	},
	{
		file: 'nodes/FeishuHireTrigger/snapshot.ts',
		code: 'a < b ? -1 : 1',
		reason: 'No text is there twice.',
	},
	{
		file: 'nodes/FeishuHireTrigger/snapshot.ts',
		code: "record.split(',')",
		reason: 'A record has all four parts.',
	},
	{
		file: 'credentials/FeishuHireApi.credentials.ts',
		code: 'The tenant access token has expired',
		reason: 'n8n renews the token and shows it to nobody.',
	},
	{
		file: 'credentials/FeishuHireApi.credentials.ts',
		code: '={{ $credentials.region }}',
		reason: '`authenticate` puts the real one in.',
	},
	{
		file: 'credentials/FeishuHireApi.credentials.ts',
		code: "[TEST_MARK]: 'true'",
		reason: 'That the header is there is the mark.',
	},
	{
		file: 'credentials/FeishuHireApi.credentials.ts',
		code: 'return undefined;',
		reason: 'A function without it returns the same.',
	},
	{
		file: 'nodes/shared/hire/fileName.ts',
		code: "(last ?? '')",
		change: "'' →",
		reason: '`split` gives one part at least.',
	},
	{
		file: 'nodes/shared/hire/fileName.ts',
		code: 'exec(name) ?? []',
		change: '[] →',
		reason: 'No name is empty here, and every other one matches.',
	},
	{
		file: 'nodes/shared/hire/fileName.ts',
		code: 'exec(name) ?? []',
		change: '→ /(.+?)',
		reason: 'It finds the first letter first anyway.',
	},
	{
		file: 'nodes/shared/hire/mask.ts',
		code: "Array.from(address)[0] ?? ''",
		change: "'' →",
		reason: 'An address whose @ comes later has a first letter.',
	},
	{
		file: 'nodes/shared/hire/sameCheck.ts',
		code: "${check.id ?? ''}",
		change: "'' →",
		reason: 'A check that was written has an ID.',
	},
	{
		file: 'nodes/shared/hire/sameCheck.ts',
		code: 'check.attachment_list ?? []',
		change: '[] →',
		reason: 'What is put in has no name, and no file is wanted that has none.',
	},
	{
		file: 'nodes/shared/hire/simplify.ts',
		code: 'date !== null',
		change: 'date !== null → true',
		reason: 'As a number `null` is 0, which is no date.',
	},
	{
		file: 'nodes/shared/nodeErrors.ts',
		code: '!== undefined && {',
		reason: 'JSON leaves out what is undefined.',
	},
	{
		file: 'nodes/shared/feishu/wait.ts',
		code: 'The promise has settled',
		reason: 'Nobody sees it.',
	},
	{
		file: 'nodes/shared/form/idList.ts',
		code: 'const SEPARATORS',
		reason: 'What is empty between two is left out afterwards.',
	},
	{
		file: 'nodes/shared/form/idList.ts',
		code: 'Array.isArray(parsed)',
		change: '→ true',
		reason: 'JSON that starts with a bracket is a list.',
	},
	{
		file: 'nodes/shared/form/idList.ts',
		code: 'id === undefined ||',
		change: 'id === undefined → false',
		reason: 'A list has one ID at least.',
	},
	{
		file: 'nodes/shared/form/idList.ts',
		code: 'text.length > MAX_ENTRY_LENGTH) return',
		reason: 'No address is exactly as long as that.',
	},
	{
		file: 'nodes/shared/form/idList.ts',
		code: 'text.length > MAX_ENTRY_LENGTH ||',
		reason: 'It bounds the work only: what is so long is refused anyway.',
	},
	{
		file: 'nodes/shared/form/idList.ts',
		code: 'start < end &&',
		reason: 'The other end stops it.',
	},
	{
		file: 'nodes/shared/form/idList.ts',
		code: 'end > start &&',
		reason: 'The other end stops it.',
	},
];

/** @returns the reason, if a survivor is known to be one */
export const unnoticeable = (file: string, code: string, change: string): string | undefined =>
	KNOWN.find(
		(known) =>
			known.file === file &&
			code.includes(known.code) &&
			(known.change === undefined || change.includes(known.change)),
	)?.reason;
