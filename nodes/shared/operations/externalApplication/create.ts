import { endpoints } from '../../hire/endpoints';
import { simplifiedApplication } from '../../hire/simplify';
import type { Operation } from '../../run/operation';
import {
	candidateField,
	lookUp,
	oneTalent,
	readWrittenCandidate,
	type CandidateRequest,
	writtenCandidateOptions,
} from '../candidates';
import { optionsField } from '../../form/requestOptions';
import { creationOptions, readCreationOptions } from '../options';
import { APPLICATION_FIELDS, applicationProperties, readApplicationFields } from './fields';
import { applicationCreations, type NewApplication } from './newApplication';

type CreateRequest = CandidateRequest & NewApplication;

export const create: Operation<CreateRequest> = {
	value: 'create',
	name: 'Create',
	description: 'Create an external application for a candidate',
	action: 'Create external application',
	calls: [endpoints.listApplications, endpoints.createApplication],
	fields: () => [
		candidateField('The candidate (候选人) to create the external application for'),
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
		const lookup = lookUp(run.client, requests);
		const creations = applicationCreations<CreateRequest>(
			run,
			async (request) => (await oneTalent(lookup, request)).id,
			APPLICATION_FIELDS,
		);
		return async (request) => simplifiedApplication(await creations.create(request), run.timezone);
	},
};
