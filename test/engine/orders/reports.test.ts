import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import {
	fileContent,
	jsonAnswer,
	jsonBody,
	orderExamples,
	people,
	type FaultAction,
	type RequestRecord,
} from '../../../sandbox';
import { readBinary } from '../../harness';
import { useFileHost } from '../attachments/fileHost';
import { candidate, itemsOf, rowsOf, useOrderTenant, type OrderTenant } from './tenant';

const open = useOrderTenant();
const startHost = useFileHost();

const { completed, twoReports, previewOnly, open: unfinished } = orderExamples;

/** Reads these orders with their reports. */
const download = async (
	{ ask }: OrderTenant,
	ids: string,
	reportOptions: INodeParameters = {},
	rest?: Parameters<OrderTenant['ask']>[2],
) => await ask('getByIds', { orderIds: ids, downloadReports: true, reportOptions }, rest);

const fieldsOf = (item?: INodeExecutionData) => Object.keys(item?.binary ?? {});

const namesOf = (item?: INodeExecutionData) =>
	Object.values(item?.binary ?? {}).map(({ fileName }) => fileName);

/** The bytes that the sandbox has for the report at this position. */
async function contentOf({ sandbox }: OrderTenant, order: string, position: number) {
	const { id, file } = sandbox.orders.byId(order)!.feedback_info_list![position]!;
	return Buffer.concat(
		(await fileContent({ id, ...file! })
			.open()
			.toArray()) as Buffer[],
	);
}

/** Changes fields of the reports in an answer. */
const reporting =
	(change: Record<string, unknown>): FaultAction =>
	(_request, answer) => {
		const { data } = jsonBody(answer) as {
			data: { items: Array<{ feedback_info_list: object[] }> };
		};
		const items = data.items.map((order) => ({
			...order,
			feedback_info_list: order.feedback_info_list.map((report) => ({ ...report, ...change })),
		}));
		return jsonAnswer(200, { code: 0, data: { ...data, items } });
	};

const statusesOf = (requests: RequestRecord[]) => requests.map(({ status }) => status);

test('the final report is downloaded directly, without the token', async () => {
	const tenant = await open();
	const result = await download(tenant, twoReports);
	const [item] = result.output();
	expect(fieldsOf(item)).toEqual(['report_0']);
	expect(item?.binary?.report_0).toMatchObject({
		fileName: '终版报告.pdf',
		mimeType: 'application/pdf',
	});
	const binary = item!.binary!.report_0!;
	expect((await contentOf(tenant, twoReports, 0)).equals(await readBinary(binary))).toBe(true);
	expect(tenant.count()).toMatchObject({ query: 1, files: 1 });
	for (const { headers } of tenant.sandbox.requests('file')) {
		expect(headers).not.toHaveProperty('authorization');
	}
	expect(tenant.sandbox.requests('query_orders')[0]?.headers.authorization).toMatch(/^Bearer t-/);
});

test('all reports: each under its position in the list, each with its own name', async () => {
	const tenant = await open();
	const options = { which: 'all', reportsPrefix: 'file' };
	const [item] = (await download(tenant, twoReports, options)).output();
	expect(fieldsOf(item).sort()).toEqual(['file0', 'file1']);
	expect([item?.binary?.file0?.fileName, item?.binary?.file1?.fileName]).toEqual([
		'终版报告.pdf',
		'阶段性报告.pdf',
	]);
	for (const position of [0, 1]) {
		const binary = item!.binary![`file${position}`]!;
		const content = await contentOf(tenant, twoReports, position);
		expect(content.equals(await readBinary(binary))).toBe(true);
	}
});

test('reports with one name are kept apart; an extension is kept, and an unusable name is replaced', async () => {
	const tenant = await open();
	for (const report_name of ['报告', '报告', '报告.docx', '../../etc/passwd', '  ']) {
		tenant.sandbox.orders.addReport(unfinished, { report_name });
	}
	const [item] = (await download(tenant, unfinished)).output();
	expect(fieldsOf(item)).toHaveLength(5);
	expect(namesOf(item)).toEqual([
		expect.stringMatching(/^attachment-\d+-\d+$/),
		'passwd.pdf',
		'报告.docx',
		'报告.pdf',
		'报告 (2).pdf',
	]);
});

test('a final report that is not the newest keeps its position', async () => {
	const tenant = await open();
	tenant.sandbox.orders.addReport(completed, { report_type: 1 });
	const [item] = (await download(tenant, completed)).output();
	expect(fieldsOf(item)).toEqual(['report_1']);
});

test('an order without a report has no file', async () => {
	const tenant = await open();
	const [item] = (await download(tenant, unfinished, { which: 'all' })).output();
	expect(item?.binary).toBeUndefined();
	expect(tenant.count().files).toBe(0);
});

test('a preview link stays a link', async () => {
	const tenant = await open();
	const result = await download(tenant, previewOnly, { which: 'all' });
	expect(result.error).toBeUndefined();
	const [item] = result.output();
	expect(item?.binary).toBeUndefined();
	expect(item?.json.reports).toEqual([
		expect.objectContaining({ preview_url: expect.stringMatching(/^http/) as string }),
	]);
	expect(tenant.sandbox.requests('preview')).toEqual([]);
	expect(tenant.count().files).toBe(0);
});

test.each(['getMany', 'getByCandidate', 'getByApplication'])(
	'%s has the reports of its orders, too; Simplify on and off',
	async (operation) => {
		const tenant = await open();
		const applicationId = tenant.sandbox.orders.byId(twoReports)!.application_id;
		for (const simple of [true, false]) {
			const result = await tenant.ask(operation, {
				...candidate(people.twoNumbers.id),
				applicationId,
				returnAll: true,
				downloadReports: true,
				simple,
			});
			expect(rowsOf(result).length).toBeGreaterThan(0);
			const item = result.output().find(({ json }) => json.order_id === twoReports);
			expect(fieldsOf(item)).toEqual(['report_0']);
			const finals = result.output().filter(({ json }) => {
				const order = tenant.sandbox.orders.byId(json.order_id as string);
				return order?.feedback_info_list?.some(
					({ report_type, file }) => report_type === 2 && file,
				);
			});
			for (const { binary } of finals) expect(Object.keys(binary ?? {}).length).toBeGreaterThan(0);
		}
	},
);

test('the order of several items: its file is fetched once', async () => {
	const tenant = await open();
	const result = await download(tenant, '={{ $json.value }}', {}, itemsOf([completed, completed]));
	expect(result.output().map(fieldsOf)).toEqual([['report_0'], ['report_0']]);
	expect(tenant.count().files).toBe(1);
});

test('no report is downloaded for orders beyond the limit', async () => {
	const tenant = await open();
	await tenant.ask('getMany', { limit: 1, downloadReports: true, filters: { status: 3 } });
	expect(tenant.count().files).toBeLessThanOrEqual(1);
});

describe('an address that has expired', () => {
	test('the order is read once more', async () => {
		let now = Date.UTC(2025, 5, 1);
		const tenant = await open({ now: () => now });
		tenant.sandbox.fault({
			api: 'query_orders',
			nth: 1,
			do: (_request, answer) => {
				now += 60 * 60_000;
				return answer;
			},
		});
		const [item] = (await download(tenant, completed)).output();
		const content = await contentOf(tenant, completed, 0);
		expect(content.equals(await readBinary(item!.binary!.report_0!))).toBe(true);
		expect(tenant.count().query).toBe(2);
		expect(statusesOf(tenant.sandbox.requests('file'))).toEqual([403, 200]);
	});

	test('and once only', async () => {
		const tenant = await open({ reportUrlLifeSeconds: 0 });
		const result = await download(tenant, completed);
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe('The file could not be downloaded (HTTP 403)');
		expect(result.error?.description).toContain(completed);
		expect([tenant.count().query, statusesOf(tenant.sandbox.requests('file'))]).toEqual([
			2,
			[403, 403],
		]);
	});

	test('a report that is gone then is an error', async () => {
		const tenant = await open({ reportUrlLifeSeconds: 0 });
		tenant.sandbox.fault({
			api: 'file',
			always: true,
			do: (_request, answer) => {
				tenant.sandbox.orders.update(completed, { feedback_info_list: [] });
				return answer;
			},
		});
		const result = await download(tenant, completed);
		expect(result.error?.message).toBe(
			'The background check order no longer has a file for this report',
		);
		expect(result.output()).toEqual([]);
	});

	test('with Continue On Fail the item names it, and keeps its data', async () => {
		const tenant = await open({ reportUrlLifeSeconds: 0 });
		const result = await download(
			tenant,
			completed,
			{},
			{ nodeSettings: { onError: 'continueRegularOutput' } },
		);
		const [row] = rowsOf(result);
		expect(row).toMatchObject({
			order_id: completed,
			reports_failed: [{ id: expect.stringContaining(completed) as string, name: '终版报告' }],
		});
	});
});

test('a file that breaks off is fetched again', async () => {
	const tenant = await open();
	tenant.sandbox.fault({ api: 'file', nth: 1, do: 'cut' });
	const [item] = (await download(tenant, completed)).output();
	const content = await contentOf(tenant, completed, 0);
	expect(content.equals(await readBinary(item!.binary!.report_0!))).toBe(true);
});

describe('the host of a file', () => {
	test('Feishu may redirect to it; neither gets the token', async () => {
		const tenant = await open();
		tenant.sandbox.options.open.reportUrl = 'redirect';
		const [item] = (await download(tenant, completed)).output();
		expect(fieldsOf(item)).toEqual(['report_0']);
		const files = tenant.sandbox.requests('file');
		expect(statusesOf(files)).toEqual([302, 200]);
		for (const { headers } of files) expect(headers).not.toHaveProperty('authorization');
	});

	test.each([
		['plain http', 'http://files.example.com/a.pdf'],
		['a private address', 'http://10.0.0.1/a.pdf'],
		['a service of the cloud', 'http://169.254.169.254/latest/meta-data/'],
		['a file', 'file:///etc/passwd'],
		['credentials in it', 'https://user:password@files.example.com/a'],
	])('%s is refused, also where a redirect leads there', async (_kind, url) => {
		const tenant = await open();
		tenant.sandbox.fault({
			api: 'query_orders',
			always: true,
			do: reporting({ attachment_url: url }),
		});
		const result = await download(tenant, completed);
		expect(result.error?.message).toMatch(
			/^The file was not downloaded, because its address (does not use https|is not a plain URL)$/,
		);
		expect(result.error?.description).toContain(completed);
		expect(tenant.count().files).toBe(0);
		const other = await open();
		other.sandbox.fault({ api: 'file', always: true, do: { kind: 'redirect', to: url } });
		const redirected = await download(other, completed);
		expect(redirected.error?.message).toMatch(
			/^The file was not downloaded, because its address (does not use https|is not a plain URL)$/,
		);
	});

	test('what another host sends is taken as it is, and the host gets no token', async () => {
		const tenant = await open();
		const host = await startHost((response) => {
			response.writeHead(200, { 'content-type': 'application/zip' }).end('zip');
		});
		const url = `${host.url}/of-the-supplier`;
		tenant.sandbox.fault({
			api: 'query_orders',
			always: true,
			do: reporting({ attachment_url: url }),
		});
		const [item] = (await download(tenant, completed)).output();
		expect(item?.binary?.report_0?.mimeType).toBe('application/zip');
		expect(host.requests.map(({ headers }) => 'authorization' in headers)).toEqual([false]);
	});
});

test('a report that is larger than allowed is named in the item', async () => {
	const tenant = await open();
	tenant.sandbox.orders.addReport(unfinished, {
		report_name: '大报告',
		file: { name: 'a.pdf', size: 5000 },
	});
	const [item] = (await download(tenant, unfinished, { maxReportSizeMb: 0.001 })).output();
	expect(item?.binary).toBeUndefined();
	expect(item?.json.reports_skipped).toEqual([
		{
			id: expect.stringContaining(unfinished) as string,
			name: '大报告',
			reason: 'larger than 0.001 MB',
		},
	]);
	expect(tenant.count().files).toBe(1);
});

test.each<[INodeParameters, string]>([
	[{ which: 'latest' }, "'Reports' has an invalid value"],
	[{ reportsPrefix: 'a b' }, "'Reports Prefix' is not a valid prefix for field names"],
	[{ maxReportSizeMb: 0 }, "'Max Report Size (MB)'"],
])('%j is refused before a request', async (reportOptions, message) => {
	const tenant = await open();
	const result = await download(tenant, completed, reportOptions);
	expect(result.error?.message).toContain(message);
	expect(tenant.count().query).toBe(0);
});
