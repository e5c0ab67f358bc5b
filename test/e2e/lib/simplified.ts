import type { Check } from '../../../sandbox';

/** The documented fields of a check; `date` in ms since the epoch. */
const fields = ['name', 'result', 'date', 'id', 'external_application_id', 'attachment_list'];

/** What Simplify makes of a check that the sandbox holds, but for the form of the date. */
export function simplified(check: Check): Record<string, unknown> {
	const present = Object.fromEntries(fields.map((field) => [field, check[field] ?? null]));
	return { ...present, date: Number(check.date) || null };
}

/** An item's JSON with its date as ms, to be compared with {@link simplified}. */
export function withDateInMs(json: Record<string, unknown>): Record<string, unknown> {
	return { ...json, date: typeof json.date === 'string' ? Date.parse(json.date) : json.date };
}
