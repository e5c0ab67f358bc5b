import { createHash, randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isAiTool } from '../aiTool';
import { outcomeOf } from '../hire/write/outcome';

/** What an earlier try of the node did for an input item. */
export interface Memory {
	/** IDs of its uploaded files, in their order. */
	attachmentIds?: string[];
	/** What came out of it, when it was carried out. */
	output?: IDataObject[];
	/** The record that was created for it, as Feishu sent it, and what it belongs to. */
	created?: { record: IDataObject; parent: string };
	/** Whether a creation was sent of which nobody knows if it was carried out. */
	wasSent?: boolean;
	/** The error that names the record which was created for it, but not as it was sent. */
	madeOtherwise?: unknown;
	/** Epoch ms of its last use. */
	usedAt: number;
}

/** n8n's Retry On Fail waits five seconds at most; long runs come on top. */
const LIFE_MS = 3_600_000;

/** More is not kept. */
const MAX_ITEMS = 5000;

const memories = new Map<string, Memory>();

/**
 * What is known of the items of one run of the node. n8n's Retry On Fail runs a node again from its
 * first item, without telling it: only this process knows what was written already.
 */
export class RunMemory {
	private readonly keys = new Set<string>();

	private readonly run: string;

	private readonly isTool: boolean;

	constructor(context: IExecuteFunctions) {
		const node = context.getNode();
		this.isTool = isAiTool(node);
		// An execution that n8n does not number is not tried again by it either.
		const execution = context.getExecutionId() || randomUUID();
		const { $runIndex } = context.getWorkflowDataProxy(0) as { $runIndex?: number };
		// Several n8n can work for one app, each with an execution 1, and a workflow can be in all of them.
		const place = [context.getInstanceId(), context.getWorkflow().id, node.id];
		this.run = JSON.stringify([...place, execution, $runIndex ?? 0]);
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
		const memory = memories.get(key) ?? { usedAt: 0 };
		memory.usedAt = Date.now();
		// The end of the map is what was used last.
		memories.delete(key);
		memories.set(key, memory);
		forgetOld();
		return { key, memory };
	}

	/** Nothing has failed: the node will not be tried again. */
	forget(): void {
		for (const key of this.keys) memories.delete(key);
	}
}

/**
 * Sends a creation, and keeps what its error says of the record: that nobody knows if there is one, or
 * that there is another than was sent.
 *
 * @throws as `send`
 */
export async function keepingOutcome<T>(memory: Memory, send: () => Promise<T>): Promise<T> {
	const { wasSent } = memory;
	memory.wasSent = true;
	try {
		return await send();
	} catch (error) {
		const outcome = outcomeOf(error);
		if (outcome === 'done') memory.madeOtherwise = error;
		memory.wasSent = outcome !== 'done' && (wasSent === true || outcome === 'unknown');
		return Promise.reject(error);
	}
}

function forgetOld(): void {
	for (const [key, { usedAt }] of memories) {
		if (memories.size <= MAX_ITEMS && Date.now() - usedAt < LIFE_MS) return;
		memories.delete(key);
	}
}
