import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { searchCandidates } from '../shared/listSearch/searchCandidates';
import { searchExternalApplications } from '../shared/listSearch/searchExternalApplications';
import { chosenName, runOperation } from '../shared/run/operations';
import { downloadHint } from '../shared/operations/externalBackgroundCheck/read/notices';
import { reads } from '../shared/operations/externalBackgroundCheck/reads';
import { DEFAULT_OPERATION, parameters } from './parameters';

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
		subtitle: `={{ ${chosenName(reads, 'operation')} }}`,
		description:
			'Get the external background checks (外部背调) of candidates in Feishu Hire (飞书招聘) by email, phone, name or ID. This node only reads.',
		defaults: { name: 'Query External Background Checks' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'feishuHireApi', required: true }],
		hints: [downloadHint('Attachments')],
		properties: parameters(),
	};

	methods = { listSearch: { searchCandidates, searchExternalApplications } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, reads, DEFAULT_OPERATION)];
	}
}
