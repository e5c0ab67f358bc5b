import { createHash, randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isAiTool } from '../aiTool';

/** What earlier tries of the node did for an input item. */
export interface Memory {
	/** IDs of its uploaded files, in their order. */
	attachmentIds?: string[];
	/** Its output, if it was carried out. */
	output?: IDataObject[];
	/** Monotonic ms at which a creation was first sent. */
	sentAt?: number;
	/** The error of a try with an unknown outcome. */
	unknown?: unknown;
	/** The error naming the record that exists, but not as it was sent. */
	done?: unknown;
	/** IDs of the attachments that a check had before the item was first written. */
	filesBefore?: ReadonlySet<string>;
}

/** A memory, and the key for which Feishu creates only one record. */
export interface Remembered {
	key: string;
	memory: Memory;
}

/** What is known of one run of a node. */
interface Known {
	items: Map<string, Memory>;
	/** By name: data of several items. */
	shared: Map<string, unknown>;
}

interface Opened {
	/** Identifies the run in all tries. */
	run: string;
	isTool: boolean;
	known: Known;
}

/**
 * By n8n's context object of a node in an execution: it is the same for all tries and disappears with the
 * execution, whose end n8n never reports. We add nothing to the object itself, which n8n stores.
 */
const runs = new WeakMap<object, Map<number, Known>>();

/**
 * What is known of the items of one run of the node. n8n's Retry On Fail runs a node again from its
 * first item, without telling it: only this process knows what was already written.
 */
export class RunMemory {
	private readonly keys = new Set<string>();

	private opened?: Opened;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * An item's memory, which the caller updates, and its key: the same when n8n tries the node again. For
	 * a model's calls the key also depends on the content: two calls can have one number.
	 */
	of(request: { itemIndex: number }): Remembered {
		const { isTool } = this.open();
		return this.known([request.itemIndex, ...(isTool ? [request] : [])]);
	}

	/** The same for what several items need, but one creates. @param subject names it within the run */
	about(subject: string): Remembered {
		return this.known([subject]);
	}

	private known(parts: unknown[]): Remembered {
		const { run, known } = this.open();
		const hash = createHash('sha256')
			.update(JSON.stringify([run, ...parts]))
			.digest('hex');
		const key = `n8n-${hash.slice(0, 40)}`;
		this.keys.add(key);
		const memory = known.items.get(key) ?? {};
		known.items.set(key, memory);
		return { key, memory };
	}

	/** What all items of the run share. @param make called in the first try */
	shared<T>(name: string, make: () => T): T {
		const { shared } = this.open().known;
		if (!shared.has(name)) shared.set(name, make());
		return shared.get(name) as T;
	}

	/** Nothing failed: n8n will not try the node again. */
	forget(): void {
		const known = this.opened?.known;
		for (const key of this.keys) known?.items.delete(key);
		if (known?.items.size === 0) known.shared.clear();
	}

	/** Looked up for the first item: a run that only reads remembers nothing. */
	private open(): Opened {
		if (this.opened) return this.opened;
		const { context } = this;
		const { $runIndex = 0 } = context.getWorkflowDataProxy(0) as { $runIndex?: number };
		const place = context.getContext('node');
		const ofNode = runs.get(place) ?? new Map<number, Known>();
		runs.set(place, ofNode);
		const known = ofNode.get($runIndex) ?? { items: new Map(), shared: new Map() };
		ofNode.set($runIndex, known);
		// n8n does not retry an execution without a number. Several n8n instances can use one app, each with an
		// execution 1, and one workflow can be in all of them.
		const execution = context.getExecutionId() || randomUUID();
		const node = context.getNode();
		const workflow = [context.getInstanceId(), context.getWorkflow().id, node.id];
		const run = JSON.stringify([...workflow, execution, $runIndex]);
		this.opened = { run, isTool: isAiTool(node), known };
		return this.opened;
	}
}
