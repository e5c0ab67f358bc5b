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

/** What one input item asks for, as returned by `read`. */
export interface ItemRequest {
	itemIndex: number;
	/** How its calls are sent, if the user set it. */
	settings?: { requestsPerSecond: number };
}

/** What an operation has for its work. */
export interface Run {
	client: FeishuClient;
	context: IExecuteFunctions;
	memory: RunMemory;
	hints: Hints;
	/** IANA name of the workflow's time zone, for dates that users read. */
	timezone: string;
	/** Whether an AI model reads the output. It sees no hints. */
	isForModel: boolean;
}

/** Does what an item requests. @returns the output item or items */
export type Work<Q extends ItemRequest> = (request: Q) => Promise<IDataObject | IDataObject[]>;

/** What the form shows of an operation. */
export interface Offer {
	/** Workflows store it, so it never changes. */
	value: string;
	name: string;
	description: string;
	/** Its text in n8n's node panel, and for AI models. */
	action: string;
	/** Its part of the form. New objects each time, because n8n's loader changes them. */
	fields: () => INodeProperties[];
}

/** One operation of a node. */
export interface Operation<Q extends ItemRequest> extends Offer {
	/**
	 * Reads and checks what an item requests. Sends no request.
	 *
	 * @throws ParameterError
	 */
	read: (form: Form) => Q | Promise<Q>;
	/**
	 * The calls for one item, one after another. Their rates limit how many items run in parallel; if
	 * the list is empty, the loaders do. If one of them writes, an error says what was done before
	 * it.
	 */
	calls: readonly Endpoint[];
	/**
	 * Called once all items are read. Makes loaders, which share requests between items.
	 *
	 * @param requests the requests of all valid items that no earlier try has completed, in their
	 * order
	 * @returns a function that does the work of one item, called in the order of the items
	 */
	start: (run: Run, requests: readonly Q[]) => Work<Q>;
	/** Called when every item has its output. @throws an error that ends the run */
	finish?: (run: Run, requests: readonly Q[], outcomes: Outcomes) => Promise<void>;
}

/** An operation without the type of its requests. */
export interface Runnable extends Offer {
	/**
	 * @returns the output items. Under Continue On Fail, a failed input item yields one with `error`
	 * @throws NodeApiError or NodeOperationError otherwise; StoppedError if somebody stopped the run
	 */
	run: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
}
