import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../feishu/answer';
import { folded } from '../normalized';
import type { Order, Report } from './api/orders';
import { readableDate } from './simplify';

/** `order_status` in words (Feishu "获取背调信息列表"). 1 and 7 are undocumented. */
export const ORDER_STATUSES = {
	2: 'arranged',
	3: 'completed',
	4: 'terminated',
	5: 'in approval',
	6: 'approval withdrawn',
	8: 'approved',
	9: 'not approved',
} as const;

/** `report_type` in words. */
const REPORT_TYPES: Record<number, string> = { 1: 'interim', 2: 'final' };

/** The suppliers that have a number at Feishu (`account_third_type`). */
const SUPPLIERS: Record<number, string> = { 1: '八方锦程', 2: 'i背调', 3: '轩渡' };

const inWords = (words: Record<number, string>, value: unknown): unknown =>
	words[Number(value)] ?? value ?? null;

const textOrNull = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/** The status of an order in words; an undocumented number stays a number. */
export const statusOf = ({ order_status }: Order): IDataObject[string] =>
	inWords(ORDER_STATUSES, order_status) as IDataObject[string];

/** The supplier's name; null for a result that was entered by hand. */
function supplierOf({ provider_info, account_third_type }: Order): string | null {
	const names = isObject(provider_info) ? provider_info.provider_name : undefined;
	const name = isObject(names) ? (textOrNull(names.zh_cn) ?? textOrNull(names.en_us)) : null;
	return name ?? SUPPLIERS[Number(account_third_type)] ?? null;
}

/** Whether the supplier's name contains this text, ignoring case and width. */
export const hasSupplier = (order: Order, part: string): boolean =>
	folded(supplierOf(order) ?? '').includes(folded(part));

/** Identifies a report within its order: by its ID, or by its content if Feishu sends none. */
export const reportKey = ({ id, create_time, report_name }: Report): string =>
	id || JSON.stringify([create_time, report_name]);

/** The reports of an order, newest first. */
export const reportsOf = ({ feedback_info_list }: Order): Report[] =>
	(Array.isArray(feedback_info_list) ? (feedback_info_list as unknown[]) : []).filter(isObject);

/**
 * An order in a form that is easy to read: ten fields, without the phone numbers and email
 * addresses that Feishu sends.
 *
 * @param timezone IANA name of the zone in which times are written
 */
export function simplifiedOrder(order: Order, timezone: string) {
	const time = (value: unknown) => readableDate(value as string | undefined, timezone);
	const { candidate_info } = order;
	return {
		order_id: order.order_id ?? null,
		application_id: order.application_id ?? null,
		candidate_name: isObject(candidate_info) ? textOrNull(candidate_info.name) : null,
		status: statusOf(order),
		conclusion: textOrNull(order.conclusion),
		supplier: supplierOf(order),
		package: textOrNull(order.package),
		begin_time: time(order.begin_time),
		update_time: time(order.update_time),
		reports: reportsOf(order).map((report) => simplifiedReport(report, timezone)),
	};
}

/** A report in a form that is easy to read. It has one of the two URLs. */
export const simplifiedReport = (report: Report, timezone: string): IDataObject => ({
	name: textOrNull(report.report_name),
	type: inWords(REPORT_TYPES, report.report_type) as IDataObject[string],
	result: textOrNull(report.result),
	time: readableDate(report.create_time, timezone),
	...(report.attachment_url && { url: report.attachment_url }),
	...(report.report_preview_url && { preview_url: report.report_preview_url }),
});
