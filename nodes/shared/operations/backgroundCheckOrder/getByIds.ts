import { IdReader } from '../../form/idList';
import { orderLoader } from '../../hire/api/orders';
import { ifNotFoundOption } from '../notFound';
import { ORDER_IDS_LABEL, orderOperation } from './orderOperation';

const ORDER_IDS = new IdReader(ORDER_IDS_LABEL);

export const getByIds = orderOperation({
	value: 'getByIds',
	name: 'Get by IDs',
	description: 'Get background check orders (背调订单) by their IDs',
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
				'IDs of the orders (背调订单 ID) as text, separated by commas, spaces or new lines, or as a JSON array',
			hint: 'Use the field order_id from the output of another operation',
		},
	],
	options: () => [ifNotFoundOption()],
	read: (form) => ({ ids: ORDER_IDS.list(form.get('orderIds')) }),
	start: ({ client }, requests, output) => {
		const orders = orderLoader(
			client,
			requests.flatMap(({ ids }) => ids),
		);
		return async (request) => {
			const loaded = await Promise.all(request.ids.map(async (id) => await orders.load(id)));
			return output.ofIds(request, request.ids, loaded);
		};
	},
});
