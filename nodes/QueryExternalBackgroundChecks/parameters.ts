import type { INodeProperties } from 'n8n-workflow';
import { candidateLocator, externalApplicationLocator } from '../shared/form/locators';
import { attachmentOptions, filters, options } from './collections';
import { DEFAULTS } from './defaults';

const { operation } = DEFAULTS;

const LISTS = ['getMany', 'getByCandidate', 'getByApplication'];

/**
 * The form of the node. Names and values are stored in workflows: they never change. Fresh at each
 * call, because n8n adds to the array it is given. Defaults that stand here are the same as in
 * `defaults.ts` (a test compares them): n8n's linter wants them as literals.
 */
export const parameters = (): INodeProperties[] => [
	{
		displayName:
			'Background checks that were ordered inside Feishu Hire (背调订单) are another thing: this node does not see them',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Get by Candidate',
				value: 'getByCandidate',
				description: 'The background checks of a candidate (候选人): by e-mail, phone, name or ID',
				action: 'Get background checks of candidate',
			},
			{
				name: 'Get by External Application',
				value: 'getByApplication',
				description: 'The background checks of one external application (外部投递)',
				action: 'Get background checks of external application',
			},
			{
				name: 'Get by IDs',
				value: 'getByIds',
				description: 'The background checks with the given IDs (外部背调 ID)',
				action: 'Get background checks by ID',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				description: 'Every external background check (全部外部背调) of the tenant',
				action: 'Get many background checks',
			},
		],
		default: operation,
		description: 'Which background checks to get',
	},
	candidateLocator({ show: { operation: ['getByCandidate'] } }),
	externalApplicationLocator({ show: { operation: ['getByApplication'] } }),
	{
		displayName: 'External Background Check IDs',
		name: 'externalBackgroundCheckIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 6960663240925956660, 6960663240925956661',
		hint: 'IDs (外部背调 ID) come from the system that created the background checks, or from an item of an earlier query. No page of Feishu Hire shows them.',
		description:
			'IDs of the external background checks (外部背调 ID), any number of them, as text: separated by commas, semicolons, spaces or new lines, or as a JSON array of texts. An expression may give an array. The address of a page that holds one ID is understood.',
		displayOptions: { show: { operation: ['getByIds'] } },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: { operation: [...LISTS] } },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { operation: [...LISTS], returnAll: [false] } },
	},
	{
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		hint: "What people read first comes first, no documented field is missing, and the date is a text in the workflow's time zone",
	},
	filters({ show: { operation: [...LISTS] } }),
	{
		displayName: 'Download Attachments',
		name: 'downloadAttachments',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the report files (附件) of each check as binary data. The app needs the scope hire:attachment:readonly or hire:attachment.',
	},
	attachmentOptions({ show: { downloadAttachments: [true] } }),
	options(),
];
