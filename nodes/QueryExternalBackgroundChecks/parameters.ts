import type { INodeProperties } from 'n8n-workflow';
import { operationField, operationFields } from '../shared/run/operations';
import { ordersNotice } from '../shared/operations/externalBackgroundCheck/read/notices';
import { reads } from '../shared/operations/externalBackgroundCheck/reads';

export const DEFAULT_OPERATION = 'getMany';

/** The node's form. A new array each time, because n8n adds to it. */
export const parameters = (): INodeProperties[] => [
	ordersNotice(),
	{
		...operationField(reads, DEFAULT_OPERATION),
		description: 'Which background checks to get',
	},
	...operationFields(reads),
];
