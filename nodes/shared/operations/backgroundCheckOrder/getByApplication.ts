import { IdReader } from '../../form/idList';
import { limitFields, readLimit } from '../../form/limit';
import { ParameterError } from '../../form/parameterError';
import { optionsField } from '../../form/requestOptions';
import { ordersOf, type Order } from '../../hire/api/orders';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { Once } from '../../hire/loader';
import type { Operation } from '../../run/operation';
import { Output } from '../output';
import { Selection } from '../selection';
import { ifNotFoundOption } from '../notFound';
import { outputFields, reportFields } from './fields';
import { attachReports, noteOrders } from './reportFiles';
import { chosenFields, ORDER_ROWS, readOrdersRequest, type OrdersRequest } from './request';

const APPLICATION = 'Application ID';

const APPLICATION_ID = new IdReader(APPLICATION);

/** The address of a candidate's page names the application beside the talent. */
const IN_ADDRESS = /[?&]application_id=(\d+)/;

const NOT_IN_ADDRESS = [
	'is an address without application_id',
	"Open the candidate's page from the application (投递), or enter the ID of the application.",
] as const;

interface ApplicationRequest extends OrdersRequest {
	applicationId: CheckedId;
	limit: number;
}

export const getByApplication: Operation<ApplicationRequest> = {
	value: 'getByApplication',
	name: 'Get by Application',
	description: 'The background check orders of one application (投递)',
	action: 'Get background check orders of application',
	calls: [endpoints.listOrders],
	fields: () => [
		{
			displayName: APPLICATION,
			name: 'applicationId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 6960663240925956660',
			description: "ID of the application (投递 ID), or the address of the candidate's page",
			hint: 'Not that of an external application (外部投递): orders do not belong to those',
		},
		...limitFields(),
		...outputFields(),
		...reportFields(),
		optionsField([ifNotFoundOption()]),
	],
	read: (form) => {
		const entered = form.get('applicationId');
		const address =
			typeof entered === 'string' && /^\s*https?:/i.test(entered) ? entered : undefined;
		const found = address === undefined ? entered : IN_ADDRESS.exec(address)?.[1];
		// The long number of such an address is the talent's.
		if (address && !found) throw new ParameterError(APPLICATION, ...NOT_IN_ADDRESS);
		const applicationId = APPLICATION_ID.single(found);
		return {
			...readOrdersRequest(form),
			applicationId,
			limit: readLimit(form),
			subject: { label: APPLICATION, applicationId },
		};
	},
	start: (run) => {
		const output = new Output(run, ORDER_ROWS);
		const lists = new Once<CheckedId, Order[]>();
		return async (request) => {
			const { applicationId, limit } = request;
			const orders = await lists.get(
				applicationId,
				async () => await ordersOf(run.client, applicationId),
			);
			const selection = new Selection<Order>({ limit });
			selection.reason = 'noOrder';
			selection.take(orders);
			noteOrders(run, request, orders);
			return chosenFields(request, output.ofSelection(request, selection));
		};
	},
	finish: attachReports,
};
