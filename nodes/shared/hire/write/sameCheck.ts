import { DateTime } from 'luxon';
import { FeishuError } from '../../feishu/failure';
import { normalized } from '../../normalized';
import { epochMs } from '../simplify';
import type { AttachmentReference, BackgroundCheck } from '../types';

/** What a check should contain. */
export interface CheckText {
	name: string | null;
	result: string | null;
	/** Epoch ms. */
	date: number | null;
}

/** A file that a check should have. */
export interface MeantFile {
	name: string;
	/** In bytes; undefined if Feishu did not say. */
	size?: number;
	/** The name that errors give it. Not its file name, which often contains a person's name. */
	label: string;
}

/** Feishu may trim a text, and omit an empty one. */
const textOf = (text: unknown): string => (typeof text === 'string' ? text.trim() : '');

const isSameText = (a: unknown, b: unknown) => textOf(a) === textOf(b);

/** Compares two dates in epoch ms; null means none. */
type SameDate = (a: number | null, b: number | null) => boolean;

const isSameInstant: SameDate = (a, b) => a === b;

/**
 * The day of a date in a time zone, as ISO text; null if there is no date. @param ms epoch ms
 * @param timezone IANA name
 */
export const dayOf = (ms: number | null, timezone: string): string | null =>
	ms === null ? null : DateTime.fromMillis(ms, { zone: timezone }).toISODate();

/** @param timezone IANA name of the zone in which users read the day */
export const sameDayIn =
	(timezone: string): SameDate =>
	(a, b) =>
		dayOf(a, timezone) === dayOf(b, timezone);

/** The fields (Feishu's names) in which a check differs from what was intended. */
const differingFields = (check: BackgroundCheck, meant: CheckText): string[] => [
	...(isSameText(check.name, meant.name) ? [] : ['name']),
	...(isSameText(check.result, meant.result) ? [] : ['result']),
	...(isSameInstant(epochMs(check.date), meant.date) ? [] : ['date']),
];

/** Whether a check has this name. */
export const hasName = (check: BackgroundCheck, name: string): boolean =>
	isSameText(check.name, name);

const sizeOf = ({ size }: AttachmentReference): number | undefined =>
	Number.isInteger(Number(size ?? NaN)) ? Number(size) : undefined;

/**
 * Whether a stored file is the intended one. Compares no IDs: a file gets a new one when it is put
 * into a record.
 */
export const isSameFile = (stored: AttachmentReference, meant: MeantFile): boolean =>
	normalized(textOf(stored.name)) === normalized(textOf(meant.name)) &&
	(sizeOf(stored) ?? meant.size) === (meant.size ?? sizeOf(stored));

/** Matches files one to one. @returns the missing files, and the unexpected ones */
function compareFiles(check: BackgroundCheck, meant: readonly MeantFile[]) {
	const extra = [...(check.attachment_list ?? [])];
	const lost = meant.filter((file) => {
		const place = extra.findIndex((stored) => isSameFile(stored, file));
		if (place >= 0) extra.splice(place, 1);
		return place < 0;
	});
	return { lost, extra };
}

/** The files that a check lacks. */
export const missingFiles = (check: BackgroundCheck, files: readonly MeantFile[]): MeantFile[] =>
	compareFiles(check, files).lost;

/**
 * Whether a check has this content: name, result, date and files.
 *
 * @param isSameDate compares to the millisecond by default
 * @param mayHaveMore whether the check may have further files
 */
export function isAlike(
	check: BackgroundCheck,
	meant: CheckText & { files: readonly MeantFile[] },
	isSameDate = isSameInstant,
	mayHaveMore = false,
): boolean {
	// Compare the date last: computing the day costs a hundred times more than the rest.
	if (!isSameText(check.name, meant.name) || !isSameText(check.result, meant.result)) return false;
	const { lost, extra } = compareFiles(check, meant.files);
	if (lost.length > 0 || (extra.length > 0 && !mayHaveMore)) return false;
	return isSameDate(epochMs(check.date), meant.date);
}

/** What was written, and how much we trust Feishu with it. */
export interface Written extends CheckText {
	/** All files that the check should have. */
	files: readonly MeantFile[];
	/** IDs of attachments that the check must no longer have. */
	gone?: ReadonlySet<string>;
	/** Whether Feishu reported this write as done. If so, it may have changed file names. */
	isReported: boolean;
}

/**
 * Compares the check in Feishu's answer with what was written.
 *
 * @returns whether Feishu gave the files other names
 * @throws FeishuError naming the check, and the fields and files that differ
 */
export function assertWritten(check: BackgroundCheck, written: Written): boolean {
	const { files, gone, isReported } = written;
	const fields = differingFields(check, written);
	const kept = (check.attachment_list ?? []).filter(({ id = '' }) => gone?.has(id));
	const { lost, extra: others } = compareFiles(check, files);
	const extra = others.filter((file) => !kept.includes(file));
	const sizes = (list: ReadonlyArray<number | undefined>) => JSON.stringify([...list].sort());
	const isRenamed =
		isReported &&
		lost.length > 0 &&
		extra.every((file) => sizeOf(file) !== undefined) &&
		sizes(extra.map(sizeOf)) === sizes(lost.map(({ size }) => size));
	const wrong = [
		...(fields.length > 0 ? [`different ${fields.join(', ')}`] : []),
		...(lost.length > 0 && !isRenamed
			? [`missing ${lost.map(({ label }) => label).join(', ')}`]
			: []),
		...(extra.length > 0 && !isRenamed
			? [attachments(extra.length, 'that the node did not send')]
			: []),
		...(kept.length > 0 ? [attachments(kept.length, 'that should have been removed')] : []),
	];
	if (wrong.length === 0) return isRenamed;
	throw new FeishuError({
		message: `The background check ${check.id ?? ''} in Feishu differs from what was sent: ${wrong.join('; ')}`,
		reaction: 'fail',
		outcome: 'done',
		advice:
			'Check the background check in Feishu Hire. If you set an External ID that was used in the last 24 hours, Feishu kept the record created then.',
	});
}

const attachments = (count: number, which: string) =>
	`${count} ${count === 1 ? 'attachment' : 'attachments'} ${which}`;
