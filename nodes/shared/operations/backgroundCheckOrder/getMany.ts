import type { INodeProperties } from 'n8n-workflow';
import { dayField, readBounds } from '../../form/dateTime';
import type { Form } from '../../form/form';
import { limitFields, readLimit } from '../../form/limit';
import { hasResult, readResults } from '../../form/results';
import { oneOf } from '../../form/values';
import { scanOrders, type Bounds, type Order, type OrderConditions } from '../../hire/api/orders';
import { endpoints } from '../../hire/endpoints';
import { hasSupplier } from '../../hire/order';
import { epochMs } from '../../hire/simplify';
import { Selection, type Wanted } from '../selection';
import { STATUSES, statusOptions } from './fields';
import { orderOperation } from './orderOperation';

const filters = (): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description:
		'Which orders to return. Feishu filters by time and status, the node by conclusion and supplier.',
	options: [
		dayField('Placed From', 'begunFrom', 'The earliest day the order was placed (发起时间)'),
		dayField('Placed To', 'begunTo', 'The latest day the order was placed (发起时间)'),
		{
			displayName: 'Conclusions',
			name: 'conclusions',
			type: 'string',
			default: '',
			placeholder: 'e.g. 红灯, 黄灯',
			description:
				'Conclusions (背调结论) to match, separated by commas or new lines. Leave empty for any conclusion.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: statusOptions(),
			default: 2,
			description: 'Only return orders with this status (背调状态)',
		},
		{
			displayName: 'Supplier Contains',
			name: 'supplierContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. 八方锦程',
			description: 'Part of the name of the supplier (背调供应商), not case-sensitive',
		},
		dayField('Updated From', 'updatedFrom', 'The earliest day of the last update (更新时间)'),
		dayField('Updated To', 'updatedTo', 'The latest day of the last update (更新时间)'),
	],
});

export const getMany = orderOperation({
	value: 'getMany',
	name: 'Get Many',
	description:
		'Get all background check orders (背调订单) in the tenant, or those that match the filters',
	action: 'Get many background check orders',
	calls: [endpoints.listOrders],
	fields: () => [...limitFields(), filters()],
	read: readFilters,
	start:
		({ client }, _requests, output) =>
		async (request) => {
			const selection = new Selection(request.wanted);
			await selection.readFrom(scanOrders(client, request.conditions));
			return output.ofSelection(request, selection);
		},
});

/** @throws ParameterError naming the filter */
function readFilters(form: Form): { conditions: OrderConditions; wanted: Wanted<Order> } {
	const { begunFrom, begunTo, conclusions, status, supplierContains, updatedFrom, updatedTo } =
		form.collection('filters', 'Filters');
	const bounds = (label: string, from: unknown, to: unknown): Bounds | undefined =>
		readBounds([`${label} From`, from], [`${label} To`, to], form.timezone, 'order');
	const begun = bounds('Placed', begunFrom, begunTo);
	const updated = bounds('Updated', updatedFrom, updatedTo);
	const wanted = readResults('Conclusions', conclusions);
	const onlyStatus = status === undefined ? undefined : oneOf('Status', status, STATUSES);
	const part = form.part('Supplier Contains', supplierContains);
	return {
		conditions: {
			begun,
			updated,
			status: onlyStatus,
		},
		wanted: {
			limit: readLimit(form),
			// All of it again: the bounds sent to Feishu are slightly wider, and a gateway may drop a condition.
			matches: (order) =>
				(onlyStatus === undefined || Number(order.order_status ?? onlyStatus) === onlyStatus) &&
				isWithin(order.begin_time, begun) &&
				isWithin(order.update_time, updated) &&
				hasResult({ result: order.conclusion }, wanted) &&
				hasSupplier(order, part),
		},
	};
}

/** Accepts a missing time: Feishu has selected the order by it. */
function isWithin(time: unknown, { from = -Infinity, to = Infinity }: Bounds = {}): boolean {
	const ms = epochMs(time);
	return ms === null || (ms >= from && ms <= to);
}
