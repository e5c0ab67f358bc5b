import { epochMs } from './simplify';
import type { BackgroundCheck } from './types';

/** What a check is meant to say. */
export interface CheckText {
	name: string | null;
	result: string | null;
	/** Epoch ms. */
	date: number | null;
}

/** Feishu may trim a text, and send nothing for an empty one. */
const textOf = (text: unknown): string => (typeof text === 'string' ? text.trim() : '');

const isSameText = (a: unknown, b: unknown) => textOf(a) === textOf(b);

/** How many files a check has. */
export const fileCount = ({ attachment_list }: BackgroundCheck): number =>
	attachment_list?.length ?? 0;

/** The fields, by Feishu's names, in which a check is not as it was meant. */
export function differingFields(check: BackgroundCheck, meant: CheckText): string[] {
	return [
		...(isSameText(check.name, meant.name) ? [] : ['name']),
		...(isSameText(check.result, meant.result) ? [] : ['result']),
		...(epochMs(check.date) === meant.date ? [] : ['date']),
	];
}

/** Whether a check has this content: name, result, date and as many files. */
export const isAlike = (check: BackgroundCheck, meant: CheckText & { files: number }): boolean =>
	differingFields(check, meant).length === 0 && fileCount(check) === meant.files;

/**
 * The names of files that a check lacks, each as often as it lacks it. Files are compared by name: a file gets a new ID
 * when it is put into a record.
 */
export function missingFiles(check: BackgroundCheck, names: readonly string[]): string[] {
	const there = (check.attachment_list ?? []).map(({ name }) => textOf(name));
	return names.filter((name) => {
		const place = there.indexOf(textOf(name));
		if (place >= 0) there.splice(place, 1);
		return place < 0;
	});
}
