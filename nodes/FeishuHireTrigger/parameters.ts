import type { INodeProperties } from 'n8n-workflow';
import { optionsField, requestsPerSecondOption } from '../shared/form/requestOptions';
import { COMPARED_FIELDS } from './events';

/**
 * The form of the node. Names and values are stored in workflows: they never change.
 *
 * @returns objects of its own each time: n8n puts "Poll Times" into the array whenever it loads the node
 */
export const parameters = (): INodeProperties[] => [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Created',
				value: 'created',
				description: 'A background check that was not there before',
				action: 'On background check created',
			},
			{
				name: 'Changed',
				value: 'changed',
				description:
					'A background check with another date, name, result or number of attachments than before',
				action: 'On background check changed',
			},
			{
				name: 'Deleted',
				value: 'deleted',
				description: 'A background check that is gone: two polls in a row did not find it',
				action: 'On background check deleted',
			},
		],
		default: ['created', 'changed'],
	},
	{
		displayName: 'Watch',
		name: 'watch',
		type: 'options',
		options: [
			{
				name: 'All',
				value: 'all',
				description: 'Every external background check of the tenant',
			},
			{
				name: 'External Applications',
				value: 'applications',
				description: 'The background checks of the given external applications (外部投递)',
			},
		],
		default: 'all',
		description:
			'Which background checks to watch. A change of this starts anew: what exists then is taken as known.',
	},
	{
		displayName: 'External Application IDs',
		name: 'externalApplicationIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 6960663240925956660, 6960663240925956661',
		description:
			'IDs of the external applications (外部投递 ID), any number of them, as text: separated by commas, semicolons, spaces or new lines, or as a JSON array of texts. Each of them costs at least one request per poll.',
		displayOptions: { show: { watch: ['applications'] } },
	},
	{
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	optionsField([
		{
			displayName: 'Changed Fields',
			name: 'changedFields',
			type: 'multiOptions',
			options: [
				{ name: 'Attachments', value: 'attachments', description: 'The number of attachments' },
				{ name: 'Date', value: 'date' },
				{ name: 'Name', value: 'name' },
				{ name: 'Result', value: 'result' },
			],
			default: [...COMPARED_FIELDS],
			description: 'Which fields count as a change; the others are not looked at',
		},
		{
			displayName: 'Include Existing on First Run',
			name: 'includeExistingOnFirstRun',
			type: 'boolean',
			default: false,
			description:
				'Whether the first run emits every background check that exists then, as created. Otherwise they are taken as known.',
		},
		requestsPerSecondOption(),
		{
			displayName: 'Result Is',
			name: 'resultIs',
			type: 'string',
			default: '',
			placeholder: 'e.g. 未通过, 存疑',
			description:
				'Emit only background checks whose result (背调结果) is one of these texts, separated by commas or new lines. Leave empty for any result.',
		},
	]),
];
