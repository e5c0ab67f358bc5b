import type { INodeProperties } from 'n8n-workflow';
import { dayField } from '../../../form/dateTime';
import { inOrder, hiddenFromModels, requestsPerSecondOption } from '../../../form/requestOptions';
import { simplifyField } from '../../../form/simplify';
import { MAX_PAGE_SIZE } from '../../../hire/api/backgroundChecks';
import { fileOptions } from '../../attach';

// Form fields that several operations share. Workflows store names and values, so these never change.

export const simplifyCheckField = (): INodeProperties =>
	simplifyField(
		"Returns all documented fields, the most important first, with dates as text in the workflow's time zone",
	);

/** The form field Download Attachments, with its settings. */
export const attachmentFields = (): INodeProperties[] => [
	{
		displayName: 'Download Attachments',
		name: 'downloadAttachments',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the attachments (附件) of each check as binary data. The app needs the scope hire:attachment:readonly or hire:attachment.',
	},
	attachmentOptions(),
];

/** The collection Filters, read by `readFilters.ts`. */
export const filters = (): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description:
		'Which background checks to return. Feishu cannot filter them, so the node reads on until it reaches the limit or the end of the list.',
	options: [
		dayField(
			'Date From',
			'dateFrom',
			'The earliest date (背调日期). Background checks without a date do not match',
		),
		dayField('Date To', 'dateTo', 'The latest date (背调日期), including that day'),
		{
			displayName: 'Name Contains',
			name: 'nameContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. 入职前',
			description: 'Part of the name (背调名称) of the background check, not case-sensitive',
		},
		{
			displayName: 'Results',
			name: 'results',
			type: 'string',
			default: '',
			placeholder: 'e.g. 未通过, 存疑',
			description:
				'Results (背调结果) to match, separated by commas or new lines. Leave empty for any result.',
		},
	],
});

/** The settings of Download Attachments. */
const attachmentOptions = (): INodeProperties => ({
	displayName: 'Attachment Options',
	name: 'attachmentOptions',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { downloadAttachments: [true] } },
	options: inOrder([
		{
			displayName: 'Attachment Type',
			name: 'attachmentType',
			type: 'options',
			options: [
				{ name: 'Resume', value: 1, description: 'Resume of a candidate (简历附件)' },
				{ name: 'Portfolio', value: 2, description: 'Portfolio of a candidate (作品附件)' },
				{
					name: 'General',
					value: 3,
					description: 'General attachment (通用附件), the type that background checks have',
				},
			],
			default: 3,
			description: 'The type of the attachments to download (附件类型)',
		},
		...fileOptions('Attachment', 'attachment_list'),
	]),
});

/** The options of all operations that read checks. */
export const queryOptions = (): INodeProperties[] => [
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_PAGE_SIZE },
		default: MAX_PAGE_SIZE,
		description: 'How many background checks to get per request (分页大小), 1 to 20',
		displayOptions: hiddenFromModels(),
	},
	requestsPerSecondOption(),
];

/** Options of operations that read a single list. */
export const scanOptions = (): INodeProperties[] => [
	{
		displayName: 'Page Token',
		name: 'pageToken',
		type: 'string',
		// Not a secret, but n8n's linter requires this if a name contains "token".
		typeOptions: { password: true },
		default: '',
		description:
			'The page_token (分页标记) to start from, as returned with the Response Format "Pages". Leave empty to start at the beginning.',
		displayOptions: hiddenFromModels(),
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		options: [
			{
				name: 'Checks',
				value: 'checks',
				description: 'One item for each background check',
			},
			{
				name: 'Pages',
				value: 'pages',
				description:
					'One item for each page as Feishu returns it, with items, has_more and page_token. The limit does not cut pages.',
			},
		],
		default: 'checks',
		description: 'What each output item contains',
		displayOptions: hiddenFromModels(),
	},
];
