import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ParameterError } from '../form/parameterError';
import { toNodeError } from '../nodeErrors';
import type { Offer, Runnable } from './operation';

/** The form field that selects the operation. */
export const operationField = (
	operations: readonly Offer[],
	defaultValue: string,
	show: { resource?: string[] } = {},
): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	...(show.resource && { displayOptions: { show } }),
	options: operations.map(({ name, value, description, action }) => ({
		name,
		value,
		description,
		action,
	})),
	default: defaultValue,
});

/** The part of a subtitle's expression that gives the name of a parameter's choice. */
export const chosenName = (
	offers: ReadonlyArray<Pick<Offer, 'name' | 'value'>>,
	parameter: string,
): string => {
	const names = Object.fromEntries(offers.map(({ value, name }) => [value, name]));
	return `${JSON.stringify(names)}[$parameter["${parameter}"]]`;
};

/** The form fields of operations, each shown for its own operation only. */
export const operationFields = (
	operations: readonly Offer[],
	show: { resource?: string[] } = {},
): INodeProperties[] =>
	operations.flatMap(({ value, fields }) =>
		fields().map((field) => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				show: { ...field.displayOptions?.show, ...show, operation: [value] },
			},
		})),
	);

/**
 * Runs the chosen operation, which is the same for all items. n8n can store and run a value that
 * the form does not offer, such as its "Custom API Call".
 *
 * @param operations the choices; empty if the resource does not exist
 * @throws NodeApiError or NodeOperationError
 */
export async function runOperation(
	context: IExecuteFunctions,
	operations: readonly Runnable[],
	defaultValue: string,
): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const chosen: unknown = context.getNodeParameter('operation', 0, defaultValue);
	const operation = operations.find(({ value }) => value === chosen);
	if (operation) return await operation.run(context);
	const problem = new ParameterError(
		operations.length === 0 ? 'Resource' : 'Operation',
		'has an invalid value',
		'Choose one from the list. For other Feishu Hire APIs, use the HTTP Request node with this credential.',
	);
	throw toNodeError(context.getNode(), problem);
}
