import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { searchCandidates } from '../shared/listSearch/searchCandidates';
import { searchExternalApplications } from '../shared/listSearch/searchExternalApplications';
import { downloadHint } from '../shared/operations/externalBackgroundCheck/read/notices';
import { chosenName, runOperation } from '../shared/run/operations';
import { DEFAULT_RESOURCE, parameters } from './parameters';
import { resources } from './resources';

const operations = resources.flatMap((resource) => resource.operations);

export class FeishuHire implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Feishu Hire',
		name: 'feishuHire',
		icon: {
			light: 'file:../../icons/feishuHire.svg',
			dark: 'file:../../icons/feishuHire.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle: `={{ ${chosenName(operations, 'operation')} + " " + ${chosenName(resources, 'resource')} }}`,
		description:
			'Manage external background checks (外部背调) and external applications in Feishu Hire (飞书招聘), and get background check orders and candidates',
		defaults: { name: 'Feishu Hire' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'feishuHireApi', required: true }],
		hints: [downloadHint('Attachments'), downloadHint('Reports')],
		properties: parameters(),
	};

	methods = { listSearch: { searchCandidates, searchExternalApplications } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (this.getInputData().length === 0) return [[]];
		const chosen: unknown = this.getNodeParameter('resource', 0, DEFAULT_RESOURCE);
		const resource = resources.find(({ value }) => value === chosen);
		return [await runOperation(this, resource?.operations ?? [], '')];
	}
}
