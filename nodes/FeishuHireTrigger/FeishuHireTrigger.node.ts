import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { parameters, samplesHint } from './parameters';
import { poll } from './poll';

export class FeishuHireTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Feishu Hire Trigger',
		name: 'feishuHireTrigger',
		icon: {
			light: 'file:../../icons/feishuHire.svg',
			dark: 'file:../../icons/feishuHire.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ "background checks: " + $parameter["events"].join(", ") }}',
		// n8n's node panel shows it for the node Feishu Hire, too: both are one entry there.
		description:
			'Starts the workflow when an external background check (外部背调) of Feishu Hire (飞书招聘) is created, changed or deleted. The actions of Feishu Hire record, change and remove background checks and external applications.',
		defaults: { name: 'Feishu Hire Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'feishuHireApi', required: true }],
		properties: parameters(),
		hints: [samplesHint()],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const items = await poll(this);
		return items && [items];
	}
}
