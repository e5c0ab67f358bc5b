import type { INodeProperties } from 'n8n-workflow';
import { choices, resources } from './resources';

export const DEFAULT_RESOURCE = 'externalBackgroundCheck';

/** The form of the node. Fresh at each call, because n8n adds to the array it is given. */
export const parameters = (): INodeProperties[] => [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: choices(resources),
		default: DEFAULT_RESOURCE,
	},
	...resources.map(
		({ value, operations, defaultOperation }): INodeProperties => ({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [value] } },
			options: choices(operations),
			default: defaultOperation,
		}),
	),
	...resources.flatMap(({ value: resource, operations }) =>
		operations.flatMap(({ value: operation, fields }) =>
			fields().map((field) => shownFor(field, resource, operation)),
		),
	),
];

function shownFor(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const { show, ...others } = field.displayOptions ?? {};
	return {
		...field,
		displayOptions: {
			...others,
			show: { ...show, resource: [resource], operation: [operation] },
		},
	};
}
