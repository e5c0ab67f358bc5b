import { parse } from 'flatted';
import { credentialType, exampleCredential } from './credential';
import type { Credential } from './credential';
import type { Rest } from './rest';
import { waitFor } from './waitFor';
import type { WorkflowJson } from './workflows';

export interface Item {
	json: Record<string, unknown>;
	binary?: Record<string, { id?: string; fileName?: string; mimeType: string }>;
	pairedItem?: unknown;
	error?: unknown;
}

interface RunError {
	message: string;
	description?: string | null;
	[field: string]: unknown;
}

interface RunData {
	resultData: {
		runData: Record<string, Array<{ data?: Record<string, Array<Item[] | null>> }>>;
		error?: RunError;
		lastNodeExecuted?: string;
	};
}

export interface ExecutionSummary {
	id: string;
	status: string;
	mode: string;
}

/** An execution that has ended, as n8n stored it. */
export interface Execution extends ExecutionSummary {
	error?: RunError;
	/** The items of a node's first run and output. */
	items(nodeName: string): Item[];
	/** The stored text of all data. */
	text: string;
}

const ended = ['success', 'error', 'canceled', 'crashed'];

/** Creates, runs and reads workflows through the REST API. */
export class Executions {
	/** The IDs of the workflows that were created. */
	readonly created: string[] = [];

	/** @param credential replaces the credential of the examples */
	constructor(
		private readonly rest: Rest,
		private readonly credential: Credential = exampleCredential,
	) {}

	/** Creates a workflow. @returns its ID and version, as n8n assigned them */
	async create(workflow: WorkflowJson): Promise<{ id: string; versionId: string }> {
		const nodes = workflow.nodes.map((node) =>
			node.credentials?.[credentialType]?.id === exampleCredential.id
				? { ...node, credentials: { [credentialType]: this.credential } }
				: node,
		);
		// n8n assigns the ID. Without `pinData`, which the editor always stores, a single node cannot
		// be run again.
		const stored = { pinData: {}, ...workflow, nodes, id: undefined };
		const made = await this.rest.call<{ id: string; versionId: string }>(
			'POST',
			'/workflows',
			stored,
		);
		this.created.push(made.id);
		return made;
	}

	/**
	 * Runs a stored workflow from its first trigger, as the editor does.
	 * @param input the trigger's output, if it waits for something, such as a chat message
	 * @returns the execution's ID
	 */
	async start(
		workflowId: string,
		trigger: string,
		input?: Record<string, unknown>,
	): Promise<string> {
		const data = input && {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			executionStatus: 'success',
			source: [null],
			data: { main: [[{ json: input }]] },
		};
		const { executionId } = await this.rest.call<{ executionId: string }>(
			'POST',
			`/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: trigger, data } },
		);
		return executionId;
	}

	/** Creates a workflow, runs it from its first node and waits for its end. */
	async run(workflow: WorkflowJson, limitMs = 60_000): Promise<Execution> {
		const { id } = await this.create(workflow);
		const executionId = await this.start(id, workflow.nodes[0]!.name);
		return await this.finished(executionId, limitMs);
	}

	/** Waits until an execution has ended, and reads it. */
	async finished(executionId: string, limitMs = 60_000): Promise<Execution> {
		const stored = await waitFor(
			`the end of execution ${executionId}`,
			async () => {
				const execution = await this.rest.call<ExecutionSummary & { data: string }>(
					'GET',
					`/executions/${executionId}`,
				);
				return ended.includes(execution.status) && execution;
			},
			limitMs,
		);
		return this.read(stored);
	}

	/** The executions of a workflow, newest first. */
	async list(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.rest.call<{ results: ExecutionSummary[] }>(
			'GET',
			`/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	async activate(workflow: { id: string; versionId: string }): Promise<void> {
		await this.rest.call('POST', `/workflows/${workflow.id}/activate`, {
			versionId: workflow.versionId,
		});
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.rest.call('POST', `/workflows/${workflowId}/deactivate`, {});
	}

	/** Reads the output of `n8n execute --rawOutput`: the run data as plain JSON, after log lines. */
	fromCommand(printed: string): Execution {
		const data = JSON.parse(printed.slice(printed.indexOf('{'))) as { data: RunData };
		return this.wrap({ id: '', status: 'success', mode: 'cli' }, data.data, printed);
	}

	private read({ data, ...summary }: ExecutionSummary & { data: string }): Execution {
		// n8n's own format for run data.
		return this.wrap(summary, parse(data) as RunData, data);
	}

	private wrap({ id, status, mode }: ExecutionSummary, data: RunData, text: string): Execution {
		const { runData, error } = data.resultData;
		return {
			id,
			status,
			mode,
			text,
			error,
			items: (nodeName) => runData[nodeName]?.[0]?.data?.main?.[0] ?? [],
		};
	}
}
