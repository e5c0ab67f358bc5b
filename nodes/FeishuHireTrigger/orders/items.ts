import type { FunctionsBase, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { simplifiedOrder, simplifiedReport, statusOf } from '../../shared/hire/order';
import { withoutFields } from '../../shared/withoutFields';
import type { TriggerSettings } from '../readParameters';
import type { OrderNews } from './compareOrders';

/** The output items for changed orders, as the node's settings select them. */
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
 * @param timezone if set, the item is simplified, with times as text in this zone; otherwise it is
 * as Feishu sends it
 */
function toOrderItem(
	{ events, newReports, oldStatus, order }: OrderNews,
	timezone?: string,
): INodeExecutionData {
	const isRaw = timezone === undefined;
	const changes: IDataObject[] = [];
	if (oldStatus !== undefined) {
		changes.push({ field: 'status', old: oldStatus, new: statusOf(order) });
	}
	if (newReports.length > 0) {
		const reports = newReports.map((each) => (isRaw ? each : simplifiedReport(each, timezone)));
		changes.push({ field: 'reports', new: reports });
	}
	return {
		json: {
			events,
			...(changes.length > 0 && { changes }),
			...withoutFields(['events', 'changes'], isRaw ? order : simplifiedOrder(order, timezone)),
		},
	};
}
