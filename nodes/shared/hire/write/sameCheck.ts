import { FeishuError } from '../../feishu/failure';
import { normalized } from '../../normalized';
import { epochMs } from '../simplify';
import type { BackgroundCheck } from '../types';

/** What a check is meant to say. */
export interface CheckText {
	name: string | null;
	result: string | null;
	/** Epoch ms. */
	date: number | null;
}

/** A file that a check is meant to have. */
export interface MeantFile {
	name: string;
	/** What an error calls it; not its name, which is often that of a person. */
	label: string;
}

/** Feishu may trim a text, and send nothing for an empty one. */
const textOf = (text: unknown): string => (typeof text === 'string' ? text.trim() : '');

const isSameText = (a: unknown, b: unknown) => textOf(a) === textOf(b);

/** How many files a check has. */
export const fileCount = ({ attachment_list }: BackgroundCheck): number =>
	attachment_list?.length ?? 0;

/** The fields, by Feishu's names, in which a check is not as it was meant. */
function differingFields(check: BackgroundCheck, meant: CheckText): string[] {
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
 * Compares the check that Feishu answers with against what was written.
 *
 * @param files all that it is meant to have
 * @throws FeishuError naming the fields and files that were lost, and the check
 */
export function assertWritten(
	check: BackgroundCheck,
	meant: CheckText,
	files: readonly MeantFile[],
): void {
	const fields = differingFields(check, meant);
	const tooMany = fileCount(check) - files.length;
	const wrong = [
		...(fields.length > 0 ? [`another ${fields.join(', ')}`] : []),
		...(tooMany < 0 ? [`without ${lostFiles(check, files).join(', ')}`] : []),
		...(tooMany > 0 ? [`${tooMany} attachments too many`] : []),
	];
	if (wrong.length === 0) return;
	throw new FeishuError({
		message: `Feishu has the background check ${check.id ?? ''}, but not as it was sent: ${wrong.join('; ')}`,
		reaction: 'fail',
		outcome: 'done',
		advice:
			'Look at the background check in Feishu Hire. If an External ID is set, Feishu may have created a background check for it in the last 24 hours already, and keeps that one.',
	});
}

/** Files are compared by name: they get new IDs when they are put into a record. */
function lostFiles(check: BackgroundCheck, files: readonly MeantFile[]): string[] {
	const there = (check.attachment_list ?? []).map(({ name }) => normalized(textOf(name)));
	const lost = files.filter(({ name }) => {
		const place = there.indexOf(normalized(textOf(name)));
		if (place >= 0) there.splice(place, 1);
		return place < 0;
	});
	return lost.map(({ label }) => label);
}
