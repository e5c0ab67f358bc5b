/**
 * Executes each workflow of `examples/`: the engine, n8n's nodes and ours are real, Feishu is the
 * sandbox. `npm run test:examples`. The AI agent's model and the triggers' own work are in e2e.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
	type Attachment,
	fileContent,
	fixtureChecks,
	orderExamples,
	people,
	type Report,
	type Sandbox,
} from '../../sandbox';
import { manyOrders } from '../engine/orders/tenant';
import { callTool, pollNode, readBinary, type WorkflowJson } from '../harness';
import { MANUAL_TRIGGER, NO_OPERATION } from '../harness/nodeTypes';
import { type Row, sheets } from '../harness/sheet';
import { type Tenant, useTenant } from '../harness/tenant';
import { example, installed, jsonOf, runExample } from './engine';

const openTenant = useTenant();

const QUERY = 'Query External Background Checks';

/** The day in the time zone of the examples. */
const dayOf = (date: unknown) =>
	Number(date)
		? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Number(date))
		: '';

/** Replaces Feishu's address with the sandbox's, as a user fills in a bot's address. */
const withBot =
	({ url }: Sandbox) =>
	(workflow: WorkflowJson): WorkflowJson => {
		for (const { parameters } of workflow.nodes) {
			if (typeof parameters.url === 'string') {
				parameters.url = parameters.url.replace('https://open.feishu.cn', url);
			}
		}
		return workflow;
	};

const textsOf = ({ hooks }: Sandbox) =>
	hooks.map((hook) => (hook as { content: { text: string } }).content.text);

test('all checks', async () => {
	const tenant = await openTenant();
	const result = await runExample('query-all-background-checks.json', tenant);
	expect(result.status).toBe('success');
	expect(jsonOf(result, QUERY).map(({ id }) => id)).toEqual(
		tenant.sandbox.checks.all().map(({ id }) => id),
	);
});

describe('candidates of a sheet', () => {
	const file = 'look-up-checks-for-spreadsheet-rows.json';
	const { write, read } = sheets(installed);

	/** Runs the example with an uploaded file. Only a real n8n has the pages of a form. */
	async function lookUp(content: Buffer, tenant?: Tenant) {
		const data = {
			data: content.toString('base64'),
			fileName: 'candidates.xlsx',
			fileExtension: 'xlsx',
			mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		};
		const result = await runExample(file, tenant ?? (await openTenant()), {
			startItems: [{ json: {}, binary: { Sheet: data } }],
			adapt: (workflow) => {
				for (const node of workflow.nodes) {
					if (/\.form$/.test(node.type))
						Object.assign(node, { type: NO_OPERATION, typeVersion: 1 });
				}
				return workflow;
			},
		});
		expect(result.error).toBeUndefined();
		return result;
	}

	async function answer(rows: Row[]): Promise<Row[]> {
		const result = await lookUp(write(rows));
		const [item] = result.output('Return the File');
		expect(item?.binary?.data?.fileName).toBe('background-checks.xlsx');
		return read(await readBinary(item!.binary!.data!));
	}

	test('every row is in the file, with its result or a remark', async () => {
		const rows = await answer([
			{ Candidate: '林晓彤', 'E-mail': 'lin.xiaotong@example.com', Position: '产品经理' },
			{ Candidate: '张三', 'E-mail': 'zhangsan@example.com' },
			{ Candidate: '赵敏', 'E-mail': 'zhao.min@example.com' },
			{ Candidate: '周雨桐', 'E-mail': 'zhou.yutong@example.com' },
			{ Candidate: '李雷', 'E-mail': 'li.lei@example.com' },
			{ Position: '产品经理' },
		]);
		const columns = ['Candidate', 'E-mail', 'Position'];
		const added = ['Background check', 'Result', 'Date', 'Background check ID', 'Remark'];
		expect(Object.keys(rows[0] ?? {})).toEqual([...columns, ...added]);
		expect(rows.map((row) => [row.Candidate, row.Result, row.Date, row.Remark])).toEqual([
			['林晓彤', '已通过', '2025-03-10', ''],
			['林晓彤', '进行中', '2025-03-12', ''],
			['林晓彤', '未通过', '', ''],
			['张三', '已通过', '2021-07-18', ''],
			['赵敏', '', '', expect.stringContaining('The candidate has no external application')],
			['周雨桐', '', '', expect.stringContaining('The candidate has no external background check')],
			['李雷', '', '', expect.stringContaining('No such candidate in Feishu Hire')],
			['', '', '', expect.stringMatching(/'Candidate' is empty/)],
		]);
	});

	test.each<[string, Row]>([
		['候选人', { 候选人: '张三' }],
		['姓名', { ' 姓名 ': '张三' }],
		['邮箱', { 邮箱: 'zhangsan@example.com' }],
		['E-MAIL', { 'E-MAIL': 'zhangsan@example.com' }],
		['手机号', { 手机号: 19900000104 }],
		['人才 ID', { '人才 ID': people.shortName.id }],
		['both, one of them empty', { 邮箱: '', 姓名: '张三' }],
		['both, the name another’s, too', { 姓名: '欧阳建国', 邮箱: 'zhangsan@example.com' }],
	])('the column %s is found', async (_name, row) => {
		const [found] = await answer([row]);
		expect(found).toMatchObject({ ...row, Result: '已通过', Date: '2021-07-18' });
	});

	test.each<[string, Buffer]>([
		['a column of that kind', write([{ 工号: 1, 部门: '产品' }])],
		['anything in it', write([{ 工号: 1, 邮箱: '', 部门: '产品' }])],
		['rows', write([])],
	])('a sheet without %s: the form says so, and no request is sent', async (_what, content) => {
		const tenant = await openTenant();
		const result = await lookUp(content, tenant);
		expect(result.output('Say What Is Missing').length).toBeGreaterThan(0);
		expect(tenant.sandbox.log).toEqual([]);
	});
});

test('the nightly file has a line for each check, with its day', async () => {
	const tenant = await openTenant();
	const result = await runExample('nightly-export-to-csv.json', tenant, { mode: 'trigger' });
	expect(result.error).toBeUndefined();
	const [item] = result.output('CSV File');
	const data = item?.binary?.data;
	if (!data) throw new Error('there is no file');
	expect(data.fileName).toMatch(/^background-checks-\d{4}-\d\d-\d\d\.csv$/);
	// A byte order mark tells Excel that it is UTF-8.
	const [header, ...lines] = String(await readBinary(data))
		.replace(/^\uFEFF/, '')
		.trim()
		.split('\n');
	expect(header).toBe(
		'Background check,Result,Date,Background check ID,External application ID,Files',
	);
	expect(lines).toEqual(
		tenant.sandbox.checks
			.all()
			.map(
				({
					name,
					result: text,
					date,
					id,
					external_application_id: application,
					attachment_list: files,
				}) =>
					[
						name,
						text,
						dayOf(date),
						id,
						application,
						files?.map((file) => file.name).join('; '),
					].join(','),
			),
	);
	expect(lines[0]).toContain(',2025-03-10,');
});

test('the nightly file, converted to XLSX, has that ending', async () => {
	const result = await runExample('nightly-export-to-csv.json', await openTenant(), {
		adapt: (workflow) => {
			const node = workflow.nodes.find(({ name }) => name === 'CSV File');
			Object.assign(node!.parameters, { operation: 'xlsx' });
			return workflow;
		},
	});
	const [item] = result.output('CSV File');
	expect(item?.binary?.data?.fileName).toMatch(/^background-checks-\d{4}-\d\d-\d\d\.xlsx$/);
});

test('a report by e-mail is recorded when the webhook is deactivated', async () => {
	const tenant = await openTenant();
	const known = tenant.sandbox.checks.size;
	const json = {
		subject: '背调报告 张三 zhangsan@example.com 未通过',
		date: '2026-03-04T00:00:00Z',
	};
	const data = { data: 'JVBERg==', fileName: '报告.pdf', mimeType: 'application/pdf' };
	const result = await runExample('put-a-vendor-report-on-the-candidate.json', tenant, {
		mode: 'trigger',
		startItems: [{ json, binary: { report_0: data } }],
		adapt: (workflow) => {
			for (const node of workflow.nodes) {
				if (node.type.endsWith('.webhook')) Object.assign(node, { disabled: true });
				if (node.type.endsWith('.emailReadImap')) node.type = MANUAL_TRIGGER;
			}
			return workflow;
		},
	});
	expect(result.error).toBeUndefined();
	expect(tenant.sandbox.checks.all().slice(known)).toMatchObject([
		{ name: '张三-入职前背景调查', result: '未通过', attachment_list: [{ name: '报告.pdf' }] },
	]);
});

describe('failed checks, posted to a group', () => {
	const file = 'notify-on-failed-background-check.json';
	const check = (id: string, name: string | null, result: string) => ({
		json: { event: 'changed', id, name, result, date: '2025-03-12T00:00:00.000+08:00' },
	});
	const [, open] = fixtureChecks();
	const failedOne = check(open?.id ?? '', open?.name ?? '', '未通过');

	test('the published workflow posts the failed ones, with date and a link to the candidate', async () => {
		const tenant = await openTenant();
		const startItems = [
			failedOne,
			check('7318840216653955117', '林晓彤-入职前背景调查', '已通过'),
			// With an unknown name, with a name that two candidates have, and without a name.
			check('7999999999999999991', '无名氏-背调', '未通过'),
			check('7999999999999999992', '欧阳建国-背调', '未通过'),
			check('7999999999999999993', null, '未通过'),
		];
		const result = await runExample(file, tenant, {
			mode: 'trigger',
			startItems,
			adapt: withBot(tenant.sandbox),
		});
		expect(result.error).toBeUndefined();
		const page = 'https://REPLACE-WITH-YOUR-COMPANY.feishu.cn/hire/talent/';
		expect(textsOf(tenant.sandbox)).toEqual([
			`背调未通过 / Background check failed: 林晓彤-补充背调\n结果 / Result: 未通过\n日期 / Date: 2025-03-12\n外部背调 ID / Check ID: 7318840216653955118\n候选人 / Candidate: ${page}${people.twoNumbers.id}`,
			expect.stringMatching(/failed: 无名氏-背调\n[^]*7999999999999999991$/),
			expect.stringMatching(/failed: 欧阳建国-背调\n[^]*7999999999999999992$/),
			expect.stringMatching(/failed: 7999999999999999993\n[^]*7999999999999999993$/),
		]);
		expect(result.output('Posted')).toHaveLength(4);
	});

	test('a namesake’s page is not linked: the candidate must have this very check', async () => {
		const tenant = await openTenant();
		const startItems = [check('7999999999999999994', '林晓彤-补充背调', '未通过')];
		await runExample(file, tenant, { mode: 'trigger', startItems, adapt: withBot(tenant.sandbox) });
		expect(textsOf(tenant.sandbox)).toEqual([expect.stringMatching(/7999999999999999994$/)]);
	});

	test('a test run shows the message and posts nothing', async () => {
		const tenant = await openTenant();
		const result = await runExample(file, tenant, {
			startItems: [failedOne],
			adapt: withBot(tenant.sandbox),
		});
		expect(result.error).toBeUndefined();
		expect(jsonOf(result, 'Test Run: Nothing Is Posted')).toEqual([
			{ text: expect.stringContaining('林晓彤-补充背调') as string },
		]);
		expect(tenant.sandbox.hooks).toEqual([]);
	});

	test.each([
		['the bot', { code: 19024, msg: 'Key Words Not Found' }, 'Key Words Not Found (code 19024)'],
		['a page without a code', { data: {} }, 'the bot gave no reason'],
	])('a refusal of %s with HTTP 200 fails the execution', async (_by, body, reason) => {
		const tenant = await openTenant();
		tenant.sandbox.fault({
			api: 'bot_hook',
			always: true,
			do: (_request, answer) => ({ ...answer, body: JSON.stringify(body) }),
		});
		const result = await runExample(file, tenant, {
			mode: 'trigger',
			startItems: [failedOne],
			adapt: withBot(tenant.sandbox),
		});
		expect(result.error?.message).toContain(`Feishu did not post the message: ${reason}`);
	});

	test('without the scopes to find a candidate, the message has no link', async () => {
		const tenant = await openTenant();
		tenant.sandbox.app.scopes = ['hire:external_application:readonly'];
		const result = await runExample(file, tenant, {
			mode: 'trigger',
			startItems: [failedOne],
			adapt: withBot(tenant.sandbox),
		});
		expect(result.error).toBeUndefined();
		expect(textsOf(tenant.sandbox)).toEqual([
			expect.stringMatching(/Check ID: 7318840216653955118$/),
		]);
	});
});

describe('by the result', () => {
	const file = 'move-on-by-the-result.json';
	const startItems = ['已通过', '未通过', '进行中', null].map((result, index) => ({
		json: { event: 'changed', id: String(index), external_application_id: '7', result },
	}));
	/** The sandbox acts both as the group and as the user's own system. */
	const withBoth = (sandbox: Sandbox) => (workflow: WorkflowJson) => {
		for (const { parameters } of workflow.nodes) {
			if (typeof parameters.url !== 'string') continue;
			parameters.url = `${sandbox.url}/open-apis/bot/v2/hook/any`;
		}
		return workflow;
	};

	test('a passed check moves on, a failed one is reported, an unfinished one waits', async () => {
		const bench = await openTenant();
		const adapt = withBoth(bench.sandbox);
		const result = await runExample(file, bench, { mode: 'trigger', startItems, adapt });
		expect(result.error).toBeUndefined();
		expect(bench.sandbox.hooks).toHaveLength(2);
		expect(bench.sandbox.hooks).toEqual(
			expect.arrayContaining([
				{ externalApplicationId: '7', checkId: '0' },
				{ msg_type: 'text', content: { text: expect.stringContaining('未通过 (ID 1)') as string } },
			]),
		);
	});

	test('a test run sends nothing', async () => {
		const bench = await openTenant();
		const result = await runExample(file, bench, { startItems, adapt: withBoth(bench.sandbox) });
		expect(jsonOf(result, 'Test Run: Nothing Is Sent').map(({ id }) => id)).toEqual(['0', '1']);
		expect(bench.sandbox.hooks).toEqual([]);
	});
});

/** The only folder that n8n lets workflows write to. */
const folder = process.env.N8N_RESTRICT_FILE_ACCESS_TO ?? '';

/** Fills in the full path of the folder. */
function withFolder(workflow: WorkflowJson): WorkflowJson {
	for (const { parameters } of workflow.nodes) {
		if (typeof parameters.fileName === 'string') {
			parameters.fileName = parameters.fileName.replace('.n8n-files', folder);
		}
	}
	return workflow;
}

/** Checks that exactly these files are in the folder, byte for byte, then empties it. */
async function expectFiles(expected: ReadonlyMap<string, Attachment>): Promise<void> {
	const written = readdirSync(folder).map((name) => {
		const file = path.join(folder, name);
		const content = readFileSync(file);
		rmSync(file);
		return [name, content] as const;
	});
	expect(written.map(([name]) => name).sort()).toEqual([...expected.keys()].sort());
	for (const [name, content] of written) {
		expect(content.equals(await buffer(fileContent(expected.get(name)!).open()))).toBe(true);
	}
}

test('each report file is in the folder, byte for byte', async () => {
	const tenant = await openTenant();
	const result = await runExample('file-background-check-reports.json', tenant, {
		adapt: withFolder,
	});
	expect(result.error).toBeUndefined();
	const expected = new Map<string, Attachment>();
	for (const { id, attachment_list: files } of tenant.sandbox.checks.all()) {
		for (const file of files ?? []) {
			const isTaken = expected.has(`${id} ${file.name}`);
			const name = isTaken ? file.name.replace(/\.\w+$/, ' (2)$&') : file.name;
			expected.set(`${id} ${name}`, file);
		}
	}
	await expectFiles(expected);
}, 60_000);

describe('when a report arrives', () => {
	const file = 'file-a-new-report-and-tell-the-owner.json';
	const { completed, open, previewOnly } = orderExamples;

	/** The trigger's output for what happens after its first poll. */
	async function arriving({ credentials }: Tenant, happen: () => void) {
		const node = example(file).nodes.find(({ type }) => type.endsWith('Trigger'))!;
		const { type, parameters } = node;
		const staticData = {};
		const settings = { timezone: 'Asia/Shanghai' };
		const poll = async () =>
			await pollNode({ credentials, type, parameters, settings, staticData });
		expect((await poll()).items).toBeNull();
		happen();
		return (await poll()).items ?? [];
	}

	/** Runs the published workflow with these items of its trigger. */
	async function publish(
		tenant: Tenant,
		startItems: Awaited<ReturnType<typeof arriving>>,
		change = (workflow: WorkflowJson) => withFolder(workflow),
	) {
		const { sandbox } = tenant;
		const adapt = (workflow: WorkflowJson) => change(withBot(sandbox)(workflow));
		const result = await runExample(file, tenant, { mode: 'trigger', startItems, adapt });
		expect(result.error).toBeUndefined();
		return textsOf(sandbox);
	}

	const reportOf = ({ orders }: Sandbox, order: string, position = 0): Report =>
		orders.byId(order)!.feedback_info_list![position]!;

	/** The name of its file in the folder. */
	function fileNameOf(order: string, { create_time: time }: Report, name: string): string {
		const moment = new Date(Number(time) + 8 * 60 * 60_000).toISOString().slice(0, 19);
		return `${order} ${moment.replaceAll(':', '')} ${name}`;
	}

	const contentOf = ({ id, file: content }: Report): Attachment => ({ id, ...content! });

	test('each has its file and its message, the interim one before the final one; for a page, the message has its address', async () => {
		const tenant = await openTenant();
		const { orders } = tenant.sandbox;
		const items = await arriving(tenant, () => {
			orders.addReport(open, { report_name: '报告', report_type: 1, result: '蓝灯' });
			orders.addReport(open, { report_name: '报告', report_type: 2, result: '绿灯' });
			orders.addReport(previewOnly, { report_name: '复核', report_preview_url: '/preview/1' });
		});
		const final = reportOf(tenant.sandbox, open);
		const interim = reportOf(tenant.sandbox, open, 1);
		const finalName = fileNameOf(open, final, '报告.pdf');
		const interimName = fileNameOf(open, interim, '报告 (2).pdf');
		const name = orders.byId(open)?.candidate_info?.name;
		const head = `新的背调报告 / New background check report: ${name}\n报告 / Report: 报告, `;
		const order = `背调订单 / Order: ${open}, 基础版, 八方锦程`;
		expect((await publish(tenant, items)).sort()).toEqual(
			[
				`${head}阶段报告 interim, 蓝灯\n${order}\n文件 / File: ${folder}/${interimName}`,
				`${head}终版报告 final, 绿灯\n${order}\n文件 / File: ${folder}/${finalName}`,
				`新的背调报告 / New background check report: 张三\n报告 / Report: 复核, 终版报告 final\n背调订单 / Order: ${previewOnly}, 标准版, 轩渡\n页面 / Page: ${tenant.sandbox.fileHostUrl}/preview/1`,
			].sort(),
		);
		const [first, second] = textsOf(tenant.sandbox);
		expect([first, second]).toEqual([
			expect.stringContaining('interim'),
			expect.stringContaining('final, 绿灯'),
		]);
		await expectFiles(
			new Map([
				[interimName, contentOf(interim)],
				[finalName, contentOf(final)],
			]),
		);
	});

	test('the final one does not replace the earlier interim one', async () => {
		const tenant = await openTenant();
		const { sandbox } = tenant;
		const report = { report_name: '报告', file: { name: '报告.pdf', size: 4000 } };
		const before = await arriving(tenant, () => {
			sandbox.orders.addReport(open, {
				...report,
				report_type: 1,
				create_time: '1741230000000',
			});
		});
		await publish(tenant, before);
		const after = await arriving(tenant, () => {
			sandbox.orders.addReport(open, { ...report, create_time: '1741231000000' });
		});
		await publish(tenant, after);
		expect(textsOf(sandbox)).toEqual([
			expect.stringContaining('interim'),
			expect.stringContaining('final'),
		]);
		const written = [0, 1].map((position) => reportOf(sandbox, open, position));
		await expectFiles(
			new Map(written.map((each) => [fileNameOf(open, each, '报告.pdf'), contentOf(each)])),
		);
	});

	test('one that cannot be filed is reported with the reason, and the others go on', async () => {
		const tenant = await openTenant();
		const { orders } = tenant.sandbox;
		const gone = orders.add({ application_id: '7451000000000001001', order_status: 2 }).id;
		const items = await arriving(tenant, () => {
			orders.addReport(open, { report_name: '大', file: { name: '大.pdf', size: 9000 } });
			orders.addReport(open, { report_name: '小' });
			orders.addReport(open, { report_name: '无', file: undefined });
			orders.addReport(gone, { report_name: '删' });
		});
		orders.remove(gone);
		const small = (workflow: WorkflowJson) => {
			for (const { parameters } of workflow.nodes) {
				if (parameters.reportOptions) {
					parameters.reportOptions = { which: 'all', maxReportSizeMb: 0.006 };
				}
			}
			return withFolder(workflow);
		};
		const texts = await publish(tenant, items, small);
		const outcomes = texts.map((text) => [
			/Report: (.)/.exec(text.split('\n')[1]!)?.[1],
			text.split('\n').at(-1),
		]);
		const name = fileNameOf(open, reportOf(tenant.sandbox, open, 1), '小.pdf');
		expect(Object.fromEntries(outcomes)).toEqual({
			大: '没有保存 / Not saved: larger than 0.006 MB',
			小: `文件 / File: ${folder}/${name}`,
			无: '没有保存 / Not saved: 飞书没有返回文件 / Feishu returned no file',
			删: '没有保存 / Not saved: 飞书没有返回文件 / Feishu returned no file',
		});
		expect(texts).toHaveLength(4);
		await expectFiles(new Map([[name, contentOf(reportOf(tenant.sandbox, open, 1))]]));
	});

	test.each<[string, (tenant: Tenant) => void, (workflow: WorkflowJson) => WorkflowJson, RegExp]>([
		[
			'the order cannot be read',
			({ sandbox }) => {
				sandbox.app.scopes = [];
			},
			withFolder,
			/Not saved: .*scope/,
		],
		[
			'the file cannot be had',
			({ sandbox }) => sandbox.fault({ api: 'file', always: true, do: 'reset' }),
			withFolder,
			/Not saved: The file server could not be reached/,
		],
		['the folder is not there', () => {}, (workflow) => workflow, /Not saved: .*does not exist/],
	])('%s: the owner still gets the message', async (_what, spoil, change, reason) => {
		const tenant = await openTenant();
		const items = await arriving(tenant, () => tenant.sandbox.orders.addReport(completed));
		spoil(tenant);
		expect(await publish(tenant, items, change)).toEqual([expect.stringMatching(reason)]);
		await expectFiles(new Map());
	});

	test('a test run posts nothing', async () => {
		const tenant = await openTenant();
		const startItems = await arriving(tenant, () =>
			tenant.sandbox.orders.addReport(previewOnly, { report_preview_url: '/preview/1' }),
		);
		const adapt = (workflow: WorkflowJson) => withFolder(withBot(tenant.sandbox)(workflow));
		const result = await runExample(file, tenant, { startItems, adapt });
		expect(jsonOf(result, 'Test Run: Nothing Is Posted')).toEqual([
			{ text: expect.stringContaining('张三') as string },
		]);
		expect(tenant.sandbox.hooks).toEqual([]);
	});
});

describe('the daily list of orders', () => {
	const file = 'daily-list-of-open-orders.json';
	const words = ['已安排 arranged', '审批中 in approval', '审批通过 approved', '7'];

	const listOf = async (tenant: Tenant) => {
		const adapt = withBot(tenant.sandbox);
		const result = await runExample(file, tenant, { mode: 'trigger', adapt });
		expect(result.error).toBeUndefined();
		return textsOf(tenant.sandbox);
	};

	test('has each order that is not closed, the oldest first', async () => {
		const tenant = await openTenant();
		const open = tenant.sandbox.orders
			.all()
			.filter(({ order_status: status }) => ![3, 4, 6, 9].includes(status!));
		expect(new Set(open.map(({ order_status: status }) => status))).toEqual(new Set([2, 5, 7, 8]));
		const lines = open.map((order) =>
			[
				dayOf(order.begin_time),
				order.candidate_info?.name,
				order.package,
				order.provider_info?.provider_name.zh_cn,
				words[[2, 5, 8, 7].indexOf(order.order_status!)],
			].join('  '),
		);
		expect((await listOf(tenant)).map((text) => text.split('\n'))).toEqual([
			[`未完成的背调订单 / Open background check orders: ${open.length}`, ...lines.sort()],
		]);
	});

	test('beyond a hundred lines it says how many more there are; what Feishu leaves out is left out', async () => {
		const orders = manyOrders(102, () => ({ begin_time: '' }));
		const [text = ''] = await listOf(await openTenant({ orders }));
		const [header, first, ...others] = text.split('\n');
		expect(header).toMatch(/orders: 102$/);
		expect(first).toBe(`–  ${orders[0]!.application_id}  已安排 arranged`);
		expect(others).toHaveLength(100);
		expect(others.at(-1)).toBe('… +2');
	});

	test.each([
		['there is no order', []],
		['all are closed', manyOrders(20, (index) => ({ order_status: [3, 4, 6, 9][index % 4] }))],
	])('%s: it says so', async (_why, orders) => {
		expect(await listOf(await openTenant({ orders }))).toEqual([
			'没有未完成的背调订单 / No open background check orders',
		]);
	});

	test('a test run posts nothing', async () => {
		const tenant = await openTenant();
		const shown = await runExample(file, tenant, { adapt: withBot(tenant.sandbox) });
		expect(jsonOf(shown, 'Test Run: Nothing Is Posted')).toHaveLength(1);
		expect(tenant.sandbox.hooks).toEqual([]);
	});
});

describe('the weekly list', () => {
	const file = 'weekly-list-of-open-checks.json';

	test('has each check without a result or with 进行中, the oldest first', async () => {
		const tenant = await openTenant();
		const { sandbox } = tenant;
		const result = await runExample(file, tenant, { mode: 'trigger', adapt: withBot(sandbox) });
		expect(result.error).toBeUndefined();
		const open = sandbox.checks.all().filter(({ result: text }) => !text || text === '进行中');
		const [text = ''] = textsOf(sandbox);
		const [header, ...lines] = text.split('\n');
		expect(header).toBe(`未完成的背调 / Open background checks: ${open.length}`);
		const days = lines.map((line) => line.split('  ')[0]);
		const dated = days.filter((day) => day !== '–' && !day?.startsWith('…'));
		expect(dated.length).toBeGreaterThan(50);
		expect(dated).toEqual([...dated].sort());
		expect(
			jsonOf(result, 'One Line per Check')
				.map(({ line }) => line)
				.sort(),
		).toEqual(
			open
				.map(({ date, name, id, result: word }) =>
					[dayOf(date) || '–', name ?? id, word || '–'].join('  '),
				)
				.sort(),
		);
	});

	test('a test run posts nothing, and neither does a run with no open checks', async () => {
		const tenant = await openTenant();
		const shown = await runExample(file, tenant, { adapt: withBot(tenant.sandbox) });
		expect(jsonOf(shown, 'Test Run: Nothing Is Posted')).toHaveLength(1);
		const closed = await openTenant({ checks: fixtureChecks().slice(0, 1) });
		const result = await runExample(file, closed, {
			mode: 'trigger',
			adapt: withBot(closed.sandbox),
		});
		expect(result.error).toBeUndefined();
		expect([...tenant.sandbox.hooks, ...closed.sandbox.hooks]).toEqual([]);
	});
});

/** The parameters of a tool of the example; its description is for the model. */
function parametersOf(tool: string) {
	const { nodes } = example('ask-an-ai-agent-about-a-check.json');
	const parameters = { ...nodes.find(({ name }) => name === tool)?.parameters };
	delete parameters.toolDescription;
	return parameters;
}

describe('the tool of the AI agent', () => {
	const ask = async (candidate: string) => {
		const { credentials } = await openTenant();
		const type = 'queryExternalBackgroundChecks';
		return await callTool('agent', credentials, type, parametersOf('find_checks'), { candidate });
	};

	test.each(['林晓彤', 'Lin.Xiaotong@example.com', '199 0000 0101', people.twoNumbers.id])(
		'finds the checks of the person by %s',
		async (candidate) => {
			const call = await ask(candidate);
			expect(call.argumentNames).toEqual(['candidate']);
			const found = JSON.parse(call.answer) as Array<{ id: string; talent_id: string }>;
			expect(found.map(({ id }) => id).sort()).toEqual([
				'7318840216653955117',
				'7318840216653955118',
				'7318840216653955119',
			]);
			expect(new Set(found.map(({ talent_id }) => talent_id))).toEqual(
				new Set([people.twoNumbers.id]),
			);
		},
	);

	test('a name shared by two candidates makes the model ask', async () => {
		expect((await ask('欧阳建国')).answer).toMatch(/2 candidates/);
	});
});
