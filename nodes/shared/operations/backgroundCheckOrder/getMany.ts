import type { INodeProperties } from 'n8n-workflow';
import { readBounds } from '../../form/dateTime';
import type { Form } from '../../form/form';
import { limitFields, readLimit } from '../../form/limit';
import { optionsField } from '../../form/requestOptions';
import { hasResult, readResults } from '../../form/results';
import { isBlank, oneOf } from '../../form/values';
import { scanOrders, type Bounds, type Order, type OrderConditions } from '../../hire/api/orders';
import { endpoints } from '../../hire/endpoints';
import { hasSupplier } from '../../hire/order';
import { epochMs } from '../../hire/simplify';
import type { Operation } from '../../run/operation';
import { Output } from '../output';
import { Selection, type Wanted } from '../selection';
import { outputFields, reportFields, STATUSES, statusOptions } from './fields';
import { attachReports, noteOrders } from './reportFiles';
import { chosenFields, ORDER_ROWS, readOrdersRequest, type OrdersRequest } from './request';

interface GetManyRequest extends OrdersRequest {
	conditions: OrderConditions;
	wanted: Wanted<Order>;
}

const day = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	typeOptions: { dateOnly: true },
	default: '',
	description: `${description}, in the workflow's time zone`,
});

const filters = (): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description:
		'Which orders to return. Feishu filters by time and status; conclusion and supplier are compared while all the others are read.',
	options: [
		day('Begun From', 'begunFrom', 'The first day on which the order was placed (发起时间)'),
		day(
			'Begun To',
			'begunTo',
			'The last day on which the order was placed (发起时间), the whole of it',
		),
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
			description: "A part of the supplier's name (背调供应商). Compared by the node.",
		},
		day('Updated From', 'updatedFrom', 'The first day of the last update (更新时间)'),
		day('Updated To', 'updatedTo', 'The last day of the last update (更新时间), the whole of it'),
	],
});

export const getMany: Operation<GetManyRequest> = {
	value: 'getMany',
	name: 'Get Many',
	description: 'Every background check order (背调订单) of the tenant, or those that match',
	action: 'Get many background check orders',
	calls: [endpoints.listOrders],
	fields: () => [...limitFields(), ...outputFields(), filters(), ...reportFields(), optionsField()],
	read: (form) => ({ ...readOrdersRequest(form), ...readFilters(form) }),
	start: (run) => {
		const output = new Output(run, ORDER_ROWS);
		return async (request) => {
			const selection = new Selection(request.wanted);
			selection.reason = 'noOrder';
			await selection.readFrom(scanOrders(run.client, request.conditions));
			noteOrders(
				run,
				request,
				selection.selected.map(({ json }) => json),
			);
			return chosenFields(request, output.ofSelection(request, selection));
		};
	},
	finish: attachReports,
};

/** @throws ParameterError naming the filter */
function readFilters(form: Form): Pick<GetManyRequest, 'conditions' | 'wanted'> {
	const { begunFrom, begunTo, conclusions, status, supplierContains, updatedFrom, updatedTo } =
		form.collection('filters', 'Filters');
	const begun = readBounds(
		['Begun From', begunFrom],
		['Begun To', begunTo],
		form.timezone,
		'order',
	);
	const updated = readBounds(
		['Updated From', updatedFrom],
		['Updated To', updatedTo],
		form.timezone,
		'order',
	);
	const wantedStatus = status === undefined ? undefined : oneOf('Status', status, STATUSES);
	const wanted = readResults('Conclusions', conclusions);
	const part = isBlank(supplierContains) ? '' : form.text('Supplier Contains', supplierContains);
	const filters: Array<(order: Order) => boolean> = [
		// Feishu's bounds are taken a little wider than they are meant.
		...(begun ? [({ begin_time }: Order) => isWithin(begin_time, begun)] : []),
		...(updated ? [({ update_time }: Order) => isWithin(update_time, updated)] : []),
		...(wanted.length > 0
			? [({ conclusion }: Order) => hasResult({ result: conclusion }, wanted)]
			: []),
		...(part !== '' ? [(order: Order) => hasSupplier(order, part)] : []),
	];
	return {
		conditions: { begun, updated, status: wantedStatus },
		wanted: {
			limit: readLimit(form),
			...(filters.length > 0 && { matches: (order) => filters.every((passes) => passes(order)) }),
		},
	};
}

/** A time that Feishu does not send is not judged: Feishu has chosen the order. */
function isWithin(time: unknown, { from = -Infinity, to = Infinity }: Bounds): boolean {
	const ms = epochMs(time);
	return ms === null || (ms >= from && ms <= to);
}
