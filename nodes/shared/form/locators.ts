import type { INodeProperties } from 'n8n-workflow';
import { CANDIDATE_LABEL, MOBILE_CODE_LABEL } from './candidate';

/** The parameter's label in the editor. */
export const EXTERNAL_APPLICATION_LABEL = 'External Application';

/** Finding a candidate by anything but a talent ID needs both scopes; a talent ID needs only the second. */
const NEEDS_SCOPES =
	'Requires the scope hire:talent:readonly (or hire:talent) and, for external applications, hire:external_application.';

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
	description: 'The candidate (候选人) whose background checks to get, one per input item',
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
			hint: `Enter any one of these. Phone numbers without a country code get the one from the option 'Mobile Code'. ${NEEDS_SCOPES}`,
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
	description: 'The external application (外部投递) whose background checks to get',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an external application...',
			hint: `Type the name of a candidate to search. ${NEEDS_SCOPES} Without them, or without a name, the list only shows applications with background checks.`,
			typeOptions: {
				searchListMethod: 'searchExternalApplications',
				searchable: true,
				slowLoadNotice: {
					message: 'Feishu is still searching',
					timeout: SLOW_AFTER_MS,
				},
			},
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 6960663240925956660',
			hint: 'The external application ID (外部投递 ID), from the system that created the application or from the output of "Get by Candidate"',
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
	description: 'Country code (国际区号) for phone numbers entered without one, digits only',
});
