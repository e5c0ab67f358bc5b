import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { parameters } from './parameters';
import { poll } from './poll';
import { showTestEvents } from './testEvents';

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
		subtitle: '={{ $parameter["events"].join(", ") }}',
		// n8n's node panel shows this for Feishu Hire too: it lists both nodes as one entry.
		description:
			'Manage external background checks (外部背调) in Feishu Hire (飞书招聘), get background check orders (背调订单), or start a workflow when they change',
		defaults: { name: 'Feishu Hire Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'feishuHireApi', required: true }],
		properties: parameters(),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const items = await poll(this);
		return items && [items];
	}

	/**
	 * Passes on what a poll found. In a manual run n8n calls this instead of `poll`, which could not
	 * show a hint (n8n-core `workflow-execute.js`, `executePollNode`).
	 */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getMode() === 'manual' ? await showTestEvents(this) : this.getInputData()];
	}
}
