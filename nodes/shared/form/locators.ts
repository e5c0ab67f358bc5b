import type { INodeProperties } from 'n8n-workflow';
import { CANDIDATE_LABEL, MOBILE_CODE_LABEL } from './candidate';

/** The parameter's label in the editor. */
export const EXTERNAL_APPLICATION_LABEL = 'External Application';

/** Finding a candidate by anything but a talent ID needs both scopes; a talent ID needs only the second. */
const NEEDS_SCOPES =
	'Needs the scopes hire:talent:readonly (or hire:talent) and hire:external_application.';

/** If the list takes longer than this, the editor says so. In ms. */
const SLOW_AFTER_MS = 2000;

/**
 * The form field `candidate`: one candidate, found by whatever is known of them. New objects each
 * time, because n8n's loader changes them. There is no mode `id`: the editor puts a dragged value
 * into the first mode that is not a list. Read by `readCandidate`.
 */
export const candidateLocator = (): INodeProperties => ({
	displayName: CANDIDATE_LABEL,
	name: 'candidate',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The candidate (候选人) whose background checks are wanted, one for each input item',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a candidate...',
			hint: `Type a name to search. ${NEEDS_SCOPES}`,
			typeOptions: {
				searchListMethod: 'searchCandidates',
				searchable: true,
				searchFilterRequired: true,
				slowLoadNotice: { message: 'Feishu is still searching', timeout: SLOW_AFTER_MS },
			},
		},
		{
			displayName: 'By Email, Phone, Name or ID',
			name: 'value',
			type: 'string',
			placeholder: 'e.g. zhang@example.com, 138 1234 5678, 张三',
			hint: `The node recognises the value by its form. A phone number without a country code gets that of the option Mobile Code. ${NEEDS_SCOPES}`,
		},
	],
});

/** The form field `externalApplicationId`: one external application. New objects each time. */
export const externalApplicationLocator = (): INodeProperties => ({
	displayName: EXTERNAL_APPLICATION_LABEL,
	name: 'externalApplicationId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The external application (外部投递) whose background checks are wanted',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an external application...',
			hint: `Type a candidate’s name to search. ${NEEDS_SCOPES} Without them or a name, the list is made from the background checks.`,
			typeOptions: {
				searchListMethod: 'searchExternalApplications',
				searchable: true,
				slowLoadNotice: {
					message: 'Feishu lists applications person by person, or check by check',
					timeout: SLOW_AFTER_MS,
				},
			},
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 6960663240925956660',
			hint: 'The external application ID (外部投递 ID): from the system that created the application, or from an item of "Get by Candidate"',
		},
	],
});

/** The option `mobileCode`, read by `readCandidate`. A new object each time. */
export const mobileCodeOption = (): INodeProperties => ({
	displayName: MOBILE_CODE_LABEL,
	name: 'mobileCode',
	type: 'string',
	default: '86',
	placeholder: 'e.g. 86',
	description: 'Country code (国际区号) of phone numbers that are entered without one, digits only',
});
