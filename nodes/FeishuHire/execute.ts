import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { runOperation } from '../shared/run/operations';
import { DEFAULT_RESOURCE } from './parameters';
import { resources } from './resources';

/** Runs the node. @throws NodeApiError, NodeOperationError */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (context.getInputData().length === 0) return [];
	const chosen: unknown = context.getNodeParameter('resource', 0, DEFAULT_RESOURCE);
	const resource = resources.find(({ value }) => value === chosen);
	return await runOperation(context, resource?.operations ?? [], '');
}
