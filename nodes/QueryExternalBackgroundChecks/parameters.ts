import type { INodeProperties } from 'n8n-workflow';
import { operationField, operationFields } from '../shared/run/operations';
import { DEFAULTS } from '../shared/operations/externalBackgroundCheck/read/defaults';
import { reads } from '../shared/operations/externalBackgroundCheck/reads';

/** The form of the node. Fresh at each call, because n8n adds to the array it is given. */
export const parameters = (): INodeProperties[] => [
	{
		displayName:
			'Background checks that were ordered inside Feishu Hire (背调订单) are another thing: this node does not see them',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		...operationField(reads, DEFAULTS.operation),
		description: 'Which background checks to get',
	},
	...operationFields(reads),
];
