import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	IWorkflowSettings,
} from 'n8n-workflow';
import type { Check, SandboxOptions } from '../../sandbox';
import { type Tenant, useTenant } from './tenant';
import { buildNode } from './workflow';
import {
	activatePoll,
	type ActivePoll,
	loadPackage,
	type PollOptions,
	type RunResult,
	runWorkflow,
} from '.';

/** How often n8n tries to activate a workflow (n8n `constants.js`, TRIGGER_ACTIVATION_MAX_ATTEMPTS). */
const ACTIVATION_ATTEMPTS = 5;

/**
 * A workflow with the trigger in an n8n that keeps static data as n8n does: in memory from
 * activation on, and in the database only if a poll emits or an activation succeeds. What a poll
 * wrote before it threw stays in memory (n8n `trigger-execution-context.factory.js`,
 * `workflow-trigger-activator.js`).
 */
export class TriggerInN8n {
	/** The content of the database, as n8n stores it. */
	saved = '{}';

	/** The activation that polls on schedule. */
	active?: ActivePoll;

	constructor(
		readonly tenant: Tenant,
		public parameters: INodeParameters,
		public settings: IWorkflowSettings = {},
	) {}

	/** The static data of the active workflow. */
	get memory(): IDataObject | undefined {
		return this.active?.staticData();
	}

	/** Whether n8n has anything to write to its database. */
	get hasChanged(): boolean | undefined {
		return this.active?.hasChanged();
	}

	/**
	 * Activates the workflow, or activates it again, with what the database has.
	 * @returns the items of the poll that this makes
	 * @throws what the last attempt throws; the workflow is then inactive
	 */
	async activate(): Promise<IDataObject[] | null> {
		const active = await activatePoll(this.options());
		this.active = active;
		for (let attempt = 1; ; attempt++) {
			try {
				const items = await active.run();
				this.save(active);
				return jsonOf(items);
			} catch (error) {
				if (attempt < ACTIVATION_ATTEMPTS) continue;
				if (this.active === active) this.active = undefined;
				throw error;
			}
		}
	}

	/** A scheduled poll, whether or not the previous one has ended. @throws what the poll throws */
	async poll(): Promise<IDataObject[] | null> {
		const { active } = this;
		if (!active) throw new Error('The workflow is not active');
		const items = await active.run();
		if (items) this.save(active);
		return jsonOf(items);
	}

	/** The process ends and starts again: memory is lost, active workflows are activated again. */
	async restart(): Promise<IDataObject[] | null> {
		return await this.activate();
	}

	/** "Fetch Test Event" or "Execute step" in the editor. @throws the error that ends the execution */
	async runManually(): Promise<IDataObject[] | null> {
		const result = await this.execute('manual');
		// n8n keeps the fields of an error, not the error itself.
		if (result.error) throw Object.assign(new Error(), result.error);
		return jsonOf(result.output());
	}

	/** The execution that a poll with these items, or a user, starts. */
	async execute(mode: 'trigger' | 'manual', items: IDataObject[] = [{}]): Promise<RunResult> {
		const { credentials } = this.tenant;
		const pkg = await loadPackage();
		return await runWorkflow({
			credentials,
			pkg,
			mode,
			startItems: items.map((json) => ({ json })),
			workflow: {
				nodes: [buildNode(this.options(), 'Trigger', pkg, credentials)],
				connections: {},
				settings: this.settings,
			},
		});
	}

	private save(active: ActivePoll): void {
		this.saved = JSON.stringify(active.staticData());
	}

	private options(): PollOptions {
		const { options, ...parameters } = this.parameters;
		return {
			type: 'feishuHireTrigger',
			credentials: this.tenant.credentials,
			settings: this.settings,
			staticData: JSON.parse(this.saved) as IDataObject,
			parameters: {
				...parameters,
				options: { requestsPerSecond: 100, ...(options as INodeParameters) },
			},
		};
	}
}

const jsonOf = (items: INodeExecutionData[] | null) => items && items.map(({ json }) => json);

/** Every event, including deletions, of checks as Feishu sends them. */
export const ALL_EVENTS = { events: ['created', 'changed', 'deleted'], simple: false };

/** Gives each test of a file its own tenant, with the trigger in an n8n, not activated yet. */
export function useTrigger() {
	const openTenant = useTenant();
	return async (
		options: SandboxOptions = {},
		parameters: INodeParameters = ALL_EVENTS,
		settings: IWorkflowSettings = {},
	) => new TriggerInN8n(await openTenant(options), parameters, settings);
}

/** Checks of one application, with IDs that no other application has. */
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

/** The entry of a list at this index, which must exist. */
export function at<T>(list: readonly T[], index: number): T {
	const entry = list[index];
	if (entry === undefined) throw new Error(`The list has no entry ${index}`);
	return entry;
}
