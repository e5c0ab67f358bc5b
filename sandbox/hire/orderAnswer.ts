import type { Order, OrderContact } from '../data/orderStore';
import { callerOf } from '../gateway/gateway';
import { EarlyAnswer, parameterError } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { reportRow } from './orderReports';

type Row = Record<string, unknown>;

/** The prefixes of user IDs, by type. */
const prefixes: Record<string, string> = { open_id: 'ou_', union_id: 'on_', user_id: '' };

/**
 * Orders as they are returned, without the fields that the app has no scope for.
 * @throws EarlyAnswer for an unknown user_id_type
 */
export function orderRows(tenant: Tenant, request: RequestRecord, orders: Order[]): Row[] {
	const scopes = callerOf(tenant, request)?.scopes ?? [];
	const isShown = request.api === 'orders' && tenant.options.open.listedContacts === 'shown';
	const has = (scope: string) => isShown || scopes.includes(scope);
	const type = request.query.user_id_type || 'open_id';
	const prefix = prefixes[type];
	if (prefix === undefined) {
		throw new EarlyAnswer(parameterError(request, 'user_id_type is unknown'));
	}
	const isUserShown = type !== 'user_id' || scopes.includes('contact:user.employee_id:readonly');
	return orders.map(({ id, ...order }) => ({
		order_id: id,
		...order,
		feedback_info_list:
			order.feedback_info_list?.map((report) => reportRow(tenant, report)) ??
			order.feedback_info_list,
		candidate_info: contactRow(order.candidate_info, 'talent', has),
		contactor_info: contactRow(order.contactor_info, 'employee', has),
		creator_info:
			order.creator_info && isUserShown
				? { user_id: prefix + order.creator_info.user_id }
				: order.creator_info && {},
	}));
}

function contactRow(
	contact: OrderContact | undefined,
	who: 'talent' | 'employee',
	has: (scope: string) => boolean,
): Row | undefined {
	if (contact === undefined) return undefined;
	const { mobile, email, ...rest } = contact;
	return {
		...rest,
		...(has(`hire:${who}.mobile:readonly`) && { mobile }),
		...(has(`hire:${who}.email:readonly`) && { email }),
	};
}
