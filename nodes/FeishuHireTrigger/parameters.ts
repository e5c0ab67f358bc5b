import type { INodeProperties } from 'n8n-workflow';
import { optionsField, requestsPerSecondOption } from '../shared/form/requestOptions';
import { simplifyField } from '../shared/form/simplify';
import { statusOptions } from '../shared/operations/backgroundCheckOrder/fields';
import { COMPARED_FIELDS, EVENTS } from './events';
import { ORDER_EVENTS } from './orders/compareOrders';

/**
 * The node's form. Workflows store names and values, so these never change.
 *
 * @returns new objects each time: n8n adds "Poll Times" to the array whenever it loads the node
 */
export const parameters = (): INodeProperties[] => [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Changed',
				value: 'changed',
				description:
					"When a background check's date, name, result or number of attachments changes",
				action: 'On background check changed',
			},
			{
				name: 'Created',
				value: 'created',
				description: 'When there is a new background check',
				action: 'On background check created',
			},
			{
				name: 'Deleted',
				value: 'deleted',
				description: 'When two polls in a row do not find a background check',
				action: 'On background check deleted',
			},
			{
				name: 'Order Completed',
				value: 'orderCompleted',
				description: 'When a background check order (背调订单) is completed',
				action: 'On background check order completed',
			},
			{
				name: 'Order Created',
				value: 'orderCreated',
				description: 'When there is a new background check order (背调订单)',
				action: 'On background check order created',
			},
			{
				name: 'Order Report Added',
				value: 'orderReportAdded',
				description: 'When a background check order (背调订单) gets a new report',
				action: 'On background check order report added',
			},
			{
				name: 'Order Status Changed',
				value: 'orderStatusChanged',
				description: 'When the status of a background check order (背调订单) changes',
				action: 'On background check order status changed',
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
				description: 'All external background checks in the tenant',
			},
			{
				name: 'External Applications',
				value: 'applications',
				description: 'Only the background checks of certain external applications (外部投递)',
			},
		],
		default: 'all',
		description:
			'Which background checks to watch. If you change this, the trigger starts over: its next poll only notes what already exists.',
		displayOptions: { show: { events: [...EVENTS] } },
	},
	{
		displayName: 'External Application IDs',
		name: 'externalApplicationIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 6960663240925956660, 6960663240925956661',
		description:
			'IDs of the external applications (外部投递 ID) as text, separated by commas, spaces or new lines, or as a JSON array. Each ID takes at least one request per poll.',
		displayOptions: { show: { events: [...EVENTS], watch: ['applications'] } },
	},
	simplifyField(),
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
			description: 'Which fields to watch for changes',
			displayOptions: { show: { '/events': ['changed'] } },
		},
		{
			displayName: 'Conclusion Is',
			name: 'conclusionIs',
			type: 'string',
			default: '',
			placeholder: 'e.g. 红灯, 黄灯',
			description:
				'Trigger only for orders with one of these conclusions (背调结论), separated by commas or new lines. Leave empty for any conclusion.',
			displayOptions: { show: { '/events': [...ORDER_EVENTS] } },
		},
		{
			displayName: 'Include Existing on First Run',
			name: 'includeExistingOnFirstRun',
			type: 'boolean',
			default: false,
			description:
				'Whether the first run returns everything that already exists, as if it had just been created',
		},
		{
			displayName: 'Order Status Is',
			name: 'orderStatusIs',
			type: 'multiOptions',
			options: statusOptions(),
			default: [],
			description:
				'Trigger only for orders with one of these statuses. Leave empty for any status.',
			displayOptions: { show: { '/events': [...ORDER_EVENTS] } },
		},
		{
			...requestsPerSecondOption(),
			displayOptions: { show: { '/events': [...EVENTS] } },
		},
		{
			displayName: 'Result Is',
			name: 'resultIs',
			type: 'string',
			default: '',
			placeholder: 'e.g. 未通过, 存疑',
			description:
				'Trigger only for background checks with one of these results (背调结果), separated by commas or new lines. Leave empty for any result.',
			displayOptions: { show: { '/events': [...EVENTS] } },
		},
		{
			displayName: 'Supplier Contains',
			name: 'supplierContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. 八方锦程',
			description:
				'Trigger only if the name of the supplier (背调供应商) contains one of these texts, separated by commas or new lines. Leave empty for any supplier.',
			displayOptions: { show: { '/events': [...ORDER_EVENTS] } },
		},
	]),
];
