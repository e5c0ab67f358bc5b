import type { Reasons } from './reasons';

/** Of `nodes/QueryExternalBackgroundChecks`. */
export const query: Reasons = {
	'nodes/QueryExternalBackgroundChecks/candidateRun.ts': [
		{ code: 'n++', reason: 'Pages are kept by their number, whichever way it is counted.' },
	],
	'nodes/QueryExternalBackgroundChecks/readFilters.ts': [
		{
			code: 'toLowerCase()',
			reason: 'Compared in capitals the same names match, but for a letter such as ß.',
		},
		{ code: '\\d{4}-\\d\\d-\\d\\d$/', reason: 'No other text that ends in a day is a date.' },
	],
	'nodes/QueryExternalBackgroundChecks/results.ts': [
		{ code: 'if (!taking)', reason: 'A safety net: whoever comes here was answered.' },
		{
			code: "const isPages = query.kind === 'scan'",
			reason: 'Only these queries have a response format.',
		},
		{ code: 'found?.', reason: 'Whoever comes here was answered.' },
	],
	'nodes/QueryExternalBackgroundChecks/taking.ts': [
		{ code: "this.query.kind === 'scan'", reason: 'Only these queries have a response format.' },
	],
	'nodes/QueryExternalBackgroundChecks/plan.ts': [
		{ code: 'const empty = { settings, askers', reason: 'The chunks are put in afterwards.' },
	],
};
