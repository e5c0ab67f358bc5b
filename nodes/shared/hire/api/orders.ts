import type { IDataObject } from 'n8n-workflow';
import { isObject, type Envelope } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { isParameterError } from '../../feishu/failure';
import { paginate, type Page } from '../../feishu/paginate';
import { isId, type CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import { recordLoader, type Loader } from '../loader';
import { notAskedFor } from './notAskedFor';
import { orNone, wholeList } from './wholeList';

/** The largest `page_size`, and the most IDs in one request (Feishu "查询背调信息列表"). */
const MAX_PAGE_SIZE = 100;
const MAX_IDS_PER_REQUEST = 20;

/** The records' name in messages. */
export const ORDERS = 'background check orders';

/**
 * A background check order (背调订单) as Feishu sends it; every field may be missing.
 * Source: Feishu "获取背调信息列表", response body.
 */
export interface Order extends IDataObject {
	order_id?: string;
	/** The ID of an ordinary application (投递). */
	application_id?: string;
	/** See `ORDER_STATUSES`. */
	order_status?: number;
	conclusion?: string;
	/** Epoch ms as text, like all times here. */
	begin_time?: string;
	update_time?: string;
	/** The reports, newest first. */
	feedback_info_list?: Report[];
}

/** A report of an order. It has one of the two URLs. */
export interface Report extends IDataObject {
	id?: string;
	report_name?: string;
	/** 1 interim, 2 final. */
	report_type?: number;
	result?: string;
	create_time?: string;
	/** URL of the file; valid for an hour. */
	attachment_url?: string;
	/** URL of a page that shows the report. */
	report_preview_url?: string;
}

export type OrderPage = Page<Order>;

/** Which orders to read. All conditions must hold. Bounds are inclusive, in epoch ms. */
export interface OrderConditions {
	applicationId?: CheckedId;
	updated?: Bounds;
	begun?: Bounds;
	status?: number;
}

export interface Bounds {
	from?: number;
	to?: number;
}

/** The end of an open-ended period: the year 2100, in epoch ms. */
const FAR = Date.UTC(2100, 0);

/**
 * Feishu's page does not say whether bounds are inclusive, or what a single bound does. So we send
 * both, each a millisecond wider, and the caller filters the orders again.
 */
const sentBounds = (name: 'update' | 'begin', bounds?: Bounds): IDataObject | undefined =>
	bounds && {
		[`${name}_start_time`]: String(Math.max(1, (bounds.from ?? 0) - 1)),
		[`${name}_end_time`]: String((bounds.to ?? FAR) + 1),
	};

/**
 * Orders, page by page, a hundred each.
 * @throws FeishuError, also if Feishu answers with an order of another application
 */
export async function* scanOrders(
	client: FeishuClient,
	{ applicationId, begun, status, updated }: OrderConditions = {},
): AsyncGenerator<OrderPage, void> {
	let conditions: IDataObject = {
		...(applicationId && { application_id: applicationId }),
		...sentBounds('update', updated),
		...sentBounds('begin', begun),
		...(status !== undefined && { order_status: String(status) }),
	};
	const isEverything = Object.keys(conditions).length === 0;
	// Only the other, slower endpoint takes these two conditions.
	const isQuery = begun !== undefined || status !== undefined;
	const ask = async (page: IDataObject): Promise<Envelope> =>
		isQuery
			? await client.call(endpoints.queryOrders, { qs: page, body: conditions })
			: await client.call(endpoints.listOrders, { qs: { ...page, ...conditions } });
	const pages = orderPages(async (page) => {
		if (!isEverything || page.page_token !== undefined) return await ask(page);
		const answer = await ask(page).catch(refusedAsNone);
		const items = isObject(answer.data) ? answer.data.items : undefined;
		if (Array.isArray(items) && items.length > 0) return answer;
		// Without a condition Feishu may return nothing, or refuse (docs/feishu-api.md). So ask for all
		// times.
		conditions = { ...sentBounds('update', {}) };
		return await ask(page);
	});
	for await (const page of pages) {
		const isForeign = ({ application_id: of }: Order) => Boolean(of) && of !== applicationId;
		if (applicationId !== undefined && page.items.some(isForeign)) throw notAskedFor(ORDERS);
		yield page;
	}
}

const refusedAsNone = async (error: unknown): Promise<Envelope> =>
	isParameterError(error) ? { code: 0 } : await Promise.reject(error);

/** A list of orders, page by page. Yields an order once, even if it moves to a later page. */
const orderPages = (ask: (page: IDataObject) => Promise<Envelope>): AsyncGenerator<OrderPage> =>
	paginate<Order>(
		orNone(async (page_token) => await ask({ page_size: MAX_PAGE_SIZE, page_token })),
		undefined,
		'order_id',
	);

/** All orders of an application. @throws as {@link scanOrders} */
export async function ordersOf(client: FeishuClient, applicationId: CheckedId): Promise<Order[]> {
	const orders: Order[] = [];
	for await (const { items } of scanOrders(client, { applicationId })) orders.push(...items);
	return orders;
}

/**
 * Loads orders by ID, twenty per request. @param ids all IDs of a run, in the order in which they
 * are needed
 */
export const orderLoader = (
	client: FeishuClient,
	ids: Iterable<CheckedId>,
): Loader<CheckedId, Order> =>
	recordLoader(ids, MAX_IDS_PER_REQUEST, endpoints.queryOrders.requestsPerSecond, {
		name: ORDERS,
		idOf: ({ order_id }) => order_id,
		pagesOf: (asked) => ordersByIds(client, asked),
	});

/** Sends no other condition: together with IDs, Feishu ignores them. */
function ordersByIds(client: FeishuClient, ids: readonly CheckedId[]): AsyncGenerator<OrderPage> {
	if (ids.length === 0) throw new Error('No order was requested');
	return orderPages(
		async (qs) =>
			await client.call(endpoints.queryOrders, {
				qs,
				body: { background_check_order_id_list: [...ids] },
			}),
	);
}

/**
 * The IDs of a talent's ordinary applications (投递), active or not.
 *
 * @returns `noCandidate` if Feishu does not know the talent
 * @throws FeishuError
 */
export async function ordinaryApplicationsOf(
	client: FeishuClient,
	talentId: string,
): Promise<CheckedId[] | 'noCandidate'> {
	const pages = paginate<IDataObject>(
		orNone(async (page_token) =>
			withObjects(
				await client.call(endpoints.listOrdinaryApplications, {
					qs: { talent_id: talentId, page_size: 200, page_token },
				}),
			),
		),
	);
	return await wholeList(pages, ({ id }) => {
		if (!isId(id)) throw notAskedFor('applications');
		return id;
	});
}

/** Makes objects of IDs: this list alone holds IDs instead of records. */
function withObjects(envelope: Envelope): Envelope {
	const { data } = envelope;
	if (!isObject(data) || !Array.isArray(data.items)) return envelope;
	const items = (data.items as unknown[]).map((id) => (typeof id === 'string' ? { id } : id));
	return { ...envelope, data: { ...data, items } };
}
