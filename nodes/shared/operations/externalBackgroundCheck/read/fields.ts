import type { INodeProperties } from 'n8n-workflow';
import { dayField } from '../../../form/dateTime';
import {
	inOrder,
	hiddenFromModels,
	optionsField,
	requestsPerSecondOption,
} from '../../../form/requestOptions';
import { MAX_PAGE_SIZE } from '../../../hire/api/backgroundChecks';
import { fileOptions } from '../../attach';
import { ifNotFoundOption } from '../../notFound';
import { DEFAULTS } from './defaults';

/*
 * Form fields that several operations share. Workflows store names and values, so these never change.
 * n8n's linter requires defaults as literals; a test compares them with `defaults.ts`.
 */

const { attachmentType, pageSize, responseFormat } = DEFAULTS;

export const simplifyField = (): INodeProperties => ({
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	hint: "Every documented field, the important ones first, and dates as text in the workflow's time zone",
});

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

/** The collection Options. @param others options besides those of all these operations */
export const queryOptions = (others: INodeProperties[] = []): INodeProperties =>
	optionsField([...commonOptions(), ...others]);

/** The collection Filters, read by `readFilters.ts`. */
export const filters = (): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description:
		'Which background checks to return. Feishu cannot filter, so the node reads all of them and picks; with a limit it stops as soon as so many match.',
	options: [
		dayField(
			'Date From',
			'dateFrom',
			'The earliest date (背调日期). Background checks without one do not match',
		),
		dayField('Date To', 'dateTo', 'The latest date (背调日期), until the end of that day'),
		{
			displayName: 'Name Contains',
			name: 'nameContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. 入职前',
			description: 'A part of the name (背调名称) of the background check, in upper or lower case',
		},
		{
			displayName: 'Results',
			name: 'results',
			type: 'string',
			default: '',
			placeholder: 'e.g. 未通过, 存疑',
			description:
				'The result (背调结果) is one of these texts, separated by commas or new lines. Leave empty for any result.',
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
				{ name: 'Resume', value: 1, description: 'Resume of a talent (简历附件)' },
				{ name: 'Portfolio', value: 2, description: 'Portfolio of a talent (作品附件)' },
				{
					name: 'General',
					value: 3,
					description: 'General attachment (通用附件), the kind that background checks have',
				},
			],
			default: attachmentType,
			description: 'Which kind of attachment (附件类型) to ask Feishu for',
		},
		...fileOptions('Attachment', 'attachment_list'),
	]),
});

/** The options of all operations that read checks. */
const commonOptions = (): INodeProperties[] => [
	ifNotFoundOption(),
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_PAGE_SIZE },
		default: pageSize,
		description: 'How many background checks to ask for in one request (分页大小), 1 to 20',
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
			'The page_token (分页标记) of an earlier page, to start after it: an item of the Response Format "Pages" holds it. Leave empty to start at the beginning.',
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
					'One item for each answered page as Feishu sent it, with items, has_more and page_token, for workflows that loop over the pages themselves. Pages are never cut: with a limit the last one is whole.',
			},
		],
		default: responseFormat,
		description: 'What an output item holds',
		displayOptions: hiddenFromModels(),
	},
];
