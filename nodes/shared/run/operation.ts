import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { FeishuClient } from '../feishu/client';
import type { Form } from '../form/form';
import type { Hints } from './hints';
import type { RunMemory } from './runMemory';

/** What one input item wants; made by `read`. */
export interface Wish {
	itemIndex: number;
}

/** What the work of an operation has at hand. */
export interface Run {
	client: FeishuClient;
	context: IExecuteFunctions;
	memory: RunMemory;
	hints: Hints;
	/** IANA name of the workflow's time zone, for dates that people read. */
	timezone: string;
}

/** Does what an item wants. @returns the item or items that come out */
export type Work<W extends Wish> = (wish: W) => Promise<IDataObject | IDataObject[]>;

/** One operation of the node. */
export interface Operation<W extends Wish> {
	/** Its part of the form. Fresh at each call, because n8n's loader changes what it is given. */
	fields: () => INodeProperties[];
	/**
	 * Reads and checks what an item wants. No request leaves.
	 *
	 * @throws ParameterError
	 */
	read: (form: Form) => W | Promise<W>;
	/** Whether it changes something in Feishu, so that an error has to tell what was done before it. */
	changes: boolean;
	/** How many items are worked on at the same time: enough for the full rate at round trips of a second. */
	atOnce: number;
	/**
	 * Called once all items are read.
	 *
	 * @param wishes of all items that can be read, in their order
	 * @returns does the work of one item; called in the order of the items
	 */
	start: (run: Run, wishes: readonly W[]) => Work<W>;
}

/** An operation whose wishes are its own business. */
export interface Runnable {
	fields: () => INodeProperties[];
	run: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
}
