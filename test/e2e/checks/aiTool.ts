import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { busyApplicationId } from '../../../sandbox';
import { simplified, withDateInMs } from '../lib/simplified';
import { ownTest as test } from '../lib/test';
import { waitFor } from '../lib/waitFor';
import { locator, queryNode, queryType, workflowOf } from '../lib/workflows';
import type { OwnWorld } from '../lib/world';

/** The part of the MCP SDK's client that is used here. */
interface McpClient {
	connect(transport: unknown): Promise<void>;
	listTools(): Promise<{
		tools: Array<{
			name: string;
			description: string;
			inputSchema: { properties: Record<string, unknown> };
		}>;
	}>;
	callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<{
		content: Array<{ text: string }>;
	}>;
	close(): Promise<void>;
}

interface NodeTypeJson {
	name: string;
	description: string;
	outputs: string[];
}

async function connect({ install }: OwnWorld, url: string): Promise<McpClient> {
	// n8n's own copy of the SDK, so that both ends use the same one.
	const fromN8n = createRequire(
		path.join(install.folder, 'node_modules/@n8n/n8n-nodes-langchain/package.json'),
	);
	const sdk = '@modelcontextprotocol/sdk/client';
	const { Client } = fromN8n(`${sdk}/index.js`) as {
		Client: new (info: { name: string; version: string }) => McpClient;
	};
	const { StreamableHTTPClientTransport } = fromN8n(`${sdk}/streamableHttp.js`) as {
		StreamableHTTPClientTransport: new (url: URL) => unknown;
	};
	const client = new Client({ name: 'e2e', version: '1.0.0' });
	await client.connect(new StreamableHTTPClientTransport(new URL(url)));
	return client;
}

const nodeTypes = async ({ rest }: OwnWorld) =>
	await rest.call<NodeTypeJson[]>('GET', '//types/nodes.json');

/** Calls the tool that n8n generates from the node as a model would: over MCP. */
export function aiToolTests(): void {
	test('n8n generates the tool variant of the node', async ({ world }) => {
		const tool = (await nodeTypes(world)).find(({ name }) => name === `${queryType}Tool`);
		assert.deepEqual(tool?.outputs, ['ai_tool']);
	});

	test('a model lists the tool, calls it with an application ID and gets its checks', async ({
		world,
	}) => {
		const { sandbox, executions, n8n } = world;
		const trigger = {
			name: 'MCP',
			type: '@n8n/n8n-nodes-langchain.mcpTrigger',
			typeVersion: 2,
			parameters: { path: 'background-checks' },
		};
		const id = "={{ $fromAI('application_id', 'ID of the external application', 'string') }}";
		const tool = {
			...queryNode(
				{
					operation: 'getByApplication',
					externalApplicationId: locator('id', id),
					limit: 5,
				},
				'Background checks',
			),
			type: `${queryType}Tool`,
		};
		const workflow = workflowOf('Tool for a model', trigger, tool);
		workflow.connections = {
			[tool.name]: { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] },
		};
		const created = await executions.create(workflow);
		await executions.activate(created);
		const client = await waitFor(
			'the MCP server to answer',
			async () => await connect(world, `${n8n.url}/mcp/background-checks`).catch(() => undefined),
		);
		try {
			const { tools } = await client.listTools();
			assert.deepEqual(
				tools.map(({ inputSchema }) => Object.keys(inputSchema.properties)),
				[['application_id']],
			);
			const [offered] = tools;
			assert.ok(offered);
			const node = (await nodeTypes(world)).find(({ name }) => name === queryType);
			assert.equal(offered.description, node?.description);
			const { content } = await client.callTool({
				name: offered.name,
				arguments: { application_id: busyApplicationId },
			});
			const checks = sandbox.checks.all().filter((check) => {
				return check.external_application_id === busyApplicationId;
			});
			const given = checksIn(content[0]?.text ?? '');
			assert.deepEqual(given.slice(0, 5).map(withDateInMs), checks.slice(0, 5).map(simplified));
			// Hints do not reach a model, so an item says that the limit cut something off.
			assert.deepEqual(
				given.slice(5).map(({ limit_reached }) => limit_reached),
				[true],
			);
		} finally {
			await client.close();
			await executions.deactivate(created.id);
		}
	});
}

/** The checks in the tool's answer, which is JSON with the node's items. */
function checksIn(text: string): Array<Record<string, unknown>> {
	const answer = JSON.parse(text) as Answer | { response: Answer };
	return Array.isArray(answer) ? answer : answer.response;
}

type Answer = Array<Record<string, unknown>>;
