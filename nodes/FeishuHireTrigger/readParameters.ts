import type { IDataObject } from 'n8n-workflow';
import { IdReader } from '../shared/form/idList';
import { requestsPerSecondOf, timeoutOf } from '../shared/form/requestOptions';
import { hasResult, readResults } from '../shared/form/results';
import { boolean, oneOf, readOptions, separatedTexts, someOf } from '../shared/form/values';
import { MAX_PAGE_SIZE, type RequestSettings } from '../shared/hire/api/backgroundChecks';
import type { CheckedId } from '../shared/hire/checkedId';
import type { Order } from '../shared/hire/api/orders';
import { hasSupplier } from '../shared/hire/order';
import { STATUSES } from '../shared/operations/backgroundCheckOrder/fields';
import { COMPARED_FIELDS, EVENTS, type ComparedField, type EventName } from './events';
import { ORDER_EVENTS, type OrderEventName } from './orders/compareOrders';

const APPLICATION_IDS = new IdReader('External Application IDs', "'All' in 'Watch'");

/** The settings of a trigger node. */
export interface TriggerSettings {
	/** Events of external background checks. If empty, checks are not read. */
	events: ReadonlySet<EventName>;
	/** Events of background check orders. If empty, orders are not read. */
	orderEvents: ReadonlySet<OrderEventName>;
	/** Whether an order passes the filters. */
	isOrderWanted: (order: Order) => boolean;
	/** The watched external applications; null for every check of the tenant. */
	externalApplicationIds: readonly CheckedId[] | null;
	/** Whether items are simplified. */
	simple: boolean;
	/** The fields that count as a change. */
	changedFields: ReadonlySet<ComparedField>;
	/** The results that pass; empty for any. */
	resultIs: readonly string[];
	includeExistingOnFirstRun: boolean;
	/** How long to wait for each answer, in ms. */
	timeoutMs: number;
	request: RequestSettings;
}

/** Returns the value of a parameter. n8n reads it differently in polls and in executions. */
type ReadParameter = (name: string) => unknown;

/**
 * Reads the node's parameters. If one is not stored, n8n returns the form's default, except inside
 * Options.
 *
 * @throws ParameterError that names the parameter, before any request is sent
 */
export function readSettings(read: ReadParameter): TriggerSettings {
	const options = readOptions(read('options'));
	const chosen = someOf('Events', read('events'), [...EVENTS, ...ORDER_EVENTS]);
	const events = new Set(EVENTS.filter((event) => chosen.has(event)));
	return {
		events,
		orderEvents: new Set(ORDER_EVENTS.filter((event) => chosen.has(event))),
		isOrderWanted: readOrderFilters(options),
		// n8n has no value for a hidden field.
		externalApplicationIds: events.size > 0 ? readWatch(read) : null,
		simple: boolean('Simplify', read('simple')),
		changedFields: someOf(
			'Changed Fields',
			options.changedFields ?? [...COMPARED_FIELDS],
			COMPARED_FIELDS,
		),
		resultIs: readResults('Result Is', options.resultIs),
		includeExistingOnFirstRun: boolean(
			'Include Existing on First Run',
			options.includeExistingOnFirstRun ?? false,
		),
		timeoutMs: timeoutOf(options),
		request: { pageSize: MAX_PAGE_SIZE, requestsPerSecond: requestsPerSecondOf(options) },
	};
}

function readWatch(read: ReadParameter): readonly CheckedId[] | null {
	const watch = read('watch');
	if (oneOf('Watch', watch, ['all', 'applications']) === 'all') return null;
	const ids = read('externalApplicationIds');
	return APPLICATION_IDS.list(ids);
}

/** Combines the filters for orders into one function. @throws ParameterError */
function readOrderFilters({
	orderStatusIs = [],
	conclusionIs,
	supplierContains,
}: IDataObject): (order: Order) => boolean {
	const statuses =
		Array.isArray(orderStatusIs) && orderStatusIs.length === 0
			? undefined
			: someOf('Order Status Is', orderStatusIs, STATUSES);
	const conclusions = readResults('Conclusion Is', conclusionIs);
	const suppliers = separatedTexts(
		'Supplier Contains',
		supplierContains,
		'Enter the names of suppliers, separated by commas or new lines.',
	);
	return (order) =>
		(!statuses || statuses.has(Number(order.order_status))) &&
		hasResult({ result: order.conclusion }, conclusions) &&
		(suppliers.length === 0 || suppliers.some((part) => hasSupplier(order, part)));
}
