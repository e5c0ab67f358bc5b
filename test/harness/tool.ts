import type { EngineResponse, IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import type { CredentialStore } from './credentialStore';
import { n8nWorkflow } from './engine';
import { describe, MANUAL_TRIGGER } from './nodeTypes';
import { loadPackage } from './package';
import type { RunResult } from './result';
import { runWorkflow, START_NODE } from './run';
import { buildNode } from './workflow';

const AGENT = 'harness.agent';
const AGENT_NODE = 'AI Agent';
const TOOL_NODE = 'background_checks';

/** A tool, as n8n-core passes it to an agent. */
interface Tool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
	invoke(input: IDataObject): Promise<string>;
}

/**
 * Who calls. `mcp` invokes the tool (MCP Server Trigger, AI Agent below version 3). `agent` lets
 * the engine run the node with the arguments as its input, unchecked (AI Agent from version 3).
 */
export type ToolCaller = 'mcp' | 'agent';

export interface ToolCall {
	/** What the model was told before. */
	description: string;
	argumentNames: string[];
	/** What the model reads as the answer. n8n 1.x instead ends the agent's execution with an error. */
	answer: string;
	run: RunResult;
}

/**
 * Calls the tool variant of a node as a model does, through n8n-core: the tool and its schema are
 * made from the `$fromAI` calls in the parameters.
 * @throws as `runWorkflow`
 */
export async function callTool(
	by: ToolCaller,
	credentials: CredentialStore,
	type: string,
	parameters: INodeParameters,
	input: IDataObject,
): Promise<ToolCall> {
	const pkg = await loadPackage();
	const node = buildNode({ type, parameters }, TOOL_NODE, pkg, credentials);
	const nodeType = pkg.node(node.type);
	if (!nodeType || 'nodeVersions' in nodeType) throw new Error(`${type} is no plain node`);
	node.type += 'Tool';
	const said = { description: '', argumentNames: [] as string[], answer: '' };
	const run = await runWorkflow({
		credentials,
		pkg,
		otherNodes: { [AGENT]: agent(by, input, said), [node.type]: toolVariant(nodeType) },
		workflow: {
			nodes: [
				{ ...blank(START_NODE), type: MANUAL_TRIGGER },
				{ ...blank(AGENT_NODE), type: AGENT },
				node,
			],
			connections: {
				[START_NODE]: { main: [[{ node: AGENT_NODE, type: 'main', index: 0 }]] },
				[TOOL_NODE]: { ai_tool: [[{ node: AGENT_NODE, type: 'ai_tool', index: 0 }]] },
			},
		},
	});
	return { ...said, answer: said.answer || (run.error?.message ?? ''), run };
}

const blank = (name: string) => ({
	name,
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
});

/** Imitates n8n/dist/node-types.js and its tool-generation/ai-tools.js. */
function toolVariant(nodeType: INodeType): INodeType {
	const { usableAsTool, ...description } = structuredClone(nodeType.description);
	if (!usableAsTool) throw new n8nWorkflow.UserError('Node cannot be used as a tool');
	return Object.create(nodeType, {
		description: {
			value: {
				...description,
				name: `${description.name}Tool`,
				displayName: `${description.displayName} Tool`,
				inputs: [],
				outputs: [n8nWorkflow.NodeConnectionTypes.AiTool],
				properties: [
					{
						displayName: 'Description',
						name: 'toolDescription',
						type: 'string',
						default: description.description,
						required: true,
					},
					...description.properties,
				],
			},
		},
	}) as INodeType;
}

/** An agent whose model makes one call. It notes what the model gets to read. */
function agent(by: ToolCaller, input: IDataObject, said: Omit<ToolCall, 'run'>): INodeType {
	const { Main, AiTool } = n8nWorkflow.NodeConnectionTypes;
	return {
		description: describe({
			name: 'agent',
			displayName: 'AI Agent',
			group: ['transform'],
			inputs: [Main, { type: AiTool, displayName: 'Tool' }],
			outputs: [Main],
		}),
		async execute(response) {
			if (response && response.actionResponses.length > 0) {
				said.answer = observation(response);
				return [[{ json: {} }]];
			}
			const [tool] = (await this.getInputConnectionData(AiTool, 0)) as Tool[];
			said.description = tool!.description;
			said.argumentNames = Object.keys(tool!.schema.shape);
			if (by === 'mcp') {
				said.answer = await tool!.invoke(input).catch((error: Error) => error.message);
				return [[{ json: {} }]];
			}
			return {
				actions: [
					{
						actionType: 'ExecutionNodeAction',
						nodeName: TOOL_NODE,
						input,
						type: AiTool,
						id: 'call',
						metadata: {},
					},
				],
				metadata: {},
			};
		},
	};
}

/** Imitates `buildObservation` of @n8n/n8n-nodes-langchain/dist/utils/agent-execution/buildSteps.js. */
function observation({ actionResponses }: EngineResponse): string {
	const { data } = actionResponses[0]!;
	const items = data.data?.ai_tool?.[0] ?? [];
	if (items.length > 0) return JSON.stringify(items.map(({ json }) => json));
	return JSON.stringify(data.error ? { error: data.error.message } : '');
}
