import type { IDataObject } from 'n8n-workflow';
import type { Form } from '../../form/form';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { simplified } from '../../hire/simplify';
import { Serial } from '../../hire/write/overwrite';
import type { Operation } from '../../run/operation';
import { attachmentsField, Uploads } from '../files';
import { optionsField } from '../../form/requestOptions';
import { changesNothing, readUpdateFields, updateFieldsField } from '../updateFields';
import { attachmentsModeField, readAttachments } from './attachmentsMode';
import { CheckChanges } from './change';
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
import { fieldsOf, type CheckPatch, type UpdateRequest } from './merge';

export const update: Operation<UpdateRequest> = {
	value: 'update',
	name: 'Update',
	description: 'Change fields or attachments of a background check',
	action: 'Update background check',
	calls: [endpoints.queryChecks, endpoints.updateCheck],
	fields: () => [
		checkIdField(),
		updateFieldsField([
			attachmentsField(),
			attachmentsModeField(['add', 'removeAll', 'replace']),
			dateField(),
			nameField(),
			resultField(),
		]),
		optionsField(),
	],
	read: async (form: Form): Promise<UpdateRequest> => {
		const fields = readUpdateFields(form, [dateField(), nameField(), resultField()]);
		const request = {
			itemIndex: form.itemIndex,
			id: readCheckId(form),
			patch: readPatch(form, fields),
			...(await readAttachments(form, fields, ['add', 'removeAll', 'replace'])),
		};
		if (fieldsOf(request).length === 0) throw changesNothing();
		return request;
	},
	start: (run) => {
		const changes = new CheckChanges(run, new Uploads(run.client));
		const serial = new Serial<CheckedId>();
		return async (request) => {
			const change = async () => await changes.make(request);
			return simplified(await serial.run(request.id, change), run.timezone);
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
