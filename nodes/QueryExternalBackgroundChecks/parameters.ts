import type { INodeProperties } from 'n8n-workflow';
import { requestsPerSecondOption, timeoutOption } from '../shared/form/requestOptions';

/** The form of the node. Names and values are stored in workflows: they never change. */
export const parameters: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
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
				action: 'Get background checks by IDs',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				description: 'Every external background check (全部外部背调) of the tenant',
				action: 'Get many background checks',
			},
		],
		default: 'getMany',
		description: 'Which background checks to get',
	},
	{
		displayName: 'External Application ID',
		name: 'externalApplicationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 6960663240925956660',
		description:
			'ID of the external application (外部投递 ID), as text. It comes from the API "List external applications" (查询外部投递列表), or from the system that created the application.',
		displayOptions: { show: { operation: ['getByApplication'] } },
	},
	{
		displayName: 'External Background Check IDs',
		name: 'externalBackgroundCheckIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 6960663240925956660, 6960663240925956661',
		description:
			'IDs of the external background checks (外部背调 ID), any number of them, as text: separated by commas, semicolons, spaces or new lines, or as a JSON array of texts. An expression may give an array. The IDs come from the API "Create external background check" (创建外部背调) or from an earlier query.',
		displayOptions: { show: { operation: ['getByIds'] } },
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { show: { operation: ['getByApplication', 'getMany'] } },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { operation: ['getByApplication', 'getMany'], returnAll: [false] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
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
				default: 3,
				description: 'Which kind of attachment (附件类型) to ask Feishu for',
				displayOptions: { show: { downloadAttachments: [true] } },
			},
			{
				displayName: 'Binary Property Prefix',
				name: 'binaryPropertyPrefix',
				type: 'string',
				default: 'attachment_',
				description:
					'Beginning of the names of the binary fields. The files of a check are in attachment_0, attachment_1 and so on, by their position in attachment_list.',
				displayOptions: { show: { downloadAttachments: [true] } },
			},
			{
				displayName: 'Download Attachments',
				name: 'downloadAttachments',
				type: 'boolean',
				default: false,
				description:
					'Whether to download the report files (附件) of each check as binary data. The app needs the scope hire:attachment:readonly or hire:attachment.',
			},
			{
				displayName: 'Max Attachment Size (MB)',
				name: 'maxAttachmentSizeMb',
				type: 'number',
				typeOptions: { minValue: 0.001 },
				default: 50,
				description: 'Larger files are left out; the item names them in attachments_skipped',
				displayOptions: { show: { downloadAttachments: [true] } },
			},
			{
				displayName: 'If Not Found',
				name: 'ifNotFound',
				type: 'options',
				options: [
					{
						name: 'Error',
						value: 'error',
						description: 'The item fails when one of its IDs is not found',
					},
					{
						name: 'Include',
						value: 'include',
						description: 'An ID that is not found gives an item with its ID and found: false',
					},
					{
						name: 'Skip',
						value: 'skip',
						description: 'An ID that is not found gives no item; a hint names it',
					},
				],
				default: 'skip',
				description:
					'What to do with IDs that Feishu does not know. A model does not see hints: for an AI agent choose Include.',
				displayOptions: { show: { '/operation': ['getByIds'] } },
			},
			{
				displayName: 'Page Size',
				name: 'pageSize',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 20 },
				default: 20,
				description: 'How many background checks to ask for in one request (分页大小), 1 to 20',
			},
			{
				displayName: 'Page Token',
				name: 'pageToken',
				type: 'string',
				// No secret, but n8n's linter asks for this wherever a name contains "token".
				typeOptions: { password: true },
				default: '',
				description:
					'The page_token (分页标记) of an earlier page, to start after it: an item of the Response Format "Pages" holds it. Leave empty to start at the beginning.',
				displayOptions: { show: { '/operation': ['getByApplication', 'getMany'] } },
			},
			requestsPerSecondOption,
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
							'One item for each answered page, with items, has_more and page_token, for workflows that loop over the pages themselves. Pages are never cut: with a limit the last one is whole.',
					},
				],
				default: 'checks',
				description: 'What an output item holds',
			},
			timeoutOption,
		],
	},
];
