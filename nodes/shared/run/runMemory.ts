import { createHash, randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isAiTool } from '../aiTool';

/** What earlier tries of the node did for an input item. */
export interface Memory {
	/** IDs of its uploaded files, in order. */
	attachmentIds?: string[];
	/** Its output, if its work was done. */
	output?: IDataObject[];
	/** When its record was first sent for creation, in monotonic ms. */
	sentAt?: number;
	/** The error of a try with an unknown outcome. */
	unknown?: unknown;
	/** The error that names the record that exists, but not as it was sent. */
	done?: unknown;
	/** IDs of the attachments that a check had before the item was first written. */
	filesBefore?: ReadonlySet<string>;
}

/** A memory, and the key under which Feishu creates only one record. */
export interface Remembered {
	key: string;
	memory: Memory;
}

/** What is known about one run of a node. */
interface Known {
	items: Map<string, Memory>;
	/** Data that several items share, by name. */
	shared: Map<string, unknown>;
}

interface Opened {
	/** Identifies the run across all tries. */
	run: string;
	isTool: boolean;
	known: Known;
}

/**
 * Keyed by n8n's context object of a node in an execution. It is the same for all tries and goes
 * away with the execution, whose end n8n never reports. We add nothing to the object itself,
 * because n8n stores it.
 */
const runs = new WeakMap<object, Map<number, Known>>();

/**
 * What is known about the items of one run of the node. n8n's Retry On Fail runs a node again from
 * its first item without telling it so. Only this process knows what was written before.
 */
export class RunMemory {
	private readonly keys = new Set<string>();

	private opened?: Opened;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * An item's memory, which the caller updates, and its key. Both are the same if n8n tries the
	 * node again. For calls of an AI model the key also depends on the content, because two calls can
	 * have the same number.
	 */
	of(request: { itemIndex: number }): Remembered {
		const { isTool } = this.open();
		return this.known([request.itemIndex, ...(isTool ? [request] : [])]);
	}

	/**
	 * The same for something that several items need but only one creates. @param subject names it
	 * within the run
	 */
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

	/** Data that all items of the run share. @param make called in the first try */
	shared<T>(name: string, make: () => T): T {
		const { shared } = this.open().known;
		if (!shared.has(name)) shared.set(name, make());
		return shared.get(name) as T;
	}

	/** Call this if nothing failed: n8n will not try the node again. */
	forget(): void {
		const known = this.opened?.known;
		for (const key of this.keys) known?.items.delete(key);
		if (known?.items.size === 0) known.shared.clear();
	}

	/** Opens the memory for the first item that needs it: a run that only reads remembers nothing. */
	private open(): Opened {
		if (this.opened) return this.opened;
		const { context } = this;
		const { $runIndex = 0 } = context.getWorkflowDataProxy(0) as { $runIndex?: number };
		const place = context.getContext('node');
		const ofNode = runs.get(place) ?? new Map<number, Known>();
		runs.set(place, ofNode);
		const known = ofNode.get($runIndex) ?? { items: new Map(), shared: new Map() };
		ofNode.set($runIndex, known);
		// n8n does not retry an execution without an ID. The ID alone would not do: several n8n
		// instances can use one app, each has an execution 1, and all can have the same workflow.
		const execution = context.getExecutionId() || randomUUID();
		const node = context.getNode();
		const workflow = [context.getInstanceId(), context.getWorkflow().id, node.id];
		const run = JSON.stringify([...workflow, execution, $runIndex]);
		this.opened = { run, isTool: isAiTool(node), known };
		return this.opened;
	}
}
