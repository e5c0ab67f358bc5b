import type { IDataObject } from 'n8n-workflow';
import { fetchFile } from '../../hire/api/attachments';
import { orderLoader, type Order, type Report } from '../../hire/api/orders';
import { isId } from '../../hire/checkedId';
import { reportKey, reportsOf, simplifiedOrder } from '../../hire/order';
import type { AttachmentReference } from '../../hire/types';
import { FeishuError } from '../../feishu/failure';
import type { Operation, Run } from '../../run/operation';
import { attach } from '../attach';
import type { OrdersRequest, ReportOptions } from './fields';

/** The `report_type` of a final report. */
const FINAL = 2;

/** A report with a file, and its order. */
interface ReportFile extends AttachmentReference {
	order: Order;
	report: Report;
}

/**
 * The orders as Feishu sent them, by the reports of their simplified rows, which lack Feishu's IDs
 * and types.
 */
const sent = new WeakMap<object, Order>();

/** Simplifies an order and keeps the original, so that its reports can be downloaded. */
export function simplifiedWithReports(order: Order, timezone: string): IDataObject {
	const row = simplifiedOrder(order, timezone);
	sent.set(row.reports, order);
	return row;
}

/** Adds the reports of orders to the items, if requested. Runs at the end of an operation. */
export const attachReports: Operation<OrdersRequest>['finish'] = async (
	run,
	requests,
	outcomes,
) => {
	const files = new Map<Report, ReportFile>();
	const fileOf = (order: Order, report: Report, position: number): ReportFile => {
		const id = `${order.order_id}-${report.id ?? position}`;
		const file = files.get(report) ?? { id, name: report.report_name, order, report };
		files.set(report, file);
		return file;
	};
	await attach(run, requests, outcomes, {
		name: 'reports',
		optionsOf: ({ reports }) => reports,
		listOf: (row, { which }: ReportOptions) => {
			const order = (Array.isArray(row.reports) && sent.get(row.reports)) || row;
			return reportsOf(order).flatMap((report, position) =>
				report.attachment_url && (which === 'all' || report.report_type === FINAL)
					? [{ reference: fileOf(order, report, position), position }]
					: [],
			);
		},
		fetch: async (reference, options) => {
			const { order, report } = reference as unknown as ReportFile;
			let url = report.attachment_url;
			return await fetchFile(
				run.context,
				run.client,
				{ ...reference, size: undefined },
				options,
				async () => {
					const address = url ?? (await freshUrl(run, order, report));
					// The URL is valid for an hour. A second attempt gets a new one.
					url = undefined;
					return { url: address, name: withExtension(report.report_name) };
				},
			);
		},
	});
};

/** Reads the order again to get a new URL. */
async function freshUrl({ client }: Run, { order_id }: Order, meant: Report): Promise<string> {
	const order = isId(order_id) ? await orderLoader(client, [order_id]).load(order_id) : undefined;
	const report = order && reportsOf(order).find((each) => reportKey(each) === reportKey(meant));
	if (report?.attachment_url) return report.attachment_url;
	throw new FeishuError({
		message: 'The background check order no longer has a file for this report',
		reaction: 'fail',
		advice: 'Check the order in Feishu Hire.',
	});
}

/** Reports are PDFs, but many names lack the extension. */
const withExtension = (name: unknown): string | undefined =>
	typeof name === 'string' && name.trim() !== '' && !/\.[A-Za-z0-9]{1,5}$/.test(name.trim())
		? `${name.trim()}.pdf`
		: (name as string | undefined);
