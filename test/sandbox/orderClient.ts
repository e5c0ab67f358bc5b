import type { Order, Sandbox, SandboxApp } from '../../sandbox';
import { callOf } from './client';
import type { Reply } from './client';

/** An order, as it is returned. */
export type Row = Order & { order_id: string };

export const rowsIn = (reply: Reply): Row[] => (reply.json.data.items ?? []) as unknown as Row[];

export const orderIdsIn = (reply: Reply): string[] => rowsIn(reply).map((row) => row.order_id);

type Parameters = Record<string, string>;

/** The two calls that return orders, and the list of ordinary applications. */
export interface OrderCalls {
	list: (query?: Parameters) => Promise<Reply>;
	query: (body?: unknown, query?: Parameters) => Promise<Reply>;
	applications: (query?: Parameters) => Promise<Reply>;
}

/** The calls with their own token, requested once. */
export async function orderCallsOf(sandbox: Sandbox, app?: SandboxApp): Promise<OrderCalls> {
	const call = await callOf(sandbox, app);
	const get = (path: string, query: Parameters) =>
		`${path}?${new URLSearchParams(query).toString()}`;
	return {
		list: async (query = {}) => await call('GET', get('/background_check_orders', query)),
		query: async (body, query = {}) =>
			await call('POST', get('/background_check_orders/batch_query', query), body),
		applications: async (query = {}) => await call('GET', get('/applications', query)),
	};
}

/** Follows page_token to the end; gives up after 100 pages. */
export async function pagesOf(
	ask: (query: Parameters) => Promise<Reply>,
	parameters: Parameters = {},
): Promise<unknown[][]> {
	const pages: unknown[][] = [];
	let token: string | undefined;
	do {
		const reply = await ask({ ...parameters, ...(token && { page_token: token }) });
		const { items, has_more: hasMore, page_token: next } = reply.json.data;
		pages.push(items ?? []);
		token = hasMore ? next : undefined;
	} while (token !== undefined && pages.length < 100);
	return pages;
}
