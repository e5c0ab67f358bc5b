import { createHash, randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isAiTool } from '../aiTool';

/** What earlier tries of the node did for an input item. */
export interface Memory {
	/** IDs of its uploaded files, in their order. */
	attachmentIds?: string[];
	/** What came out of it, when it was carried out. */
	output?: IDataObject[];
	/** Monotonic ms at which a creation was sent first. */
	sentAt?: number;
	/** The error of a try whose outcome is unknown. */
	unknown?: unknown;
	/** The error that names the record which is there, but not as it was sent. */
	done?: unknown;
	/** IDs of the attachments that a check had before the item was written first. */
	filesBefore?: ReadonlySet<string>;
}

/** What is known of one run of a node. */
interface Known {
	items: Map<string, Memory>;
	/** By name: what concerns several items. */
	shared: Map<string, unknown>;
}

/**
 * By n8n's context object of a node in an execution, which is the same for all tries and goes with the
 * execution: n8n never says that one has ended. Nothing is put into the object itself, which n8n stores.
 */
const runs = new WeakMap<object, Map<number, Known>>();

/**
 * What is known of the items of one run of the node. n8n's Retry On Fail runs a node again from its
 * first item, without telling it: only this process knows what was written already.
 */
export class RunMemory {
	private readonly keys = new Set<string>();

	/** Of all tries of this run, in a loop of a workflow one of many. */
	private readonly known: Known;

	private readonly run: string;

	private readonly isTool: boolean;

	constructor(context: IExecuteFunctions) {
		const node = context.getNode();
		this.isTool = isAiTool(node);
		const { $runIndex = 0 } = context.getWorkflowDataProxy(0) as { $runIndex?: number };
		const place = context.getContext('node');
		const known = runs.get(place) ?? new Map<number, Known>();
		runs.set(place, known);
		this.known = known.get($runIndex) ?? { items: new Map(), shared: new Map() };
		known.set($runIndex, this.known);
		// An execution that n8n does not number is not tried again by it either. Several n8n can work for one
		// app, each with an execution 1, and a workflow can be in all of them.
		const execution = context.getExecutionId() || randomUUID();
		const workflow = [context.getInstanceId(), context.getWorkflow().id, node.id];
		this.run = JSON.stringify([...workflow, execution, $runIndex]);
	}

	/**
	 * What is known of an item, to be written to, and a key for it: the same when n8n tries the node
	 * again. For the calls of a model the key depends on the content, too: two calls can have one number.
	 */
	of(request: { itemIndex: number }): { key: string; memory: Memory } {
		const parts = [this.run, request.itemIndex, ...(this.isTool ? [request] : [])];
		const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
		const key = `n8n-${hash.slice(0, 40)}`;
		this.keys.add(key);
		const memory = this.known.items.get(key) ?? {};
		this.known.items.set(key, memory);
		return { key, memory };
	}

	/** What all items of the run share. @param make called in the first try */
	shared<T>(name: string, make: () => T): T {
		if (!this.known.shared.has(name)) this.known.shared.set(name, make());
		return this.known.shared.get(name) as T;
	}

	/** Nothing has failed: the node will not be tried again. */
	forget(): void {
		for (const key of this.keys) this.known.items.delete(key);
		if (this.known.items.size === 0) this.known.shared.clear();
	}
}
