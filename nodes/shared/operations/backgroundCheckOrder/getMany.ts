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
		'Which orders to return. Feishu filters by time and status; the node itself compares conclusion and supplier.',
	options: [
		dayField(
			'Begun From',
			'begunFrom',
			'The earliest day on which the order was placed (发起时间)',
		),
		dayField('Begun To', 'begunTo', 'The latest day on which the order was placed (发起时间)'),
		{
			displayName: 'Conclusions',
			name: 'conclusions',
			type: 'string',
			default: '',
			placeholder: 'e.g. 红灯, 黄灯',
			description:
				'The conclusion (背调结论) is one of these texts, separated by commas or new lines. Compared by the node.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: statusOptions(),
			default: 2,
			description: 'The status (背调状态) of the order',
		},
		{
			displayName: 'Supplier Contains',
			name: 'supplierContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. 八方锦程',
			description: 'A part of the name of the supplier (背调供应商). Compared by the node.',
		},
		dayField('Updated From', 'updatedFrom', 'The earliest day of the last update (更新时间)'),
		dayField('Updated To', 'updatedTo', 'The latest day of the last update (更新时间)'),
	],
});

export const getMany = orderOperation({
	value: 'getMany',
	name: 'Get Many',
	description: 'Every background check order (背调订单) of the tenant, or those that match',
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
	const begun = bounds('Begun', begunFrom, begunTo);
	const updated = bounds('Updated', updatedFrom, updatedTo);
	const wanted = readResults('Conclusions', conclusions);
	const part = form.part('Supplier Contains', supplierContains);
	return {
		conditions: {
			begun,
			updated,
			status: status === undefined ? undefined : oneOf('Status', status, STATUSES),
		},
		wanted: {
			limit: readLimit(form),
			// The bounds sent to Feishu are slightly wider.
			matches: (order) =>
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
