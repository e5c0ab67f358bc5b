import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NewOrder, Order, SandboxOptions } from '../../../sandbox';
import { runNode, type RunNodeOptions, type RunResult } from '../../harness';
import { type Tenant, useTenant } from '../../harness/tenant';
import { WRITE_NODE, writeWithoutPace } from '../write/tenant';

export interface OrderTenant extends Tenant {
	/** Runs an operation on orders. */
	ask: (
		operation: string,
		parameters?: INodeParameters,
		rest?: Partial<RunNodeOptions>,
	) => Promise<RunResult>;
	/** How many requests of each kind arrived. */
	count: () => Record<'list' | 'query' | 'applications' | 'lookups' | 'files', number>;
}

/** Like `useTenant`, with the node that reads orders, and without its rate limit. */
export function useOrderTenant(): (options?: SandboxOptions) => Promise<OrderTenant> {
	const openTenant = useTenant();
	writeWithoutPace();
	return async (options) => {
		const tenant = await openTenant(options);
		const { sandbox } = tenant;
		return {
			...tenant,
			ask: async (operation, parameters, rest) =>
				await runNode({
					credentials: tenant.credentials,
					type: WRITE_NODE,
					parameters: { resource: 'backgroundCheckOrder', operation, ...parameters },
					workflowSettings: { timezone: 'Asia/Shanghai' },
					...rest,
				}),
			count: () => ({
				list: sandbox.requests('orders').length,
				query: sandbox.requests('query_orders').length,
				applications: sandbox.requests('applications').length,
				lookups: sandbox.requests('batch_get_id').length,
				files: sandbox.requests('file').length,
			}),
		};
	};
}

/** The output. @throws if the run failed */
export function rowsOf(result: RunResult): IDataObject[] {
	if (result.error) throw result.error;
	return result.output().map(({ json }) => json);
}

/** The IDs of the orders in the output. @throws if the run failed */
export const orderIdsOf = (result: RunResult): unknown[] =>
	rowsOf(result).map(({ order_id }) => order_id);

/** One input item per value; `={{ $json.value }}` reads it. */
export const itemsOf = (values: readonly string[]) => ({
	items: values.map((value) => ({ json: { value } })),
});

/** The field Candidate. */
export const candidate = (value = '={{ $json.value }}'): INodeParameters => ({
	candidate: { __rl: true, mode: 'value', value },
});

/** One order per number, each with its own application; the highest number began last. */
export const manyOrders = (count: number, more: (index: number) => Partial<Order> = () => ({})) =>
	Array.from({ length: count }, (_, index): NewOrder => {
		const time = String(Date.UTC(2025, 2, 1) + index * 60_000);
		return {
			id: String(7441000000000100001n + BigInt(index)),
			application_id: String(7451000000000100001n + BigInt(index)),
			order_status: 2,
			begin_time: time,
			update_time: time,
			...more(index),
		};
	});

/**
 * Gives the app the scopes for phone numbers and email addresses, which batch_query leaves out
 * otherwise.
 */
export function showContacts({ sandbox }: OrderTenant): void {
	for (const who of ['talent', 'employee']) {
		for (const what of ['mobile', 'email']) sandbox.app.scopes.push(`hire:${who}.${what}:readonly`);
	}
}
