import type { INodeProperties } from 'n8n-workflow';
import { isAiTool } from '../../aiTool';
import type { Form } from '../../form/form';
import { inOrder, hiddenFromModels } from '../../form/requestOptions';
import { simplifyField } from '../../form/simplify';
import { boolean, oneOf, someOf } from '../../form/values';
import { ORDER_STATUSES, simplifiedOrder } from '../../hire/order';
import type { ItemRequest } from '../../run/operation';
import { fileOptions, readFileOptions, type FileOptions } from '../attach';
import { readIfNotFound } from '../notFound';
import type { Wish } from '../output';

/** The fields of a simplified order. */
const ORDER_FIELDS = Object.keys(simplifiedOrder({}, 'utc'));

const forModels = () => ({ '@tool': [true] });

/**
 * The form fields for the output: a switch for people, and a choice of fields for AI models, which
 * read every field.
 */
export const outputFields = (): INodeProperties[] => [
	{
		...simplifyField(
			'Returns ten fields, with the status as a word and times as text. Phone numbers and email addresses are left out.',
		),
		displayOptions: hiddenFromModels(),
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: 'As Feishu returns it, including contact details' },
			{
				name: 'Selected Fields',
				value: 'selectedFields',
				description: 'Only the fields you choose',
			},
			{ name: 'Simplified', value: 'simplified', description: 'The ten most useful fields' },
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

/** The form field Download Reports, with its settings. */
export const reportFields = (): INodeProperties[] => [
	{
		displayName: 'Download Reports',
		name: 'downloadReports',
		type: 'boolean',
		default: false,
		description:
			'Whether to download the reports (背调报告) as binary data. If a supplier provides a web page instead of a file, it is not downloaded.',
		displayOptions: hiddenFromModels(),
	},
	{
		displayName: 'Report Options',
		name: 'reportOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { ...hiddenFromModels(), show: { downloadReports: [true] } },
		options: inOrder([
			...fileOptions('Report', 'reports'),
			{
				displayName: 'Reports',
				name: 'which',
				type: 'options',
				options: [
					{
						name: 'All',
						value: 'all',
						description: 'Final reports and interim reports (阶段报告)',
					},
					{ name: 'Final', value: 'final', description: 'Only final reports (终版报告)' },
				],
				default: 'final',
				description: 'Which reports to download',
			},
		]),
	},
];

/** The statuses to choose from. New objects each time. */
export const statusOptions = () =>
	Object.entries(ORDER_STATUSES).map(([value, name]) => ({
		value: Number(value),
		name: name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace(' In ', ' in '),
	}));

export const STATUSES = Object.keys(ORDER_STATUSES).map(Number);

export interface ReportOptions extends FileOptions {
	which: 'final' | 'all';
}

/** The request of all operations on background check orders. */
export interface OrdersRequest extends ItemRequest, Wish {
	/** Set if the files are wanted. */
	reports?: ReportOptions;
}

/** @throws ParameterError */
export const readOrdersRequest = (form: Form): OrdersRequest => ({
	itemIndex: form.itemIndex,
	ifNotFound: readIfNotFound(form),
	...(isAiTool(form.context.getNode()) ? readOutput(form) : readSwitches(form)),
});

function readOutput(form: Form): Pick<OrdersRequest, 'simple' | 'only'> {
	const output = oneOf('Output', form.get('output', 'simplified'), [
		'simplified',
		'raw',
		'selectedFields',
	]);
	if (output !== 'selectedFields') return { simple: output === 'simplified' };
	return {
		simple: true,
		only: [...someOf('Fields', form.get('selectedFields', []), ORDER_FIELDS)],
	};
}

function readSwitches(form: Form): Pick<OrdersRequest, 'simple' | 'reports'> {
	const simple = boolean('Simplify', form.get('simple', true));
	if (!boolean('Download Reports', form.get('downloadReports', false))) return { simple };
	const options = form.collection('reportOptions', 'Report Options');
	const which = oneOf('Reports', options.which ?? 'final', ['final', 'all']);
	return { simple, reports: { which, ...readFileOptions('Report', options) } };
}
