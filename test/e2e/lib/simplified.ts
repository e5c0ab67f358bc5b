import type { Check, ExternalApplication } from '../../../sandbox';

/** The documented fields of a check. */
const fields = ['name', 'result', 'date', 'id', 'external_application_id'];

const RECRUITMENT_TYPES = ['', 'Social', 'Campus'];
const DELIVERY_TYPES = ['', 'HR Sourcing', 'Candidate Applied', 'Referral', 'Other'];

/** What Simplify makes of a check in the sandbox, except that the date is in epoch ms. */
export function simplified(check: Check): Record<string, unknown> {
	const present = Object.fromEntries(fields.map((field) => [field, check[field] ?? null]));
	const files = check.attachment_list ?? [];
	return { ...present, date: Number(check.date) || null, attachment_list: files };
}

/** The same for an external application. */
export function simplifiedApplication(application: ExternalApplication): Record<string, unknown> {
	const { job_recruitment_type, delivery_type, create_time, modify_time } = application;
	return {
		...application,
		job_recruitment_type: RECRUITMENT_TYPES[job_recruitment_type ?? 0],
		delivery_type: DELIVERY_TYPES[delivery_type ?? 0],
		create_time: create_time ?? null,
		modify_time: modify_time ?? null,
	};
}

/** An item's JSON with its dates in ms, to compare with {@link simplified}. */
export function withDateInMs(json: Record<string, unknown>): Record<string, unknown> {
	const application = json.external_application as ExternalApplication | undefined;
	return {
		...json,
		date: inMs(json.date),
		...(application && {
			external_application: {
				...application,
				create_time: inMs(application.create_time),
				modify_time: inMs(application.modify_time),
			},
		}),
	};
}

const inMs = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : value);
