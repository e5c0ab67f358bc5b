import { limitFields, readLimit } from '../../form/limit';
import { ordinaryApplicationsOf } from '../../hire/api/orders';
import type { Order } from '../../hire/api/orders';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { Once } from '../../hire/loader';
import { OrdersOfApplications } from '../../hire/ordersOfApplications';
import { optionsField } from '../../form/requestOptions';
import type { Operation } from '../../run/operation';
import {
	answering,
	candidateField,
	candidatesOptions,
	lookUp,
	readCandidates,
	talentsOf,
	type CandidatesRequest,
} from '../candidates';
import { Output } from '../output';
import { Selection } from '../selection';
import { outputFields, reportFields } from './fields';
import { attachReports, noteOrders } from './reportFiles';
import { chosenFields, ORDER_ROWS, readOrdersRequest, type OrdersRequest } from './request';

type OrdersOfCandidate = OrdersRequest & CandidatesRequest & { limit: number };

export const getByCandidate: Operation<OrdersOfCandidate> = {
	value: 'getByCandidate',
	name: 'Get by Candidate',
	description: 'The background check orders of a candidate (候选人): by e-mail, phone, name or ID',
	action: 'Get background check orders of candidate',
	calls: [endpoints.searchTalents, endpoints.listOrdinaryApplications, endpoints.listOrders],
	fields: () => [
		candidateField(
			'The candidate (候选人) whose background check orders are wanted, one for each input item',
		),
		...limitFields(),
		...outputFields(),
		...reportFields(),
		optionsField(candidatesOptions()),
	],
	read: (form) => ({
		...readCandidates(form),
		...readOrdersRequest(form),
		limit: readLimit(form),
	}),
	start: (run, requests) => {
		const { client } = run;
		const lookup = lookUp(client, requests);
		const applications = new Once<string, CheckedId[] | 'noCandidate'>();
		const orders = new OrdersOfApplications(client);
		const output = new Output(run, ORDER_ROWS);
		return async (request) => {
			const selection = new Selection<Order>({ limit: request.limit });
			selection.reason = 'noCandidate';
			const talents = await talentsOf(lookup, request);
			const found = await Promise.all(
				talents.map(
					async ({ id }) =>
						await applications.get(id, async () => await ordinaryApplicationsOf(client, id)),
				),
			);
			const known = found.filter((list) => list !== 'noCandidate');
			if (known.length > 0) selection.reason = 'noApplication';
			const lists = await Promise.all(known.flat().map(async (id) => await orders.of(id)));
			if (lists.length > 0) selection.reason = 'noOrder';
			selection.take(lists.flat());
			noteOrders(run, request, lists.flat());
			return answering(request, chosenFields(request, output.ofSelection(request, selection)));
		};
	},
	finish: attachReports,
};
