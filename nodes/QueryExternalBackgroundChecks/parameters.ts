import type { INodeProperties } from 'n8n-workflow';
import { operationField, operationFields } from '../shared/run/operations';
import { DEFAULTS } from '../shared/operations/externalBackgroundCheck/read/defaults';
import { ordersNotice } from '../shared/operations/externalBackgroundCheck/read/notices';
import { reads } from '../shared/operations/externalBackgroundCheck/reads';

/** The node's form. A new array each time, because n8n adds to it. */
export const parameters = (): INodeProperties[] => [
	ordersNotice(),
	{
		...operationField(reads, DEFAULTS.operation),
		description: 'Which background checks to get',
	},
	...operationFields(reads),
];
