import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../../form/form';
import { endpoints } from '../../hire/endpoints';
import { simplified } from '../../hire/simplify';
import type { Operation } from '../../run/operation';
import { attachmentsField, readFiles, Uploads } from '../files';
import { optionsField } from '../../form/requestOptions';
import { creationOptions, readCreationOptions } from '../options';
import { DATE, dateField, NAME, nameField, readResult, resultField } from './fields';
import { checkCreations, type NewCheck } from './newCheck';
import { Targets } from './target';
import { readTarget, targetFields, targetOptions, type TargetRequest } from './targetForm';

type CreateRequest = NewCheck & TargetRequest;

export const create: Operation<CreateRequest> = {
	value: 'create',
	name: 'Create',
	description: 'Create a background check for a candidate, with attachments',
	action: 'Create background check',
	calls: [endpoints.listApplications, endpoints.queryChecks, endpoints.createCheck],
	fields: (): INodeProperties[] => [
		...targetFields(),
		{ ...nameField(), required: true },
		{ ...resultField(), required: true },
		{ ...dateField(), required: true },
		attachmentsField(),
		optionsField([...creationOptions('background check'), ...targetOptions()]),
	],
	read: async (form: Form): Promise<CreateRequest> => ({
		itemIndex: form.itemIndex,
		target: readTarget(form),
		name: form.text(NAME, form.get('name')),
		result: readResult(form, form.get('result')),
		date: form.dateTime(DATE, form.get('date')),
		files: await readFiles(form, form.get('attachments')),
		...readCreationOptions(form),
	}),
	start: (run, requests) => {
		const { client, memory, timezone } = run;
		const targets = new Targets(run, requests);
		const creations = checkCreations(run, new Uploads(client));
		return async (request) => {
			const remembered = memory.of(request);
			const check = await targets.on(
				request,
				async (applicationId) => await creations.create({ ...request, applicationId }, remembered),
			);
			return simplified(check, timezone);
		};
	},
};
