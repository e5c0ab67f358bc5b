import type { Reasons } from './reasons';

/** Of `nodes/shared/form`. */
export const form: Reasons = {
	'nodes/shared/form/dateTime.ts': [
		{ code: '^\\s*\\d{4}-\\d\\d-\\d\\d', reason: 'What begins like a date is a text.' },
	],
	'nodes/shared/form/phone.ts': [
		{
			code: 'COUNTRY_CODE.exec',
			reason: 'A number with a code that is none is too long then, and refused as well.',
		},
	],
	'nodes/shared/form/idList.ts': [
		{ code: 'const SEPARATORS', reason: 'What is empty between two is left out afterwards.' },
		{
			code: 'Array.isArray(parsed)',
			change: '→ true',
			reason: 'JSON that starts with a bracket is a list.',
		},
		{
			code: 'id === undefined ||',
			change: 'id === undefined → false',
			reason: 'A list has one ID at least.',
		},
		{
			code: 'text.length > MAX_ENTRY_LENGTH) return',
			reason: 'No address is exactly as long as that.',
		},
		{
			code: 'text.length > MAX_ENTRY_LENGTH ||',
			reason: 'It bounds the work only: what is so long is refused anyway.',
		},
		{ code: 'start < end &&', reason: 'The other end stops it.' },
		{ code: 'end > start &&', reason: 'The other end stops it.' },
	],
};
