import type { FunctionsBase, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { simplifiedOrder, simplifiedReport, statusOf } from '../../shared/hire/order';
import type { TriggerSettings } from '../readParameters';
import type { OrderNews } from './compareOrders';

/** The fields that an item has beside Feishu's. */
const OWN_FIELDS = new Set(['events', 'changes']);

/** The output items of what happened to orders, as far as the settings of the node want them. */
export function orderItems(
	news: readonly OrderNews[],
	{ isOrderWanted, orderEvents, simple }: TriggerSettings,
	context: Pick<FunctionsBase, 'getTimezone'>,
): INodeExecutionData[] {
	const timezone = simple ? context.getTimezone() : undefined;
	return news.flatMap((each) => {
		const events = each.events.filter((event) => orderEvents.has(event));
		if (events.length === 0 || !isOrderWanted(each.order)) return [];
		return [toOrderItem({ ...each, events }, timezone)];
	});
}

/**
 * The output item of what happened to an order: its events, what changed, and the order.
 *
 * @param timezone simplified when it is there, with times as texts in this zone; otherwise as Feishu sends it
 */
function toOrderItem(
	{ events, newReports, oldStatus, order }: OrderNews,
	timezone?: string,
): INodeExecutionData {
	const json: IDataObject = { events };
	const changes: IDataObject[] = [];
	if (oldStatus !== undefined) {
		changes.push({ field: 'status', old: oldStatus, new: statusOf(order) });
	}
	if (newReports.length > 0) {
		const reports =
			timezone === undefined
				? newReports
				: newReports.map((report) => simplifiedReport(report, timezone));
		changes.push({ field: 'reports', new: reports });
	}
	if (changes.length > 0) json.changes = changes;
	const shown = timezone === undefined ? order : simplifiedOrder(order, timezone);
	for (const [field, value] of Object.entries(shown)) {
		json[OWN_FIELDS.has(field) ? `feishu_${field}` : field] = value;
	}
	return { json };
}
