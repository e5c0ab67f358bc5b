import { limitFields, readLimit } from '../../form/limit';
import { ordinaryApplicationsOf } from '../../hire/api/orders';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { Once } from '../../hire/loader';
import { OrdersOfApplications } from '../../hire/ordersOfApplications';
import {
	answering,
	candidateField,
	candidatesOptions,
	lookUp,
	readCandidates,
	talentsOf,
} from '../candidates';
import { Selection } from '../selection';
import { orderOperation } from './orderOperation';

export const getByCandidate = orderOperation({
	value: 'getByCandidate',
	name: 'Get by Candidate',
	description:
		'Get the background check orders of a candidate (候选人) by email, phone, name or ID',
	action: 'Get background check orders of candidate',
	calls: [endpoints.searchTalents, endpoints.listOrdinaryApplications, endpoints.listOrders],
	fields: () => [
		candidateField(
			'The candidate (候选人) whose background check orders to get, one per input item',
		),
		...limitFields(),
	],
	options: candidatesOptions,
	read: (form) => ({ ...readCandidates(form), limit: readLimit(form) }),
	start: ({ client }, requests, output) => {
		const lookup = lookUp(client, requests);
		const applications = new Once<string, CheckedId[] | 'noCandidate'>();
		const orders = new OrdersOfApplications(client);
		return async (request) => {
			const talents = await talentsOf(lookup, request);
			const found = await Promise.all(
				talents.map(
					async ({ id }) =>
						await applications.get(id, async () => await ordinaryApplicationsOf(client, id)),
				),
			);
			const known = found.filter((list) => list !== 'noCandidate');
			const ids = known.flat();
			const lists = await Promise.all(ids.map(async (id) => await orders.of(id)));
			const selection = new Selection(request);
			if (ids.length === 0) {
				selection.reason = known.length === 0 ? 'noCandidate' : 'noApplication';
			}
			selection.take(lists.flat());
			return answering(request, output.ofSelection(request, selection));
		};
	},
});
