import type { Reasons } from './reasons';

/** Of `nodes/QueryExternalBackgroundChecks`. */
export const query: Reasons = {
	'nodes/QueryExternalBackgroundChecks/attachFiles.ts': [
		{
			code: 'Array.isArray(list) ? (list as unknown[]) : []',
			change: '[] →',
			reason: 'What is no object is passed over.',
		},
		{
			code: 'error instanceof FeishuError',
			change: '!(error instanceof FeishuError) → false',
			reason: 'A file fails with nothing else: a stop and its size are told apart before.',
		},
		{
			code: 'if (!outcome) continue;',
			change: '!outcome → false',
			reason: 'When the pool has ended, each attachment has an outcome.',
		},
		{
			code: "outcome.file.fileName ?? ''",
			change: "'' →",
			reason: 'Every file was stored under a name.',
		},
	],
	'nodes/QueryExternalBackgroundChecks/candidateRun.ts': [
		{ code: 'n++', reason: 'Pages are kept by their number, whichever way it is counted.' },
	],
	'nodes/QueryExternalBackgroundChecks/execute.ts': [
		{
			code: 'stopped?.',
			change: 'stopped?.',
			reason: 'n8n gives every execution a signal; its types alone leave it open.',
		},
		{
			code: 'if (queries.length === 0) return;',
			change: '→ false',
			reason: 'Without a query nothing is asked for, nor told.',
		},
	],
	'nodes/QueryExternalBackgroundChecks/notFound.ts': [
		{
			code: "application ?? talent ?? ''",
			change: "'' →",
			reason: 'It is looked at for zeros at its end only.',
		},
		{
			code: 'talent !== undefined && looksRounded(talent)',
			change: 'talent !== undefined → true',
			reason: 'As a text `undefined` does not look rounded.',
		},
		{ code: "talent = '',", change: "'' →", reason: 'It is looked at for zeros at its end only.' },
	],
	'nodes/QueryExternalBackgroundChecks/plan.ts': [
		{ code: 'const empty = { settings, askers', reason: 'The chunks are put in afterwards.' },
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
	'nodes/QueryExternalBackgroundChecks/runPlan.ts': [
		{
			code: 'askers.get(id) ?? []',
			change: '[] →',
			reason: 'Somebody asked for every ID of a chunk.',
		},
		{
			code: "found.set(check.id ?? '', check)",
			change: "'' →",
			reason: 'A check without an ID was refused before: nobody asked for it.',
		},
		{
			code: 'atOnce(rates, candidates.length > 0)',
			change: '→ true',
			reason: 'More jobs wait for their turn; the rate decides when they leave.',
		},
		{
			code: 'atOnce(rates, candidates.length > 0)',
			change: '→ candidates.length >= 0',
			reason: 'More jobs wait for their turn; the rate decides when they leave.',
		},
		{
			code: 'only === undefined ? error',
			change: 'only === undefined → false',
			reason: 'No chunk is empty.',
		},
		{
			code: 'missing.length > 0 && missing.length < ids.length',
			change: 'missing.length > 0 → true',
			reason: 'An empty list is refused before it is sent, and that concerns nobody.',
		},
		{
			code: 'missing.length > 0 && missing.length < ids.length',
			change: 'missing.length > 0 → missing.length >= 0',
			reason: 'An empty list is refused before it is sent, and that concerns nobody.',
		},
	],
	'nodes/QueryExternalBackgroundChecks/taking.ts': [
		{ code: "this.query.kind === 'scan'", reason: 'Only these queries have a response format.' },
	],
};
