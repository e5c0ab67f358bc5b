import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../form/form';
import type { UploadFile } from '../../hire/api/attachmentUpload';
import { checksOf } from '../../hire/api/readChecks';
import { createRecord } from '../../hire/api/records';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { simplified } from '../../hire/simplify';
import type { BackgroundCheck } from '../../hire/types';
import { assertWritten, isAlike } from '../../hire/write/sameCheck';
import type { ItemRequest, Operation } from '../../run/operation';
import { applicationField, readApplicationId } from '../../form/applicationId';
import { Creations } from '../creations';
import { attachmentsField, readFiles, RENAMED, Uploads, withUploads } from '../files';
import { optionsField } from '../../form/requestOptions';
import { creationOptions, readCreationOptions, type CreationOptions } from '../options';
import { DATE, dateField, NAME, nameField, readResult, resultField } from './fields';

interface CreateRequest extends ItemRequest, CreationOptions {
	applicationId: CheckedId;
	name: string;
	result: string;
	/** Epoch ms. */
	date: number;
	files: UploadFile[];
}

export const create: Operation<CreateRequest> = {
	value: 'create',
	name: 'Create',
	description: 'Record a background check, with its report files',
	action: 'Create a background check',
	calls: [endpoints.queryChecks, endpoints.createCheck],
	fields: (): INodeProperties[] => [
		applicationField(
			'The external application (外部投递) of the candidate that gets the background check',
		),
		{ ...nameField(), required: true },
		{ ...resultField(), required: true },
		{ ...dateField(), required: true },
		attachmentsField(),
		optionsField(creationOptions('background check')),
	],
	read: async (form: Form): Promise<CreateRequest> => ({
		itemIndex: form.itemIndex,
		applicationId: readApplicationId(form),
		name: form.text(NAME, form.get('name')),
		result: readResult(form, form.get('result')),
		date: form.dateTime(DATE, form.get('date')),
		files: await readFiles(form, form.get('attachments')),
		...readCreationOptions(form),
	}),
	start: (run) => {
		const { client, memory, timezone } = run;
		const uploads = new Uploads(client);
		const creations = new Creations<CreateRequest, BackgroundCheck>(run, {
			parentOf: ({ applicationId }) => applicationId,
			parentField: 'external_application_id',
			contentOf: ({ name, result, date, files }) => [
				[name, result, date],
				files.map((file) => JSON.stringify([file.name, file.size])).sort(),
			],
			prepare: async ({ name, result, date, files }, applicationId, known) => {
				const attachmentIds = await uploads.upload(files, known);
				const content = {
					external_application_id: applicationId,
					name,
					result,
					date,
					...(attachmentIds.length > 0 && { attachment_id_list: [...attachmentIds] }),
				};
				return async (externalId, onSent) =>
					await createRecord(
						client,
						'external_background_check',
						{ ...content, external_id: externalId },
						onSent,
					);
			},
			assertWritten: (check, request) => {
				if (assertWritten(check, { ...request, isReported: true })) run.hints.count(RENAMED);
			},
			recordsOf: async (applicationId) => await checksOf(client, applicationId as CheckedId),
			isAlike,
		});
		return async (request) => {
			try {
				return simplified(await creations.create(request), timezone);
			} catch (error) {
				const { attachmentIds = [] } = memory.of(request).memory;
				return await Promise.reject(withUploads(error, attachmentIds));
			}
		};
	},
};
