import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Check, SandboxOptions } from '../../sandbox';
import { type Bench, useBench } from './tenant';
import { pollNode, type PollOptions } from '.';

/** n8n tries to activate a workflow so often (n8n `constants.js`, TRIGGER_ACTIVATION_MAX_ATTEMPTS). */
const ACTIVATION_ATTEMPTS = 5;

/**
 * A workflow with the trigger in an n8n that keeps static data as n8n does: in memory from
 * activation on, in the database only when a poll emits and when an activation succeeds; what a poll
 * wrote before it threw stays in memory (n8n `trigger-execution-context.factory.js`,
 * `workflow-trigger-activator.js`).
 */
export class TriggerInN8n {
	/** What the database holds, as n8n stores it. */
	saved = '{}';

	/** Static data of the active workflow. */
	memory?: IDataObject;

	constructor(
		readonly bench: Bench,
		public parameters: INodeParameters,
	) {}

	/**
	 * Activates the workflow, or activates it again, with what the database holds.
	 * @returns the items of the poll that this makes
	 * @throws what the last attempt throws; the workflow is not active then
	 */
	async activate(): Promise<IDataObject[] | null> {
		const memory = JSON.parse(this.saved) as IDataObject;
		for (let attempt = 1; ; attempt++) {
			try {
				const items = await this.run({ staticData: memory });
				this.memory = memory;
				this.save(memory);
				return items;
			} catch (error) {
				if (attempt === ACTIVATION_ATTEMPTS) throw error;
			}
		}
	}

	/** A poll on schedule. @throws what the poll throws */
	async poll(): Promise<IDataObject[] | null> {
		const { memory } = this;
		if (!memory) throw new Error('The workflow is not active');
		const items = await this.run({ staticData: memory });
		if (items) this.save(memory);
		return items;
	}

	/** The process ends and starts again: what was in memory only is lost, active workflows come back. */
	async restart(): Promise<IDataObject[] | null> {
		this.memory = undefined;
		return await this.activate();
	}

	/** "Execute step" in the editor. */
	async runManually(): Promise<IDataObject[] | null> {
		return await this.run({ mode: 'manual', staticData: JSON.parse(this.saved) as IDataObject });
	}

	private save(memory: IDataObject): void {
		this.saved = JSON.stringify(memory);
	}

	private async run(rest: Partial<PollOptions>): Promise<IDataObject[] | null> {
		const { credentials } = this.bench;
		const { options, ...parameters } = this.parameters;
		const { items } = await pollNode({
			type: 'feishuHireTrigger',
			credentials,
			parameters: {
				...parameters,
				options: { requestsPerSecond: 100, ...(options as INodeParameters) },
			},
			...rest,
		});
		return items && items.map(({ json }) => json);
	}
}

/** Every event: the default leaves out deletions. */
export const ALL_EVENTS = { events: ['created', 'changed', 'deleted'] };

/** Gives each test of a file a tenant of its own with the trigger in an n8n, not yet activated. */
export function useTrigger() {
	const openBench = useBench();
	return async (options: SandboxOptions = {}, parameters: INodeParameters = ALL_EVENTS) => {
		const bench = await openBench(options);
		return new TriggerInN8n(bench, parameters);
	};
}

/** Checks of one application, with IDs that no other application's share. */
export function someChecks(count: number, application = '77'): Check[] {
	return Array.from({ length: count }, (_, index) => ({
		id: String(Number(application) * 100_000 + 1001 + index),
		external_application_id: application,
		date: 1_700_000_000_000 + index,
		name: `背调 ${index + 1}`,
		result: '进行中',
		attachment_list: [],
	}));
}
