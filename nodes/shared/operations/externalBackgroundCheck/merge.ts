import { FeishuError } from '../../feishu/failure';
import { ParameterError } from '../../form/parameterError';
import type { UploadFile } from '../../hire/api/attachmentUpload';
import { MAX_ATTACHMENTS, type CheckContent } from '../../hire/api/records';
import type { CheckedId } from '../../hire/checkedId';
import { epochMs, hasDate } from '../../hire/simplify';
import type { BackgroundCheck } from '../../hire/types';
import {
	isSameFile,
	missingFiles,
	type CheckText,
	type MeantFile,
} from '../../hire/write/sameCheck';
import type { ItemRequest } from '../../run/operation';
import { ATTACHMENTS_LABEL } from '../files';
import type { AttachmentsMode } from './attachmentsMode';

/** What an item changes. A missing field keeps its value. */
export interface CheckPatch {
	name?: string;
	result?: string;
	/** Epoch ms. */
	date?: number;
}

export interface UpdateRequest extends ItemRequest {
	id: CheckedId;
	patch: CheckPatch;
	mode: AttachmentsMode;
	/** The files to add, or to put in place of the existing ones. */
	files: UploadFile[];
	/** Leaves out files that the check already has, judging by name and size. */
	addsMissingOnly?: boolean;
}

export const idsOf = ({ attachment_list }: BackgroundCheck): string[] =>
	(attachment_list ?? []).flatMap(({ id }) => id ?? []);

/**
 * The fields that an item changes, by the names in {@link CheckPatch}. `files` means that existing
 * files are removed, `moreFiles` that files are added.
 */
export const fieldsOf = ({
	patch,
	mode,
	files,
}: Pick<UpdateRequest, 'patch' | 'mode' | 'files'>): string[] => [
	...Object.keys(patch),
	...(mode !== 'add' ? ['files'] : files.length > 0 ? ['moreFiles'] : []),
];

/** The fields that block this one if a later item has written them. */
export function rivalsOf(field: string): string[] {
	// Added files undo nothing, but removed files may be those of a later item.
	if (field === 'files') return ['files', 'moreFiles'];
	return field === 'moreFiles' ? ['files'] : [field];
}

/** @throws ParameterError if the check would have too many files, before any is uploaded */
export function assertFits(
	before: BackgroundCheck,
	{ addsMissingOnly, files, mode }: UpdateRequest,
): void {
	const kept = mode === 'add' ? idsOf(before).length : 0;
	const count = kept + (addsMissingOnly ? missingFiles(before, files) : files).length;
	if (count <= MAX_ATTACHMENTS) return;
	throw new ParameterError(
		ATTACHMENTS_LABEL,
		`would bring the background check to ${count} files, but at most ${MAX_ATTACHMENTS} are allowed`,
		'Nothing was written. Add fewer files, or set \'Attachments Mode\' to "Replace".',
	);
}

/**
 * The content of a check after a write.
 *
 * @param open the fields to write; see {@link fieldsOf}
 * @param uploaded attachment IDs of the request's files
 * @param filesBefore attachment IDs that the check had before the request was first written
 * @throws FeishuError if the check has something that cannot be sent back
 */
export function merged(
	before: BackgroundCheck,
	{ id, patch, files }: UpdateRequest,
	open: readonly string[],
	uploaded: readonly string[],
	filesBefore: ReadonlySet<string>,
) {
	const patched = Object.fromEntries(
		Object.entries(patch).filter(([field]) => open.includes(field)),
	) as CheckPatch;
	const replaces = open.includes('files');
	const { external_application_id } = before;
	if (!external_application_id) throw unplaced(id);
	const kept = replaces ? [] : (before.attachment_list ?? []);
	const isLost = epochMs(before.date) === null && hasDate(before.date);
	if (patched.date === undefined && isLost) throw unsendable(id, 'a date');
	if (idsOf(before).length < (before.attachment_list ?? []).length && !replaces) {
		throw unsendable(id, 'an attachment without an ID');
	}
	const text: CheckText = {
		name: patched.name ?? before.name ?? null,
		result: patched.result ?? before.result ?? null,
		date: patched.date ?? epochMs(before.date),
	};
	const takesFiles = replaces || open.includes('moreFiles');
	// An earlier try may have added files already.
	const fresh = kept.filter((file) => !filesBefore.has(file.id ?? ''));
	const added = files.flatMap((file, index) => {
		const place = fresh.findIndex((stored) => isSameFile(stored, file));
		if (place >= 0) fresh.splice(place, 1);
		return takesFiles && place < 0 ? [{ file, id: uploaded[index] ?? '' }] : [];
	});
	const ids = [...kept.flatMap((file) => file.id ?? []), ...added.map((file) => file.id)];
	const content: CheckContent = {
		external_application_id,
		...(text.name !== null && { name: text.name }),
		...(text.result !== null && { result: text.result }),
		...(text.date !== null && { date: text.date }),
		...(ids.length > 0 && { attachment_id_list: ids }),
	};
	const meantFiles: MeantFile[] = [
		...kept.map(({ id: kind = '', name = '', size }) => ({
			name,
			size,
			label: `the attachment ${kind}`,
		})),
		...added.map(({ file }) => file),
	];
	const gone = replaces ? [...filesBefore].filter((file) => !uploaded.includes(file)) : [];
	return { content, ...text, files: meantFiles, gone: new Set(gone) };
}

const unplaced = (id: CheckedId) =>
	new FeishuError({
		message: 'Feishu did not say which external application the background check belongs to',
		reaction: 'fail',
		id,
		advice: 'Nothing was written, because an update overwrites the whole background check.',
	});

const unsendable = (id: CheckedId, what: string) =>
	new FeishuError({
		message: `The background check has ${what} that cannot be sent back to Feishu`,
		reaction: 'fail',
		id,
		advice:
			'Nothing was written, because an update overwrites everything and this would be lost. Set it in the same update, or change the background check in Feishu Hire.',
	});
