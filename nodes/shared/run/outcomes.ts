import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { throwIfStopped } from '../feishu/abort';
import { toErrorJson, toNodeError } from '../nodeErrors';

/** The result of each input item: its output, or one item with its error. Decides what a failure does. */
export class Outcomes {
	private readonly items: INodeExecutionData[][];

	private readonly failed = new Set<number>();

	private readonly node: INode;

	private readonly continues: boolean;

	private readonly stopped?: AbortSignal;

	constructor(context: IExecuteFunctions) {
		this.items = context.getInputData().map(() => []);
		this.node = context.getNode();
		this.continues = context.continueOnFail();
		this.stopped = context.getExecutionCancelSignal();
	}

	/**
	 * Notes that an item failed. Under Continue On Fail the item outputs only its first error;
	 * otherwise the error ends the run.
	 *
	 * @throws NodeApiError or NodeOperationError; StoppedError if somebody stopped the run
	 */
	fail(error: unknown, itemIndex: number): void {
		this.endUnlessContinued(error, itemIndex);
		if (this.failed.has(itemIndex)) return;
		this.failed.add(itemIndex);
		this.items[itemIndex] = [
			{ json: { error: toErrorJson(this.node, error) }, pairedItem: { item: itemIndex } },
		];
	}

	/**
	 * Notes an error that concerns several items.
	 * @throws as {@link fail}, naming an item only if there is just one
	 */
	failAll(error: unknown, itemIndexes: readonly number[]): void {
		this.endUnlessContinued(error, itemIndexes.length === 1 ? itemIndexes[0] : undefined);
		for (const itemIndex of itemIndexes) this.fail(error, itemIndex);
	}

	/** For an error that the item itself reports under Continue On Fail. @throws as {@link fail} */
	endUnlessContinued(error: unknown, itemIndex?: number): void {
		throwIfStopped(this.stopped);
		if (!this.continues) throw toNodeError(this.node, error, itemIndex, this.items.length);
	}

	/** Sets an item's output, unless it has failed. */
	set(itemIndex: number, output: INodeExecutionData[]): void {
		if (!this.failed.has(itemIndex)) this.items[itemIndex] = output;
	}

	hasFailed(itemIndex: number): boolean {
		return this.failed.has(itemIndex);
	}

	/** The output of an item so far. */
	of(itemIndex: number): INodeExecutionData[] {
		return this.hasFailed(itemIndex) ? [] : (this.items[itemIndex] ?? []);
	}

	/** All output, in the order of the input. */
	all(): INodeExecutionData[] {
		return this.items.flat();
	}
}
