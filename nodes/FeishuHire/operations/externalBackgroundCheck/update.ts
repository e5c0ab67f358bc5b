import type { IDataObject } from 'n8n-workflow';
import { ParameterError } from '../../../shared/form/parameterError';
import { oneOf } from '../../../shared/form/values';
import { simplified } from '../../../shared/hire/simplify';
import type { Form } from '../../../shared/form/form';
import type { Operation } from '../../../shared/run/operation';
import { ATTACHMENTS_LABEL, attachmentsField, readFiles } from '../files';
import { optionsField } from '../options';
import { changesNothing, UPDATE_FIELDS, updateFieldsField } from '../updateFields';
import { checkIdField, readCheckId } from './checkId';
import { DATE, dateField, NAME, nameField, RESULT, resultField } from './fields';
import { Updates } from './updates';
import type { CheckPatch, UpdateWish } from './updateWish';

const MODE = 'Attachments Mode';

export const update: Operation<UpdateWish> = {
	changes: true,
	atOnce: 15,
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
	read: async (form: Form): Promise<UpdateWish> => {
		const fields = form.collection('updateFields', UPDATE_FIELDS);
		const wish = {
			itemIndex: form.itemIndex,
			id: readCheckId(form),
			patch: readPatch(form, fields),
			...(await readAttachments(form, fields)),
			timeoutMs: form.timeoutMs(),
		};
		if (Object.keys(wish.patch).length === 0 && wish.mode === 'keep') throw changesNothing();
		return wish;
	},
	start: (run, wishes) => {
		const updates = new Updates(run, wishes);
		return async (wish) => simplified(await updates.update(wish), run.timezone);
	},
};

function readPatch(form: Form, fields: IDataObject): CheckPatch {
	return {
		...('name' in fields && { name: form.text(NAME, fields.name) }),
		...('result' in fields && { result: form.text(RESULT, fields.result) }),
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
