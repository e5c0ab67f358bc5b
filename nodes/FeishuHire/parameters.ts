import type { INodeProperties } from 'n8n-workflow';
import { operationField, operationFields } from '../shared/run/operations';
import { ordersNotice } from '../shared/operations/externalBackgroundCheck/read/notices';
import { reads } from '../shared/operations/externalBackgroundCheck/reads';
import { resources } from './resources';

export const DEFAULT_RESOURCE = 'externalBackgroundCheck';

/** The node's form. A new array each time, because n8n adds to it. */
export const parameters = (): INodeProperties[] => [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ name, value, description }) => ({ name, value, description })),
		default: DEFAULT_RESOURCE,
	},
	...resources.map(({ value, operations, defaultOperation }) =>
		operationField(operations, defaultOperation, { resource: [value] }),
	),
	{
		...ordersNotice(),
		displayOptions: {
			show: { resource: ['externalBackgroundCheck'], operation: reads.map(({ value }) => value) },
		},
	},
	...resources.flatMap(({ value, operations }) =>
		operationFields(operations, { resource: [value] }),
	),
];
