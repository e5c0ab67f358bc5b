import { fileContent, orderExamples, startSandbox } from '../../sandbox';
import type { Report, Sandbox } from '../../sandbox';
import { bearer, download, send } from './client';
import { orderCallsOf, rowsIn } from './orderClient';

let sandbox: Sandbox;
let now: number;

beforeEach(async () => {
	now = Date.UTC(2025, 5, 1);
	sandbox = await startSandbox({ now: () => now });
});

afterEach(async () => await sandbox.close());

async function reportsOf(id: string): Promise<Array<Report & { attachment_url?: string }>> {
	const { query } = await orderCallsOf(sandbox);
	const reply = await query({ background_check_order_id_list: [id] });
	return rowsIn(reply)[0]?.feedback_info_list ?? [];
}

async function urlOf(id: string): Promise<string> {
	return (await reportsOf(id))[0]?.attachment_url ?? '';
}

test('each report of an order has a file of its own on another host', async () => {
	expect(new URL(sandbox.fileHostUrl).port).not.toBe(new URL(sandbox.url).port);
	const reports = await reportsOf(orderExamples.twoReports);
	expect(reports).toHaveLength(2);
	const stored = sandbox.orders.byId(orderExamples.twoReports)?.feedback_info_list ?? [];
	for (const [index, { id, attachment_url: url = '', ...others }] of reports.entries()) {
		expect(others).not.toHaveProperty('report_preview_url');
		expect(others).not.toHaveProperty('file');
		expect(url).toMatch(new RegExp(`^${sandbox.fileHostUrl}/`));
		const { status, data, headers } = await download(url);
		expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
		const { name = '', size = 0 } = stored[index]?.file ?? {};
		expect(data.includes(id)).toBe(true);
		expect(data).toHaveLength(fileContent({ id, name, size }).size);
		expect(headers['content-disposition']).toContain(encodeURIComponent(name));
	}
});

test('the URL is valid for an hour; each read of the order creates a new one', async () => {
	const url = await urlOf(orderExamples.completed);
	now += 60 * 60_000 - 1;
	expect((await send(url)).status).toBe(200);
	now += 1;
	expect((await send(url)).status).toBe(403);
	expect((await send(await urlOf(orderExamples.completed))).status).toBe(200);
	sandbox.orders.remove(orderExamples.completed);
	expect((await send(url)).status).toBe(403);
});

test('Feishu may hand out an address of its own, which redirects', async () => {
	sandbox.options.open.reportUrl = 'redirect';
	const url = await urlOf(orderExamples.completed);
	expect(url).toMatch(new RegExp(`^${sandbox.url}/`));
	const { status, headers } = await send(url, { maxRedirects: 0 });
	expect([status, headers.location]).toEqual([302, url.replace(sandbox.url, sandbox.fileHostUrl)]);
	expect((await download(url)).status).toBe(200);
});

test('the file host takes no token, and has nothing but files', async () => {
	const headers = await bearer(sandbox);
	expect((await send(await urlOf(orderExamples.completed), { headers })).status).toBe(403);
	const path = '/open-apis/hire/v1/background_check_orders';
	expect((await send(sandbox.fileHostUrl + path, { headers })).status).toBe(404);
	expect(sandbox.requests('file')).toHaveLength(1);
	sandbox.fault({ api: 'file', do: 'cut' });
	await expect(download(await urlOf(orderExamples.completed))).rejects.toMatchObject({
		code: 'ERR_BAD_RESPONSE',
	});
});

test('a report is not an attachment of Feishu', async () => {
	const headers = await bearer(sandbox);
	const [report] = await reportsOf(orderExamples.completed);
	const path = `/open-apis/hire/v1/attachments/${report?.id}?type=3`;
	expect((await send(sandbox.url + path, { headers })).json.code).toBe(1002002);
});

test('a preview link is a web page, without a file', async () => {
	const [report] = await reportsOf(orderExamples.previewOnly);
	expect(report).not.toHaveProperty('attachment_url');
	const page = await send(String(report?.report_preview_url));
	expect(page.headers['content-type']).toMatch(/^text\/html/);
	expect(sandbox.requests('preview')).toHaveLength(1);
	const link = 'https://supplier.example.com/1';
	sandbox.orders.addReport(orderExamples.previewOnly, { report_preview_url: link });
	expect((await reportsOf(orderExamples.previewOnly))[0]?.report_preview_url).toBe(link);
});
