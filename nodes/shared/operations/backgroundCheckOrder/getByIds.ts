import { IdReader } from '../../form/idList';
import { optionsField } from '../../form/requestOptions';
import { orderLoader } from '../../hire/api/orders';
import type { CheckedId } from '../../hire/checkedId';
import type { Operation } from '../../run/operation';
import { Output } from '../output';
import { ifNotFoundOption } from '../notFound';
import { outputFields, reportFields } from './fields';
import { attachReports, noteOrders } from './reportFiles';
import {
	chosenFields,
	ORDER_IDS_LABEL,
	ORDER_ROWS,
	readOrdersRequest,
	type OrdersRequest,
} from './request';

const ORDER_IDS = new IdReader(ORDER_IDS_LABEL);

interface IdsRequest extends OrdersRequest {
	ids: CheckedId[];
}

export const getByIds: Operation<IdsRequest> = {
	value: 'getByIds',
	name: 'Get by IDs',
	description: 'The background check orders with the given IDs (背调订单 ID)',
	action: 'Get background check orders by ID',
	calls: [],
	fields: () => [
		{
			displayName: ORDER_IDS_LABEL,
			name: 'orderIds',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 6960663240925956660, 6960663240925956661',
			description:
				'IDs of the orders (背调订单 ID), as text: separated by commas, semicolons, spaces or new lines, or as a JSON array of texts',
			hint: 'The field order_id of an item of an earlier query',
		},
		...outputFields(),
		...reportFields(),
		optionsField([ifNotFoundOption()]),
	],
	read: (form) => ({ ...readOrdersRequest(form), ids: ORDER_IDS.list(form.get('orderIds')) }),
	start: (run, requests) => {
		const output = new Output(run, ORDER_ROWS);
		const orders = orderLoader(
			run.client,
			requests.flatMap(({ ids }) => ids),
		);
		return async (request) => {
			const loaded = await Promise.all(request.ids.map(async (id) => await orders.load(id)));
			noteOrders(
				run,
				request,
				loaded.filter((order) => order !== undefined),
			);
			return chosenFields(request, output.ofIds(request, request.ids, loaded));
		};
	},
	finish: attachReports,
};
