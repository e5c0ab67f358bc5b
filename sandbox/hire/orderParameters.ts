import { EarlyAnswer, parameterError } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { checkApplication } from './batchQueryParameters';
import { readBody, readField, readTime } from './body';
import { nothing, readIdList } from './idLists';

/** What a request for orders asks for, with checked parameters. */
export type OrderConditions =
	| { ids: string[] }
	| { applicationId?: string; updated?: Span; begun?: Span; status?: number };

/** Times in ms; an open end is infinite. */
export interface Span {
	from: number;
	to: number;
}

type Text = (name: string) => string | undefined;

/**
 * The conditions of either call. The list has them in the query; batch_query has them in the body,
 * and takes more of them. An ID list overrides every other one, and an empty text counts as absent.
 * @throws EarlyAnswer with the refusal, or with the empty answer if the switch says so
 */
export function readOrderConditions(tenant: Tenant, request: RequestRecord): OrderConditions {
	if (request.api === 'orders') {
		return readOthers(tenant, request, (name) =>
			name.startsWith('begin_') || name === 'order_status' ? undefined : request.query[name],
		);
	}
	const body = request.body === '' ? {} : readBody(tenant, request);
	const ids = readIdList(tenant, request, body, 'background_check_order_id_list', tenant.orders);
	if (ids !== undefined) return { ids };
	return readOthers(tenant, request, (name) => readField(tenant, request, body, name, 'string'));
}

function readOthers(tenant: Tenant, request: RequestRecord, text: Text): OrderConditions {
	const conditions = {
		applicationId: text('application_id') || undefined,
		updated: readSpan(tenant, request, 'update', text),
		begun: readSpan(tenant, request, 'begin', text),
		status: readStatus(request, text('order_status')),
	};
	const { applicationId } = conditions;
	if (applicationId !== undefined) {
		const { orders, ordinaryApplications } = tenant;
		const isKnown =
			orders.hasApplication(applicationId) ||
			ordinaryApplications.byId(applicationId) !== undefined;
		checkApplication(tenant, request, applicationId, isKnown);
	}
	const { unfilteredOrders: unfiltered } = tenant.options.open;
	const hasNone = Object.values(conditions).every((condition) => condition === undefined);
	if (unfiltered === 'all' || !hasNone) return conditions;
	throw nothing(tenant, request, unfiltered, 'no condition given');
}

function readSpan(
	tenant: Tenant,
	request: RequestRecord,
	kind: 'update' | 'begin',
	text: Text,
): Span | undefined {
	const [startName, endName] = [`${kind}_start_time`, `${kind}_end_time`];
	const from = readTime(request, startName, text(startName));
	const to = readTime(request, endName, text(endName));
	const refuse = (why: string) => new EarlyAnswer(parameterError(request, why));
	if (from === undefined && to === undefined) return undefined;
	if (from === undefined || to === undefined) {
		const { orderOneBound } = tenant.options.open;
		if (orderOneBound === 'ignored') return undefined;
		if (orderOneBound === 'error') throw refuse(`${startName} and ${endName} go together`);
	}
	const span = { from: from ?? -Infinity, to: to ?? Infinity };
	if (span.from > span.to) throw refuse(`${startName} is later than ${endName}`);
	return span;
}

function readStatus(request: RequestRecord, text: string | undefined): number | undefined {
	if (!text) return undefined;
	if (/^[2345689]$/.test(text)) return Number(text);
	throw new EarlyAnswer(parameterError(request, 'order_status must be one of 2, 3, 4, 5, 6, 8, 9'));
}
