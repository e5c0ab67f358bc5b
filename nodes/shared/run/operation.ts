import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { FeishuClient } from '../feishu/client';
import type { Endpoint } from '../feishu/http';
import type { Form } from '../form/form';
import type { Hints } from './hints';
import type { Outcomes } from './outcomes';
import type { RunMemory } from './runMemory';

/** What one input item asks for; made by `read`. */
export interface ItemRequest {
	itemIndex: number;
	/** How its calls are sent, if people set it. */
	settings?: { requestsPerSecond: number };
}

/** What an operation can use for its work. */
export interface Run {
	client: FeishuClient;
	context: IExecuteFunctions;
	memory: RunMemory;
	hints: Hints;
	/** IANA name of the workflow's time zone, for dates that people read. */
	timezone: string;
	/** Whether a model reads the output: it sees no hints. */
	isForModel: boolean;
}

/** Does what an item requests. @returns the output item or items */
export type Work<Q extends ItemRequest> = (request: Q) => Promise<IDataObject | IDataObject[]>;

/** What the form shows of an operation. */
export interface Offer {
	/** Workflows store it: it never changes. */
	value: string;
	name: string;
	description: string;
	/** In n8n's node panel, and for models. */
	action: string;
	/** Its part of the form. A new array each time, because n8n's loader changes it. */
	fields: () => INodeProperties[];
}

/** One operation of a node. */
export interface Operation<Q extends ItemRequest> extends Offer {
	/**
	 * Reads and checks what an item requests. Sends nothing.
	 *
	 * @throws ParameterError
	 */
	read: (form: Form) => Q | Promise<Q>;
	/**
	 * The calls for one item, one after another; their rates limit how many items run in parallel.
	 * Empty: the loaders limit that. If one call writes, an error tells what was done before it.
	 */
	calls: readonly Endpoint[];
	/**
	 * Called once all items are read: makes loaders, which collect what the items have in common.
	 *
	 * @param requests of all readable items that no earlier try has done, in their order
	 * @returns does the work of one item; called in the order of the items
	 */
	start: (run: Run, requests: readonly Q[]) => Work<Q>;
	/** Called when every item has its output. @throws what ends the run */
	finish?: (run: Run, requests: readonly Q[], outcomes: Outcomes) => Promise<void>;
}

/** An operation that hides the type of its requests. */
export interface Runnable extends Offer {
	/**
	 * @returns the output items; under Continue On Fail a failed input item gives one with `error`
	 * @throws NodeApiError or NodeOperationError otherwise; StoppedError if a person stopped the run
	 */
	run: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
}
