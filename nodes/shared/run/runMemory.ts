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

/** A memory, and the key under which Feishu creates one record only. */
export interface Remembered {
	key: string;
	memory: Memory;
}

/** What is known of one run of a node. */
interface Known {
	items: Map<string, Memory>;
	/** By name: what concerns several items. */
	shared: Map<string, unknown>;
}

interface Opened {
	/** Names the run, in all tries of it. */
	run: string;
	isTool: boolean;
	known: Known;
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

	private opened?: Opened;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * What is known of an item, to be written to, and a key for it: the same when n8n tries the node
	 * again. For the calls of a model the key depends on the content, too: two calls can have one number.
	 */
	of(request: { itemIndex: number }): Remembered {
		const { isTool } = this.open();
		return this.known([request.itemIndex, ...(isTool ? [request] : [])]);
	}

	/** The same for what several items need, and one of them makes. @param subject names it within the run */
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

	/** Nothing has failed: the node will not be tried again. */
	forget(): void {
		const known = this.opened?.known;
		for (const key of this.keys) known?.items.delete(key);
		if (known?.items.size === 0) known.shared.clear();
	}

	/** Looked for when the first item is asked for: a run that only reads remembers nothing. */
	private open(): Opened {
		if (this.opened) return this.opened;
		const { context } = this;
		const { $runIndex = 0 } = context.getWorkflowDataProxy(0) as { $runIndex?: number };
		const place = context.getContext('node');
		const ofNode = runs.get(place) ?? new Map<number, Known>();
		runs.set(place, ofNode);
		const known = ofNode.get($runIndex) ?? { items: new Map(), shared: new Map() };
		ofNode.set($runIndex, known);
		// An execution that n8n does not number is not tried again by it either. Several n8n can work for one
		// app, each with an execution 1, and a workflow can be in all of them.
		const execution = context.getExecutionId() || randomUUID();
		const node = context.getNode();
		const workflow = [context.getInstanceId(), context.getWorkflow().id, node.id];
		const run = JSON.stringify([...workflow, execution, $runIndex]);
		this.opened = { run, isTool: isAiTool(node), known };
		return this.opened;
	}
}
