import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { credentialType, exampleCredential } from './credential';
import { packageName, rootFolder } from './package';

export interface NodeJson {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position?: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[setting: string]: unknown;
}

export interface WorkflowJson {
	id: string;
	name: string;
	active: boolean;
	settings: Record<string, unknown>;
	nodes: NodeJson[];
	connections: Record<
		string,
		Record<string, Array<Array<{ node: string; type: string; index: 0 }>>>
	>;
}

export const queryType = `${packageName}.queryExternalBackgroundChecks`;
export const triggerType = `${packageName}.feishuHireTrigger`;
const reference = { [credentialType]: exampleCredential };

/** Our query node. The parameters are those that differ from the defaults. */
export function queryNode(parameters: Record<string, unknown>, name = 'Query'): NodeJson {
	return { name, type: queryType, typeVersion: 1, parameters, credentials: reference };
}

/** Our node that writes. The parameters are those that differ from the defaults. */
export function writeNode(parameters: Record<string, unknown>): NodeJson {
	const type = `${packageName}.feishuHire`;
	return { name: 'Feishu Hire', type, typeVersion: 1, parameters, credentials: reference };
}

/** Our trigger. The parameters are those that differ from the defaults. */
export function triggerNode(parameters: Record<string, unknown>): NodeJson {
	const name = 'Feishu Hire Trigger';
	return { name, type: triggerType, typeVersion: 1, parameters, credentials: reference };
}

/** A resource locator as n8n stores it. */
export const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

/** Nodes that output one item per row, as a spreadsheet would. */
export function rowNodes(rows: Array<Record<string, string>>): NodeJson[] {
	return [
		{
			name: 'Sheet',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} },
		},
		{
			name: 'Rows',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
	];
}

/**
 * Nodes that output an item with a PDF.
 *
 * @param name name of the node whose item is not a file yet
 * @param item the item, with the file in its field `pdf`, in base64
 */
export function pdfNodes(name: string, item: Record<string, string>, fileName: string): NodeJson[] {
	return [
		{
			name,
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify(item), options: {} },
		},
		{
			name: 'PDF',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toBinary',
				sourceProperty: 'pdf',
				options: { fileName, mimeType: 'application/pdf' },
			},
		},
	];
}

export function manualTrigger(): NodeJson {
	return { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
}

/** n8n's HTTP Request node, with our credential as a predefined credential type. */
export function httpRequestNode(url: string): NodeJson {
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credentialType,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '{ "page_size": 1 }',
			options: {},
		},
		credentials: reference,
	};
}

/** A workflow of the given nodes, each connected to the next. */
export function workflowOf(name: string, ...nodes: NodeJson[]): WorkflowJson {
	const connections: WorkflowJson['connections'] = {};
	nodes.slice(1).forEach((node, index) => {
		const before = nodes[index]?.name ?? '';
		connections[before] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return {
		id: randomUUID().replaceAll('-', '').slice(0, 16),
		name,
		active: false,
		// The time zone of the tenant's people: a date must be the day that they entered.
		settings: { executionOrder: 'v1', timezone: 'Asia/Shanghai' },
		nodes: nodes.map((node, index) => ({
			id: randomUUID(),
			position: [index * 260, 0],
			...node,
		})),
		connections,
	};
}

/** The workflows of `examples/`, by file name. */
export function exampleWorkflows(): Array<{ file: string; workflow: WorkflowJson }> {
	const folder = path.join(rootFolder, 'examples');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => ({
			file,
			workflow: JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as WorkflowJson,
		}));
}
