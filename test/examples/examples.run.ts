/**
 * Each workflow of `examples/`, executed: the engine, n8n's nodes and ours are real, Feishu is the
 * sandbox. `npm run test:examples`; the model of the AI agent and the triggers' own work are in e2e.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileContent, fixtureChecks, people, type Sandbox } from '../../sandbox';
import { callTool, readBinary, type WorkflowJson } from '../harness';
import { NO_OPERATION } from '../harness/nodeTypes';
import { type Row, sheets } from '../harness/sheet';
import { type Tenant, useTenant } from '../harness/tenant';
import { example, installed, jsonOf, runExample } from './engine';

const openTenant = useTenant();

const QUERY = 'Query External Background Checks';

/** The day in the time zone that the examples have. */
const dayOf = (date: unknown) =>
	Number(date)
		? new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Number(date))
		: '';

/** With the sandbox's address in the place of Feishu's, as a person fills in the address of a bot. */
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

	/** The example with a file that somebody has uploaded. Only a real n8n has the pages of a form. */
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
		const [item] = result.output('Give the File');
		expect(item?.binary?.data?.fileName).toBe('background-checks.xlsx');
		return read(await readBinary(item!.binary!.data!));
	}

	test('every row comes back with its result or a remark, in a file', async () => {
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
			['周雨桐', '', '', expect.stringContaining('No external background check')],
			['李雷', '', '', expect.stringContaining('Feishu Hire knows nobody by this')],
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
	])('a sheet without %s: the form says so, and nothing is asked', async (_what, content) => {
		const tenant = await openTenant();
		const result = await lookUp(content, tenant);
		expect(result.output('Name What Is Missing').length).toBeGreaterThan(0);
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

describe('failed checks to a group', () => {
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
			// Of nobody's name, of a name that two have, and without one.
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

	test('without the scopes that finding a candidate takes, the message comes without a link', async () => {
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
	/** The sandbox takes the place of both, the group and the system of one's own. */
	const withBoth = (sandbox: Sandbox) => (workflow: WorkflowJson) => {
		for (const { parameters } of workflow.nodes) {
			if (typeof parameters.url !== 'string') continue;
			parameters.url = `${sandbox.url}/open-apis/bot/v2/hook/any`;
		}
		return workflow;
	};

	test('a passed one moves on, a failed one is told, one that is not finished waits', async () => {
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

test('each report file is in the folder, byte for byte', async () => {
	const tenant = await openTenant();
	const folder = process.env.N8N_RESTRICT_FILE_ACCESS_TO ?? '';
	const result = await runExample('file-background-check-reports.json', tenant, {
		adapt: (workflow) => {
			for (const { parameters } of workflow.nodes) {
				if (typeof parameters.fileName === 'string') {
					parameters.fileName = parameters.fileName.replace('.n8n-files', folder);
				}
			}
			return workflow;
		},
	});
	expect(result.error).toBeUndefined();
	const expected = new Map<string, Buffer>();
	for (const { id, attachment_list: files } of tenant.sandbox.checks.all()) {
		for (const file of files ?? []) {
			const isTaken = expected.has(`${id} ${file.name}`);
			const name = isTaken ? file.name.replace(/\.\w+$/, ' (2)$&') : file.name;
			expected.set(`${id} ${name}`, await buffer(fileContent(file).open()));
		}
	}
	expect(readdirSync(folder).sort()).toEqual([...expected.keys()].sort());
	for (const [name, content] of expected) {
		expect(readFileSync(path.join(folder, name)).equals(content)).toBe(true);
	}
	for (const name of expected.keys()) rmSync(path.join(folder, name));
}, 60_000);

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

	test('a test run posts nothing, and with none open nothing is posted either', async () => {
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

/** What a tool of the example is set to; its description is for the model. */
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

	test('a name that two candidates have makes the model ask', async () => {
		expect((await ask('欧阳建国')).answer).toMatch(/2 candidates/);
	});
});
