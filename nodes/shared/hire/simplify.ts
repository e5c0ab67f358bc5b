import { DateTime, FixedOffsetZone, IANAZone } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../feishu/answer';
import { LruMap } from '../feishu/lru';
import type { BackgroundCheck } from './types';

/** What Feishu's numbers mean ("查询外部投递列表"), in the words of the form. */
export const DELIVERY_TYPES: Readonly<Record<number, string>> = {
	1: 'HR Sourcing',
	2: 'Candidate Applied',
	3: 'Referral',
	4: 'Other',
};
export const RECRUITMENT_TYPES: Readonly<Record<number, string>> = { 1: 'Social', 2: 'Campus' };

/**
 * A check in a form that is easy to read. The most important fields come first. Every documented
 * field is present (`null` if Feishu sends none, an empty list if there are no files). The date is
 * text, like the times in `external_application`, whose kinds are words. Undocumented fields are
 * kept, at the end.
 * Source of the fields: Feishu "查询外部背调列表", response body.
 *
 * @param check as Feishu sends it; not changed
 * @param timezone IANA name of the zone in which the date is written
 * @returns `name`, `result`, `date`, `id`, `external_application_id`, `attachment_list`, and the
 * rest
 */
export function simplified(check: BackgroundCheck, timezone: string): IDataObject {
	const { name, result, date, id, external_application_id, attachment_list, ...rest } = check;
	const { external_application: application } = rest;
	return {
		name: name ?? null,
		result: result ?? null,
		date: readableDate(date, timezone),
		id: id ?? null,
		external_application_id: external_application_id ?? null,
		attachment_list: attachment_list ?? [],
		...rest,
		...(isObject(application) && {
			external_application: simplifiedApplication(application, timezone),
		}),
	};
}

/** An external application with its times as text and its numbers as words. Source: "查询外部投递列表". */
export function simplifiedApplication(application: IDataObject, timezone: string): IDataObject {
	const { job_recruitment_type, delivery_type, create_time, modify_time } = application;
	return {
		...application,
		job_recruitment_type: RECRUITMENT_TYPES[Number(job_recruitment_type)] ?? job_recruitment_type,
		delivery_type: DELIVERY_TYPES[Number(delivery_type)] ?? delivery_type,
		create_time: readableDate(create_time, timezone),
		modify_time: readableDate(modify_time, timezone),
	};
}

/**
 * A date as ISO 8601 text with the zone's offset at that time, for example
 * `2025-03-10T00:00:00.000+08:00`. In UTC, a day entered in Beijing would show as the day before.
 *
 * @param date epoch ms as a number or digits; missing, null, empty and 0 mean no date
 * @param timezone IANA name; a zone that luxon does not know counts as UTC
 * @returns null for no date; returns a value that is not a date unchanged, so that nothing is lost
 */
export function readableDate<D extends IDataObject[string]>(
	date: D,
	timezone: string,
): NonNullable<D> | string | null {
	const ms = epochMs(date) ?? NaN;
	const text =
		DateTime.fromMillis(ms, {
			zone: zones.get(`${timezone} ${Math.floor(ms / DAY_MS)}`),
		}).toISO() ?? DateTime.fromMillis(ms, { zone: 'utc' }).toISO();
	return text ?? (hasDate(date) ? date : null);
}

const DAY_MS = 86_400_000;

/**
 * A zone's offset on a UTC day, if it is the same all day. Luxon alone would ask Intl for every
 * date (20 µs).
 */
const zones = new LruMap((key): FixedOffsetZone | string => {
	const [timezone = '', day] = key.split(' ');
	const zone = IANAZone.create(timezone);
	const [offset, next] = [0, 1].map((days) => zone.offset((Number(day) + days) * DAY_MS));
	// Luxon writes a fixed offset of 0 as Z.
	return offset && offset === next ? FixedOffsetZone.instance(offset) : timezone;
});

/** Epoch ms of a date from Feishu; null if there is none, or if it is not a whole number. */
export function epochMs(date: unknown): number | null {
	const ms = Number(date);
	return Number.isSafeInteger(ms) && ms !== 0 ? ms : null;
}

/** Whether there is a date: not missing, null, empty or 0, which luxon would turn into 1970. */
export function hasDate<D>(date: D): date is NonNullable<D> {
	return date !== undefined && date !== null && Number(date) !== 0;
}
