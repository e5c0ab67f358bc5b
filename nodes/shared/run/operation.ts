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
	/** How its calls are sent, where people set it. */
	settings?: { requestsPerSecond: number };
}

/** What an operation has at hand while it works. */
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

/** Does what an item asks for. @returns the item or items that come out */
export type Work<Q extends ItemRequest> = (request: Q) => Promise<IDataObject | IDataObject[]>;

/** What the form shows of an operation. */
export interface Offer {
	/** Stored in workflows: it never changes. */
	value: string;
	name: string;
	description: string;
	/** In n8n's node panel, and for models. */
	action: string;
	/** Its part of the form. Fresh at each call, because n8n's loader changes what it is given. */
	fields: () => INodeProperties[];
}

/** One operation of a node. */
export interface Operation<Q extends ItemRequest> extends Offer {
	/**
	 * Reads and checks what an item asks for. No request leaves.
	 *
	 * @throws ParameterError
	 */
	read: (form: Form) => Q | Promise<Q>;
	/**
	 * The calls that an item causes one after the other: so many items are under way as keep their rates.
	 * None: its loaders see to that. With one that writes, an error has to tell what was done before it.
	 */
	calls: readonly Endpoint[];
	/**
	 * Called once all items are read: here it makes loaders, which gather what the items have in common.
	 *
	 * @param requests of all items that can be read and that no earlier try has done, in their order
	 * @returns does the work of one item; called in the order of the items
	 */
	start: (run: Run, requests: readonly Q[]) => Work<Q>;
	/** Called when every item has its output. @throws what ends the run */
	finish?: (run: Run, requests: readonly Q[], outcomes: Outcomes) => Promise<void>;
}

/** An operation whose requests are its own business. */
export interface Runnable extends Offer {
	/**
	 * @returns the output items; under Continue On Fail a failed input item gives one with `error`
	 * @throws NodeApiError or NodeOperationError otherwise; StoppedError when a person has stopped the run
	 */
	run: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
}
