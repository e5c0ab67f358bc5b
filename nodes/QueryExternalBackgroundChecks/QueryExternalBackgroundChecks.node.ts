import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { execute } from './execute';
import { parameters } from './parameters';

export class QueryExternalBackgroundChecks implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Query External Background Checks',
		name: 'queryExternalBackgroundChecks',
		icon: {
			light: 'file:../../icons/feishuHire.svg',
			dark: 'file:../../icons/feishuHire.dark.svg',
		},
		group: ['input'],
		version: 1,
		subtitle:
			'={{ { getMany: "Get Many", getByApplication: "Get by External Application", getByIds: "Get by IDs" }[$parameter["operation"]] }}',
		description:
			'Get the external background checks (外部背调) of candidates from Feishu Hire (飞书招聘): of one external application, by a list of IDs, or all of them. Each has an ID, a name, a date, a result and a list of report files. An empty answer means that there are none.',
		defaults: { name: 'Query External Background Checks' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'feishuHireApi', required: true }],
		properties: parameters,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await execute(this)];
	}
}
