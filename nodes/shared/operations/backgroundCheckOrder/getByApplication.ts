import { IdReader } from '../../form/idList';
import { limitFields, readLimit } from '../../form/limit';
import { ParameterError } from '../../form/parameterError';
import { ordersOf, type Order } from '../../hire/api/orders';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { Once } from '../../hire/loader';
import { ifNotFoundOption } from '../notFound';
import { Selection } from '../selection';
import { orderOperation } from './orderOperation';

const APPLICATION = 'Application ID';

const APPLICATION_ID = new IdReader(APPLICATION);

export const getByApplication = orderOperation({
	value: 'getByApplication',
	name: 'Get by Application',
	description: 'Get the background check orders of an application (投递)',
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
			description: 'ID of the application (投递 ID), or the address of its page in Feishu Hire',
			hint: 'IDs of external applications (外部投递) do not work here, because those have no orders',
		},
		...limitFields(),
	],
	options: () => [ifNotFoundOption()],
	read: (form) => {
		const applicationId = APPLICATION_ID.single(withoutAddress(form.get('applicationId')));
		return {
			applicationId,
			limit: readLimit(form),
			subject: { label: APPLICATION, applicationId },
		};
	},
	start: ({ client }, _requests, output) => {
		const lists = new Once<CheckedId, Order[]>();
		return async (request) => {
			const { applicationId: id } = request;
			const selection = new Selection(request);
			selection.take(await lists.get(id, async () => await ordersOf(client, id)));
			return output.ofSelection(request, selection);
		};
	},
});

/** The URL of a candidate's page contains both the application ID and the talent ID, the longer number. */
function withoutAddress(entered: unknown): unknown {
	if (typeof entered !== 'string' || !/^\s*https?:/i.test(entered)) return entered;
	const id = /[?&]application_id=(\d+)/.exec(entered)?.[1];
	if (id) return id;
	throw new ParameterError(
		APPLICATION,
		'is a page address without application_id',
		"Open the candidate's page from the application (投递) and copy its address, or enter the application ID.",
	);
}
