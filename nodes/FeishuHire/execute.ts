import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ParameterError } from '../shared/form/parameterError';
import { toNodeError } from '../shared/nodeErrors';
import type { Runnable } from '../shared/run/operation';
import { DEFAULT_RESOURCE } from './parameters';
import { resources } from './resources';

/** Runs the node: the operation is the same for all items. @throws NodeApiError, NodeOperationError */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const resource: unknown = context.getNodeParameter('resource', 0, DEFAULT_RESOURCE);
	const operation: unknown = context.getNodeParameter('operation', 0, '');
	return await chosen(context, resource, operation).run(context);
}

/** n8n can store and run an operation that the form does not offer, such as its "Custom API Call". */
function chosen(context: IExecuteFunctions, resource: unknown, operation: unknown): Runnable {
	const operations = resources.find(({ value }) => value === resource)?.operations ?? [];
	const found = operations.find(({ value }) => value === operation);
	if (found) return found;
	const problem = new ParameterError(
		operations.length === 0 ? 'Resource' : 'Operation',
		'has a value that does not exist',
		'Choose another one. For other APIs of Feishu Hire use the HTTP Request node with this credential.',
	);
	throw toNodeError(context.getNode(), problem);
}
