import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../../shared/feishu/client';
import { FeishuError } from '../../../shared/feishu/failure';
import type { Form } from '../../../shared/form/form';
import { ParameterError } from '../../../shared/form/parameterError';
import { oneOf } from '../../../shared/form/values';
import type { UploadFile } from '../../../shared/hire/api/attachmentUpload';
import { checkById, checkLoader, knownCheck } from '../../../shared/hire/api/readChecks';
import {
	MAX_ATTACHMENTS,
	overwriteRecord,
	type CheckContent,
} from '../../../shared/hire/api/records';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { endpoints } from '../../../shared/hire/endpoints';
import { epochMs, simplified } from '../../../shared/hire/simplify';
import type { BackgroundCheck } from '../../../shared/hire/types';
import { overwrite, Serial } from '../../../shared/hire/write/overwrite';
import {
	assertWritten,
	type CheckText,
	type MeantFile,
} from '../../../shared/hire/write/sameCheck';
import type { ItemRequest, Operation } from '../../../shared/run/operation';
import { ATTACHMENTS_LABEL, attachmentsField, readFiles, Uploads, withUploads } from '../files';
import { optionsField } from '../../../shared/form/requestOptions';
import { changesNothing, UPDATE_FIELDS, updateFieldsField } from '../updateFields';
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
	start: (run, requests) => {
		const { client, memory, timezone } = run;
		const uploads = new Uploads(client);
		const checks = checkLoader(
			client,
			requests.map(({ id }) => id),
		);
		const serial = new Serial<CheckedId>();
		return async (request) => {
			const { id, files } = request;
			const after = await serial.run(id, async (isFirst) => {
				const before = isFirst ? await knownCheck(checks, id) : await checkById(client, id);
				if (!before) throw unknownCheck(id);
				assertFits(before, request);
				const { memory: known } = memory.of(request);
				try {
					const uploaded = await uploads.upload(files, known);
					return await overwriteCheck(client, id, merged(before, request, uploaded));
				} catch (error) {
					return await Promise.reject(withUploads(error, known.attachmentIds ?? []));
				}
			});
			return simplified(after, timezone);
		};
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

const unknownCheck = (id: CheckedId) =>
	new FeishuError({
		message: 'Feishu does not know this background check',
		reaction: 'fail',
		id,
		advice: 'Nothing was written. Check the ID: the background check may have been deleted.',
	});

/** What a check is to be after a write. */
interface Meant {
	content: CheckContent;
	text: CheckText;
	files: MeantFile[];
}

const overwriteCheck = async (client: FeishuClient, id: CheckedId, meant: Meant) =>
	await overwrite<BackgroundCheck>({
		id,
		write: async () =>
			await overwriteRecord(client, 'external_background_check', id, meant.content),
		read: async () => await checkById(client, id),
		assertWritten: (check) => assertWritten(check, meant.text, meant.files),
	});

/** Files that the check has and keeps. */
const keptFiles = (before: BackgroundCheck, { mode }: UpdateRequest) =>
	mode === 'keep' || mode === 'add' ? (before.attachment_list ?? []) : [];

/** @throws ParameterError before a file is uploaded */
function assertFits(before: BackgroundCheck, request: UpdateRequest): void {
	const count = keptFiles(before, request).length + request.files.length;
	if (request.files.length === 0 || count <= MAX_ATTACHMENTS) return;
	throw new ParameterError(
		ATTACHMENTS_LABEL,
		`would make ${count} files, but a background check takes ${MAX_ATTACHMENTS}`,
		'Nothing was written. Choose fewer files, or the mode "Replace".',
	);
}

function merged(
	before: BackgroundCheck,
	request: UpdateRequest,
	uploaded: readonly string[],
): Meant {
	const { patch, files } = request;
	const kept = keptFiles(before, request);
	const text: CheckText = {
		name: patch.name ?? before.name ?? null,
		result: patch.result ?? before.result ?? null,
		date: patch.date ?? epochMs(before.date),
	};
	const ids = [...kept.flatMap(({ id }) => id ?? []), ...uploaded];
	const content: CheckContent = {
		external_application_id: before.external_application_id ?? '',
		...(text.name !== null && { name: text.name }),
		...(text.result !== null && { result: text.result }),
		...(text.date !== null && { date: text.date }),
		...(ids.length > 0 && { attachment_id_list: ids }),
	};
	const known = kept.map(({ id = '', name = '' }) => ({ name, label: `the attachment ${id}` }));
	return { content, text, files: [...known, ...files] };
}
