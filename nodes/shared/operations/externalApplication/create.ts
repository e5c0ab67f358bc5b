import type { IDataObject } from 'n8n-workflow';
import {
	externalApplicationsOf,
	type ExternalApplication,
} from '../../hire/api/externalApplications';
import { createRecord } from '../../hire/api/records';
import { endpoints } from '../../hire/endpoints';
import { assertApplicationWritten, isSameApplication } from '../../hire/write/sameApplication';
import type { Operation } from '../../run/operation';
import {
	candidateField,
	lookUp,
	oneTalent,
	readWrittenCandidate,
	type CandidateRequest,
	writtenCandidateOptions,
} from '../candidates';
import { Creations } from '../creations';
import { optionsField } from '../../form/requestOptions';
import { creationOptions, readCreationOptions, type CreationOptions } from '../options';
import { APPLICATION_FIELDS, applicationProperties, readApplicationFields } from './fields';

interface CreateRequest extends CandidateRequest, CreationOptions {
	/** By Feishu's names. */
	fields: IDataObject;
}

export const create: Operation<CreateRequest> = {
	value: 'create',
	name: 'Create',
	description: 'Record an external application of a candidate',
	action: 'Create an external application',
	calls: [endpoints.listApplications, endpoints.createApplication],
	fields: () => [
		candidateField('The candidate (候选人) who gets the external application'),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: applicationProperties(),
		},
		optionsField([...creationOptions('external application'), ...writtenCandidateOptions()]),
	],
	read: (form) => ({
		...readWrittenCandidate(form),
		fields: readApplicationFields(form, form.collection('additionalFields', 'Additional Fields')),
		...readCreationOptions(form),
	}),
	start: (run, requests) => {
		const { client } = run;
		const lookup = lookUp(client, requests);
		const creations = new Creations<CreateRequest, ExternalApplication>(run, {
			parentField: 'talent_id',
			parentOf: async (request) => (await oneTalent(lookup, request)).id,
			contentOf: ({ fields }) => APPLICATION_FIELDS.map((field) => fields[field] ?? null),
			prepare:
				({ fields }, talentId) =>
				async (externalId, onSent) => {
					const content = { talent_id: talentId, external_id: externalId, ...fields };
					return await createRecord(client, 'external_application', content, onSent);
				},
			assertWritten: (application, { fields }) =>
				assertApplicationWritten(application, fields, APPLICATION_FIELDS),
			recordsOf: async (talentId) => {
				const found = await externalApplicationsOf(client, talentId);
				return found === 'noCandidate' ? [] : found;
			},
			isAlike: (application, { fields }) =>
				isSameApplication(application, fields, APPLICATION_FIELDS),
			isAsSent: (application, { fields }) =>
				isSameApplication(application, fields, APPLICATION_FIELDS),
		});
		return async (request) => await creations.create(request);
	},
};
