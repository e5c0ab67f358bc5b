import type { INodeProperties } from 'n8n-workflow';
import { hiddenFromModels } from '../../form/requestOptions';
import { ORDER_STATUSES, simplifiedOrder } from '../../hire/order';

/** The fields of a simplified order. */
export const ORDER_FIELDS = Object.keys(simplifiedOrder({}, 'utc'));

const forModels = () => ({ '@tool': [true] });

/** What comes out: a switch for people, and a choice for models, which read every field. Read by `request.ts`. */
export const outputFields = (): INodeProperties[] => [
	{
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		hint: 'Ten fields, with the status as a word and times as text, and without phone numbers and e-mail addresses',
		displayOptions: hiddenFromModels(),
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: 'As Feishu sends it, including contact data' },
			{
				name: 'Selected Fields',
				value: 'selectedFields',
				description: 'Only the fields you choose',
			},
			{ name: 'Simplified', value: 'simplified', description: 'The ten fields that people read' },
		],
		default: 'simplified',
		displayOptions: { show: forModels() },
	},
	{
		displayName: 'Fields',
		name: 'selectedFields',
		type: 'multiOptions',
		options: ORDER_FIELDS.map((field) => ({ name: field, value: field })),
		default: ['order_id', 'candidate_name', 'status', 'conclusion'],
		displayOptions: { show: { ...forModels(), output: ['selectedFields'] } },
	},
];

/** Download Reports, with its settings. */
export const reportFields = (): INodeProperties[] => [
	{
		displayName: 'Download Reports',
		name: 'downloadReports',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the reports (背调报告) as binary data. Some suppliers give the address of a page instead of a file; it is not downloaded.',
		displayOptions: hiddenFromModels(),
	},
	{
		displayName: 'Report Options',
		name: 'reportOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { ...hiddenFromModels(), show: { downloadReports: [true] } },
		options: [
			{
				displayName: 'Max Report Size (MB)',
				name: 'maxReportSizeMb',
				type: 'number',
				typeOptions: { minValue: 0.001 },
				default: 50,
				description: 'Larger files are left out; the item names them in reports_skipped',
			},
			{
				displayName: 'Reports',
				name: 'which',
				type: 'options',
				options: [
					{ name: 'All', value: 'all', description: 'Interim reports (阶段报告), too' },
					{ name: 'Final', value: 'final', description: 'Final reports (终版报告) only' },
				],
				default: 'final',
				description: 'Which reports to download',
			},
			{
				displayName: 'Reports Prefix',
				name: 'reportsPrefix',
				type: 'string',
				default: 'report_',
				description:
					'Beginning of the names of the fields with files. The reports of an order are in report_0, report_1 and so on, by their position in its list.',
			},
		],
	},
];

/** The statuses to choose from; forms share no object. */
export const statusOptions = () =>
	Object.entries(ORDER_STATUSES).map(([value, name]) => ({
		value: Number(value),
		name: name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace(' In ', ' in '),
	}));

export const STATUSES = Object.keys(ORDER_STATUSES).map(Number);
