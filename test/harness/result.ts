import type {
	ExecutionError,
	ExecutionStatus,
	INodeExecutionData,
	IRun,
	IRunData,
	ITaskData,
	IWorkflowBase,
	NodeExecutionHint,
} from 'n8n-workflow';

/** What an execution left behind, with shortcuts to what tests look at. */
export class RunResult {
	constructor(
		readonly run: IRun,
		private readonly workflow: IWorkflowBase,
	) {}

	get status(): ExecutionStatus {
		return this.run.status;
	}

	/** The error that ended the execution, if one did. */
	get error(): ExecutionError | undefined {
		return this.run.data.resultData.error;
	}

	get runData(): IRunData {
		return this.run.data.resultData.runData;
	}

	get lastNode(): string | undefined {
		return this.run.data.resultData.lastNodeExecuted;
	}

	/**
	 * The items of one output of a node's last run.
	 * @param node name of the node; the last one executed unless told
	 * @param output index of the output; an error output comes after the node's own
	 * @returns no items when the node did not run or sent nothing there
	 */
	output(node = this.lastNode, output = 0): INodeExecutionData[] {
		return this.lastTask(node)?.data?.main?.[output] ?? [];
	}

	/** The error a node ended with, also when the workflow went on. */
	nodeError(node = this.lastNode): ExecutionError | undefined {
		return this.lastTask(node)?.error;
	}

	/** The hints a node gave while it ran. */
	hints(node = this.lastNode): NodeExecutionHint[] {
		return this.lastTask(node)?.hints ?? [];
	}

	/** The execution as n8n stores it, as text, for "this is nowhere in it" searches. */
	get serialized(): string {
		return serialize({ ...this.run, workflowData: this.workflow });
	}

	private lastTask(node?: string): ITaskData | undefined {
		return node === undefined ? undefined : this.runData[node]?.at(-1);
	}
}

/**
 * n8n stores executions with `flatted`, which writes every object once and refers to it after that;
 * so does this. What JSON leaves out (non-enumerable fields, functions) n8n does not store either.
 */
function serialize(value: unknown): string {
	const written = new Set<unknown>();
	return JSON.stringify(value, (_key, part: unknown) => {
		if (typeof part !== 'object' || part === null) return part;
		if (written.has(part)) return '(see above)';
		written.add(part);
		return part;
	});
}
