import type { INodeProperties } from 'n8n-workflow';
import { optionsField, requestsPerSecondOption } from '../shared/form/requestOptions';
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
					'The date, name, result or number of attachments of a background check has changed',
				action: 'On background check changed',
			},
			{
				name: 'Created',
				value: 'created',
				description: 'A background check is new',
				action: 'On background check created',
			},
			{
				name: 'Deleted',
				value: 'deleted',
				description: 'A background check is gone: two polls in a row did not find it',
				action: 'On background check deleted',
			},
			{
				name: 'Order Completed',
				value: 'orderCompleted',
				description: 'A background check order (背调订单) is completed',
				action: 'On background check order completed',
			},
			{
				name: 'Order Created',
				value: 'orderCreated',
				description: 'A background check order (背调订单) is new',
				action: 'On background check order created',
			},
			{
				name: 'Order Report Added',
				value: 'orderReportAdded',
				description: 'A background check order (背调订单) has a new report',
				action: 'On background check order report added',
			},
			{
				name: 'Order Status Changed',
				value: 'orderStatusChanged',
				description: 'The status of a background check order (背调订单) has changed',
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
			'Which background checks to watch. If you change this, the trigger starts anew and takes what exists as known.',
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
			'IDs of the external applications (外部投递 ID), any number of them, as text: separated by commas, semicolons, spaces or new lines, or as a JSON array of texts. Each of them costs at least one request per poll.',
		displayOptions: { show: { events: [...EVENTS], watch: ['applications'] } },
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
			description: 'Which fields count as a change',
			displayOptions: { show: { '/events': ['changed'] } },
		},
		{
			displayName: 'Conclusion Is',
			name: 'conclusionIs',
			type: 'string',
			default: '',
			placeholder: 'e.g. 红灯, 黄灯',
			description:
				'Emit only orders whose conclusion (背调结论) is one of these texts, separated by commas or new lines. Leave empty for any conclusion.',
			displayOptions: { show: { '/events': [...ORDER_EVENTS] } },
		},
		{
			displayName: 'Include Existing on First Run',
			name: 'includeExistingOnFirstRun',
			type: 'boolean',
			default: false,
			description: 'Whether the first run emits everything that exists, as created',
		},
		{
			displayName: 'Order Status Is',
			name: 'orderStatusIs',
			type: 'multiOptions',
			options: statusOptions(),
			default: [],
			description: 'Emit only orders with one of these statuses. Leave empty for any status.',
			displayOptions: { show: { '/events': [...ORDER_EVENTS] } },
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
			displayOptions: { show: { '/events': [...EVENTS] } },
		},
		{
			displayName: 'Supplier Contains',
			name: 'supplierContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. 八方锦程',
			description:
				'Emit only orders whose supplier (背调供应商) has one of these texts in its name, separated by commas or new lines. Leave empty for any supplier.',
			displayOptions: { show: { '/events': [...ORDER_EVENTS] } },
		},
	]),
];
