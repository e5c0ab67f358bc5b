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

/** The result of an execution, with shortcuts for what tests look at. */
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
	 * @param node name of the node; by default the last one executed
	 * @param output index of the output; an error output comes after the node's own
	 * @returns no items if the node did not run or sent nothing there
	 */
	output(node = this.lastNode, output = 0): INodeExecutionData[] {
		return this.lastTask(node)?.data?.main?.[output] ?? [];
	}

	/** The error that a node ended with, even if the workflow continued. */
	nodeError(node = this.lastNode): ExecutionError | undefined {
		return this.lastTask(node)?.error;
	}

	/** The hints that a node added during its run. */
	hints(node = this.lastNode): NodeExecutionHint[] {
		return this.lastTask(node)?.hints ?? [];
	}

	/** The execution as n8n stores it, as text, to check that something is nowhere in it. */
	get serialized(): string {
		return serialize({ ...this.run, workflowData: this.workflow });
	}

	private lastTask(node?: string): ITaskData | undefined {
		return node === undefined ? undefined : this.runData[node]?.at(-1);
	}
}

/**
 * n8n stores executions with `flatted`, which writes every object once and then refers to it; so
 * does this. n8n does not store what JSON leaves out (non-enumerable fields, functions) either.
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
