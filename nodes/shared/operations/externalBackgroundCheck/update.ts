import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../feishu/client';
import type { Form } from '../../form/form';
import { ParameterError } from '../../form/parameterError';
import { oneOf } from '../../form/values';
import { checkById, unknownCheck } from '../../hire/api/readChecks';
import { overwriteRecord } from '../../hire/api/records';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { simplified } from '../../hire/simplify';
import type { BackgroundCheck } from '../../hire/types';
import { overwrite, Serial } from '../../hire/write/overwrite';
import { assertWritten } from '../../hire/write/sameCheck';
import type { Operation } from '../../run/operation';
import {
	ATTACHMENTS_LABEL,
	attachmentsField,
	readFiles,
	RENAMED,
	Uploads,
	withUploads,
} from '../files';
import { optionsField } from '../../form/requestOptions';
import { changesNothing, UPDATE_FIELDS, updateFieldsField } from '../updateFields';
import { WrittenFields } from '../writtenFields';
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

import {
	assertFits,
	fieldsOf,
	idsOf,
	merged,
	rivalsOf,
	type CheckPatch,
	type UpdateRequest,
} from './merge';

const MODE = 'Attachments Mode';

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
					{ name: 'Remove All', value: 'removeAll', description: 'It has no files then' },
					{ name: 'Replace', value: 'replace', description: 'It has only the new files then' },
				],
				default: 'add',
				description: 'What becomes of the report files (附件) that it has',
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
		if (fieldsOf(request).length === 0) throw changesNothing();
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
				// What a try that was surely not carried out has seen does not count.
				const mayBeDone = known.unknown !== undefined || known.done !== undefined;
				if (!mayBeDone || !known.filesBefore) known.filesBefore = new Set(idsOf(before));
				const open = written.openOf(hints, request, fieldsOf(request), rivalsOf);
				if (open.length === 0) return before;
				const meant = merged(before, request, open, uploaded, known.filesBefore);
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
	const mode = oneOf(MODE, fields.attachmentsMode ?? 'add', [
		'add',
		'replace',
		'removeAll',
	] as const);
	const files = await readFiles(form, fields.attachments ?? '');
	if (files.length > 0 && mode === 'removeAll') {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`are given, but '${MODE}' is "Remove All"`,
			`Set '${MODE}' to "Add" or "Replace", or remove '${ATTACHMENTS_LABEL}'.`,
		);
	}
	if (files.length === 0 && mode === 'replace') {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`are empty, but '${MODE}' is "Replace"`,
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
