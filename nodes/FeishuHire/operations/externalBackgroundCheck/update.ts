import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../../shared/feishu/client';
import { FeishuError } from '../../../shared/feishu/failure';
import type { Form } from '../../../shared/form/form';
import { ParameterError } from '../../../shared/form/parameterError';
import { oneOf } from '../../../shared/form/values';
import type { UploadFile } from '../../../shared/hire/api/attachmentUpload';
import { checkById, unknownCheck } from '../../../shared/hire/api/readChecks';
import {
	MAX_ATTACHMENTS,
	overwriteRecord,
	type CheckContent,
} from '../../../shared/hire/api/records';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { endpoints } from '../../../shared/hire/endpoints';
import { epochMs, hasDate, simplified } from '../../../shared/hire/simplify';
import type { BackgroundCheck } from '../../../shared/hire/types';
import { overwrite, Serial } from '../../../shared/hire/write/overwrite';
import {
	assertWritten,
	isSameFile,
	type CheckText,
	type MeantFile,
} from '../../../shared/hire/write/sameCheck';
import type { ItemRequest, Operation } from '../../../shared/run/operation';
import type { Memory } from '../../../shared/run/runMemory';
import {
	ATTACHMENTS_LABEL,
	attachmentsField,
	readFiles,
	RENAMED,
	Uploads,
	withUploads,
} from '../files';
import { optionsField } from '../../../shared/form/requestOptions';
import { changesNothing, UPDATE_FIELDS, updateFieldsField } from '../updateFields';
import { LATER_ITEM, WrittenFields } from '../writtenFields';
import {
	checkIdField,
	DATE,
	dateField,
	NAME,
	nameField,
	readCheckId,
	readResult,
	resultField,
} from './fields';

const MODE = 'Attachments Mode';

/** What is to become of the files that a check has. */
type AttachmentsMode = 'keep' | 'add' | 'replace' | 'removeAll';

/** What an item changes; what is left out stays. */
interface CheckPatch {
	name?: string;
	result?: string;
	/** Epoch ms. */
	date?: number;
}

interface UpdateRequest extends ItemRequest {
	id: CheckedId;
	patch: CheckPatch;
	mode: AttachmentsMode;
	/** To be added, or to replace the others. */
	files: UploadFile[];
}

export const update: Operation<UpdateRequest> = {
	value: 'update',
	name: 'Update',
	description: 'Change fields or report files of a background check',
	action: 'Update a background check',
	calls: [endpoints.queryChecks, endpoints.updateCheck],
	fields: () => [
		checkIdField(),
		updateFieldsField([
			attachmentsField(),
			{
				displayName: MODE,
				name: 'attachmentsMode',
				type: 'options',
				options: [
					{ name: 'Add', value: 'add', description: 'The files come beside those it has' },
					{ name: 'Keep', value: 'keep', description: 'It keeps the files it has' },
					{ name: 'Remove All', value: 'removeAll', description: 'It has no files then' },
					{ name: 'Replace', value: 'replace', description: 'It has only the new files then' },
				],
				default: 'keep',
				description: 'What becomes of the report files (附件)',
			},
			dateField(),
			nameField(),
			resultField(),
		]),
		optionsField(),
	],
	read: async (form: Form): Promise<UpdateRequest> => {
		const fields = form.collection('updateFields', UPDATE_FIELDS);
		const request = {
			itemIndex: form.itemIndex,
			id: readCheckId(form),
			patch: readPatch(form, fields),
			...(await readAttachments(form, fields)),
		};
		if (Object.keys(request.patch).length === 0 && request.mode === 'keep') throw changesNothing();
		return request;
	},
	start: (run) => {
		const { client, hints, memory, timezone } = run;
		const uploads = new Uploads(client);
		const serial = new Serial<CheckedId>();
		const written = new WrittenFields(memory);
		async function change(request: UpdateRequest): Promise<BackgroundCheck> {
			const { id, itemIndex, files } = request;
			const { memory: known } = memory.of(request);
			// Nobody can take an upload back.
			if (files.length > 0) assertFits(await existing(client, id), request);
			const uploaded = await uploads.upload(files, known);
			try {
				// Feishu overwrites the whole record, so it is read right before.
				const before = await existing(client, id);
				known.filesBefore ??= new Set(idsOf(before));
				const open = fieldsOf(request).filter((field) =>
					writersOf(field).every((other) => written.isOpen(id, other, itemIndex)),
				);
				if (open.length < fieldsOf(request).length) hints.count(LATER_ITEM);
				if (open.length === 0) return before;
				const meant = merged(before, request, open, uploaded, known);
				return await written.write(
					id,
					open,
					itemIndex,
					async () =>
						await overwrite<BackgroundCheck>({
							id,
							write: async () =>
								await overwriteRecord(client, 'external_background_check', id, meant.content),
							read: async () => await checkById(client, id),
							assertWritten: (check, isReported) => {
								if (assertWritten(check, { ...meant, isReported })) hints.count(RENAMED);
							},
						}),
				);
			} catch (error) {
				return await Promise.reject(withUploads(error, uploaded));
			}
		}
		return async (request) =>
			simplified(await serial.run(request.id, async () => await change(request)), timezone);
	},
};

function readPatch(form: Form, fields: IDataObject): CheckPatch {
	return {
		...('name' in fields && { name: form.text(NAME, fields.name) }),
		...('result' in fields && { result: readResult(form, fields.result) }),
		...('date' in fields && { date: form.dateTime(DATE, fields.date) }),
	};
}

async function readAttachments(form: Form, fields: IDataObject) {
	const mode = oneOf(MODE, fields.attachmentsMode ?? 'keep', [
		'keep',
		'add',
		'replace',
		'removeAll',
	] as const);
	const files = await readFiles(form, fields.attachments ?? '');
	const takesFiles = mode === 'add' || mode === 'replace';
	if (files.length > 0 && !takesFiles) {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`are given, but '${MODE}' is "${mode === 'keep' ? 'Keep' : 'Remove All'}"`,
			`Set '${MODE}' to "Add" or "Replace", or remove '${ATTACHMENTS_LABEL}'.`,
		);
	}
	if (files.length === 0 && takesFiles) {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`are empty, but '${MODE}' is "${mode === 'add' ? 'Add' : 'Replace'}"`,
			`Enter the fields that hold the files. To remove the files it has, set '${MODE}' to "Remove All".`,
		);
	}
	return { mode, files };
}

/** @throws FeishuError when Feishu does not know the check */
async function existing(client: FeishuClient, id: CheckedId): Promise<BackgroundCheck> {
	const check = await checkById(client, id);
	if (!check) throw unknownCheck(id, 'Nothing was written.');
	return check;
}

const idsOf = ({ attachment_list }: BackgroundCheck): string[] =>
	(attachment_list ?? []).flatMap(({ id }) => id ?? []);

/** The fields that an item changes, by the names of {@link CheckPatch}; `files`: those that were there go. */
const fieldsOf = ({ patch, mode }: UpdateRequest): string[] => [
	...Object.keys(patch),
	...(mode === 'keep' ? [] : [mode === 'add' ? 'moreFiles' : 'files']),
];

/** The fields of a later item that count for a field: new files stay, and files that were to go do not come back. */
const writersOf = (field: string): string[] =>
	field === 'files' ? ['files', 'moreFiles'] : [field === 'moreFiles' ? 'files' : field];

/** @throws ParameterError before a file is uploaded */
function assertFits(before: BackgroundCheck, { files, mode }: UpdateRequest): void {
	const kept = mode === 'add' ? idsOf(before).length : 0;
	const count = kept + files.length;
	if (count <= MAX_ATTACHMENTS) return;
	throw new ParameterError(
		ATTACHMENTS_LABEL,
		`would make ${count} files, but a background check takes ${MAX_ATTACHMENTS}`,
		'Nothing was written. Choose fewer files, or the mode "Replace".',
	);
}

/**
 * What a check is to be after a write.
 *
 * @param open the fields that are written, see {@link fieldsOf}
 * @param uploaded attachment IDs of the files of the request
 * @param known what earlier tries have done
 * @throws FeishuError when it holds something that cannot be sent back
 */
function merged(
	before: BackgroundCheck,
	{ id, patch, files }: UpdateRequest,
	open: readonly string[],
	uploaded: readonly string[],
	{ filesBefore = new Set(), unknown }: Memory,
) {
	const patched = Object.fromEntries(
		Object.entries(patch).filter(([field]) => open.includes(field)),
	) as CheckPatch;
	const replaces = open.includes('files');
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
	// An earlier try may have put files there already.
	const fresh = kept.filter(({ id: kind = '' }) => unknown !== undefined && !filesBefore.has(kind));
	const added = files.flatMap((file, index) => {
		const place = fresh.findIndex((stored) => isSameFile(stored, file));
		if (place >= 0) fresh.splice(place, 1);
		return takesFiles && place < 0 ? [{ file, id: uploaded[index] ?? '' }] : [];
	});
	const ids = [...kept.flatMap((file) => file.id ?? []), ...added.map((file) => file.id)];
	const content: CheckContent = {
		external_application_id: before.external_application_id ?? '',
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

const unsendable = (id: CheckedId, what: string) =>
	new FeishuError({
		message: `The background check has ${what} that cannot be sent back to Feishu`,
		reaction: 'fail',
		id,
		advice:
			'Nothing was written: an update overwrites the whole background check, so that it would be lost. Set it in the same update, or change the background check in Feishu Hire.',
	});
