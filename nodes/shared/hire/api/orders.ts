import type { IDataObject } from 'n8n-workflow';
import { isObject, type Envelope } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError } from '../../feishu/failure';
import { paginate, type Page } from '../../feishu/paginate';
import { isId, type CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import { recordLoader, type Loader } from '../loader';
import { orNone, wholeList } from './externalApplications';

/** Largest `page_size`, and most IDs in one request (Feishu "查询背调信息列表"). */
const MAX_PAGE_SIZE = 100;
const MAX_IDS_PER_REQUEST = 20;

/**
 * A background check order (背调订单) as Feishu sends it; every field may be missing.
 * Source: Feishu "获取背调信息列表", response body.
 */
export interface Order extends IDataObject {
	order_id?: string;
	/** Of an ordinary application (投递). */
	application_id?: string;
	/** See `ORDER_STATUSES`. */
	order_status?: number;
	conclusion?: string;
	/** Epoch ms as text, as all times of an order. */
	begin_time?: string;
	update_time?: string;
	/** The reports, the newest first. */
	feedback_info_list?: Report[];
}

/** A report of an order: it has one of the two addresses. */
export interface Report extends IDataObject {
	id?: string;
	report_name?: string;
	/** 1 interim, 2 final. */
	report_type?: number;
	result?: string;
	create_time?: string;
	/** Of the file; good for an hour. */
	attachment_url?: string;
	/** Of a page that shows it. */
	report_preview_url?: string;
}

export type OrderPage = Page<Order>;

/** Which orders are read; all bounds in epoch ms, and both of them hold. */
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

/** The end of a period that has none: 2100, in ms. */
const FAR = Date.UTC(2100, 0);

/**
 * Feishu's page leaves open whether the bounds belong to the period, and what one bound alone does: both are sent,
 * a millisecond further out, and who asks looks at the rows again.
 */
const sentBounds = (name: 'update' | 'begin', bounds?: Bounds): IDataObject | undefined =>
	bounds && {
		[`${name}_start_time`]: String(Math.max(0, (bounds.from ?? 0) - 1)),
		[`${name}_end_time`]: String((bounds.to ?? FAR) + 1),
	};

/** Orders, page by page, a hundred in each. @throws FeishuError, also for an order of another application */
export async function* scanOrders(
	client: FeishuClient,
	{ applicationId, begun, status, updated }: OrderConditions = {},
): AsyncGenerator<OrderPage, void> {
	const conditions = {
		...(applicationId && { application_id: applicationId }),
		...sentBounds('update', updated),
		...sentBounds('begin', begun),
		...(status !== undefined && { order_status: String(status) }),
	};
	// Only the other endpoint, which is slower, takes these two.
	const isQuery = begun !== undefined || status !== undefined;
	const ask = async (page_token?: string): Promise<Envelope> => {
		const page = { page_size: MAX_PAGE_SIZE, page_token };
		return isQuery
			? await client.call(endpoints.queryOrders, { qs: page, body: conditions })
			: await client.call(endpoints.listOrders, { qs: { ...page, ...conditions } });
	};
	for await (const page of paginate<Order>(orNone(ask), undefined, 'order_id')) {
		const isForeign = ({ application_id: of }: Order) => Boolean(of) && of !== applicationId;
		if (applicationId !== undefined && page.items.some(isForeign)) throw notAskedFor();
		yield page;
	}
}

/** All orders of an application. @throws as {@link scanOrders} */
export async function ordersOf(client: FeishuClient, applicationId: CheckedId): Promise<Order[]> {
	const orders: Order[] = [];
	for await (const { items } of scanOrders(client, { applicationId })) orders.push(...items);
	return orders;
}

/** Loads orders by ID, twenty in a request. @param ids all of a run, in the order in which they will be wanted */
export const orderLoader = (
	client: FeishuClient,
	ids: Iterable<CheckedId>,
): Loader<CheckedId, Order> =>
	recordLoader(ids, MAX_IDS_PER_REQUEST, endpoints.queryOrders.requestsPerSecond, (asked) =>
		ordersByIds(client, asked),
	);

/** With a list of IDs every other condition would be ignored. */
async function* ordersByIds(
	client: FeishuClient,
	ids: readonly CheckedId[],
): AsyncGenerator<Array<[CheckedId, Order]>> {
	if (ids.length === 0) throw new Error('No order was asked for');
	const body = { background_check_order_id_list: [...ids] };
	const asked = new Set<unknown>(ids);
	const pages = paginate<Order>(
		orNone(
			async (page_token) =>
				await client.call(endpoints.queryOrders, {
					qs: { page_size: MAX_PAGE_SIZE, page_token },
					body,
				}),
		),
		undefined,
		'order_id',
	);
	for await (const { items } of pages) {
		yield items.map((order) => {
			if (!isId(order.order_id) || !asked.has(order.order_id)) throw notAskedFor();
			return [order.order_id, order];
		});
	}
}

/**
 * IDs of the ordinary applications (投递) of a talent, active or not.
 *
 * @returns `noCandidate` when Feishu does not know the talent
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
		if (!isId(id)) throw notAskedFor();
		return id;
	});
}

/** This list alone holds IDs in the place of records. */
function withObjects(envelope: Envelope): Envelope {
	const { data } = envelope;
	if (!isObject(data) || !Array.isArray(data.items)) return envelope;
	const items = (data.items as unknown[]).map((id) => (typeof id === 'string' ? { id } : id));
	return { ...envelope, data: { ...data, items } };
}

const notAskedFor = () =>
	new FeishuError({
		message: 'Feishu answered with background check orders that were not asked for',
		reaction: 'fail',
		advice:
			'Nothing of this answer is handed on. Check the gateway before Feishu if you use one; tell the maintainers of this node if it stays.',
	});
