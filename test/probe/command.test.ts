import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import {
	type FaultAction,
	jsonBody,
	type Sandbox,
	type SandboxOptions,
	startSandbox,
} from '../../sandbox';
import { defaultOpenQuestions, readTenant } from '../../sandbox/openQuestions';
import { reasons } from '../../scripts/probe/notSeen';
import { answersTo, type Key, questions } from '../../scripts/probe/questions';
import { fileOf, tableOf } from '../../scripts/probe/report';
import { type Ended, runScript, startScript } from '../harness/script';
import { probeSandbox } from './ask';

// A run of the command sends 5 requests a second.
jest.setTimeout(120_000);

const COMMAND = 'scripts/probe.ts';

let folder: string;
let file: string;
let sandbox: Sandbox;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'probe-test-'));
	file = join(folder, 'tenant.json');
});
afterEach(async () => {
	await sandbox?.close();
	rmSync(folder, { recursive: true });
});

/** The environment variables for a sandbox. */
const envOf = ({ url, app }: Sandbox) => ({
	FEISHU_APP_ID: app.appId,
	FEISHU_APP_SECRET: app.appSecret,
	FEISHU_BASE_URL: url,
});
const withoutApp = { FEISHU_APP_ID: '', FEISHU_APP_SECRET: '', FEISHU_BASE_URL: '' };

/** A small tenant in which each text, ID and number is recognizable. */
function markedTenant(): SandboxOptions {
	const talents = [1, 2, 3].map((number) => ({
		id: `742555500000000000${number}`,
		name: `Markname-${number}`,
		emails: [`Mark.Mail${number}@marked.example`],
		mobiles: [{ code: '86', number: `1995555000${number}` }],
		career: [{ company: `Markcompany-${number}`, title: `Marktitle-${number}` }],
		identification: { type: 1, number: `11010119905555000${number}` },
		updatedAt: 1_742_555_555_000 + number,
	}));
	const applications = [1, 2].map((number) => ({
		id: `741555500000000000${number}`,
		talent_id: `742555500000000000${number}`,
		job_title: `Markjob-${number}`,
	}));
	const checks = [1, 2, 3, 4].map((number) => ({
		id: `734555500000000000${number}`,
		external_application_id: '7415555000000000001',
		date: 1_741_555_555_000 + number,
		name: `Markcheck-${number}`,
		result: `Markresult-${number}`,
		attachment_list: [
			{ id: `735555500000000000${number}`, name: `Markfile-${number}.pdf`, size: 55_550 + number },
		],
	}));
	const orders = [1, 2, 3].map((number) => ({
		id: `744555500000000000${number}`,
		application_id: `745555500000000000${number}`,
		package: `Markpackage-${number}`,
		conclusion: `Markconclusion-${number}`,
		remark: `Markremark-${number}`,
		begin_time: String(1_741_555_666_000 - number),
		update_time: String(1_741_555_777_000 + (number % 2)),
		candidate_info: { name: `Markcandidate-${number}`, mobile: '19955559999' },
		contactor_info: { name: `Markcontact-${number}`, email: 'mark.contact@marked.example' },
		feedback_info_list: [
			{
				id: `746555500000000000${number}`,
				report_name: `Markreport-${number}`,
				file: { name: `Markreportfile-${number}.pdf`, size: 5_555 },
			},
		],
	}));
	return { talents, checks, orders, externalApplications: applications, requestsPerSecond: null };
}

/** Every text and number in some records that could identify someone. */
function marksIn(value: unknown): string[] {
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(marksIn);
	const text = String(value).toLowerCase();
	return text.length > 3 && value !== undefined ? [text] : [];
}

const allMarks = () => {
	const { checks, talents, applications, ordinaryApplications, orders, app, url } = sandbox;
	const stores = [checks, talents, applications, ordinaryApplications, orders];
	const records = stores.flatMap((store): unknown[] => store.all());
	return [...new Set(marksIn([records, app.appId, app.appSecret, url]))];
};

/** Every word that can answer a question. */
const wordsOf = (key: Key) => [
	...answersTo[key].map(String),
	...Object.values(reasons).map((reason) => `not seen: ${reason}`),
];

test('a run shows and writes no data of the tenant, only fixed texts', async () => {
	sandbox = await startSandbox(markedTenant());
	// An ID that is not a number, and an address without a host: parsing errors repeat them.
	const bend: FaultAction = (_request, answer) => ({
		...answer,
		body: JSON.stringify(jsonBody(answer))
			.replaceAll(/"order_id":"(\d+)"/g, '"order_id":"BGC-$1-Markname"')
			.replaceAll(/"attachment_url":"[^"]*"/g, '"attachment_url":"/hire/file?name=Markname"'),
	});
	sandbox.fault({ api: 'orders', always: true, do: bend });
	const { code, stdout, stderr } = await runScript(COMMAND, ['--out', file], envOf(sandbox));
	const written = readFileSync(file, 'utf8');
	const marks = allMarks();
	expect(marks.length).toBeGreaterThan(60);
	const output = `${stdout}\n${stderr}\n${written}`.toLowerCase();
	expect(marks.filter((mark) => output.includes(mark))).toEqual([]);
	expect(output).not.toMatch(/mark|555|@/);
	expect(code).toBe(0);

	const { answers, ...about } = JSON.parse(written) as { answers: Record<Key, unknown> };
	expect(about).toEqual({
		asked: 'the host of FEISHU_BASE_URL',
		date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
		version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
	});
	for (const key of Object.keys(questions) as Key[]) {
		expect(wordsOf(key)).toContain(String(answers[key]));
	}
	const unexpected = `not seen: ${reasons.unexpected}`;
	expect(answers).toMatchObject({ orderIdTime: unexpected, reportUrl: unexpected });
	// The run was worth it.
	const seen = Object.values(answers).filter((answer) => !/not seen/.test(String(answer)));
	expect(seen.length).toBeGreaterThan(22);
	expect(sandbox.maxRatePerSecond('batch_query')).toBeLessThanOrEqual(6);
	expect(sandbox.log.length).toBeLessThanOrEqual(100);
});

test('neither does a run that writes, nor one that meets faults', async () => {
	for (const fault of [false, true]) {
		await sandbox?.close();
		sandbox = await startSandbox(markedTenant());
		if (fault) sandbox.fault({ probability: 0.3, do: 'html' });
		const { findings } = await probeSandbox(sandbox, { talent: '7425555000000000003', most: 300 });
		const output = tableOf(findings.answers, 200) + fileOf(findings.answers, 'Feishu');
		expect(allMarks().filter((mark) => output.toLowerCase().includes(mark))).toEqual([]);
		expect(output).not.toMatch(/mark|555|@/i);
	}
});

test('Ctrl-C ends it: nothing more is sent, and no file is written', async () => {
	sandbox = await startSandbox({ requestsPerSecond: null });
	const child = startScript(COMMAND, ['--out', file], envOf(sandbox));
	// The answer comes after the command has ended, so any further request would be one sent after
	// Ctrl-C.
	const interrupt: FaultAction = async (_request, answer) => {
		child.kill('SIGINT');
		await once(child, 'close');
		return answer;
	};
	sandbox.fault({ when: ({ n }) => n === 6, do: interrupt });
	const printed = { text: '' };
	child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.text += text));
	const [code] = (await once(child, 'close')) as [number | null];
	expect({ code, isWritten: existsSync(file) }).toEqual({ code: 130, isWritten: false });
	expect(printed.text).toMatch(/Stopped\. Nothing was written to a file\.\n$/);
	expect(sandbox.log).toHaveLength(6);
});

test('npm starts it the way these tests do', () => {
	// The `tsx` command would kill it soon after Ctrl-C, while it removes its records.
	expect(scripts.probe).toMatch(new RegExp(`&& node --import tsx ${COMMAND}$`));
});

test('without an app it probes the sandbox, which then starts with its own answers', async () => {
	const { code, stderr } = await runScript(COMMAND, ['--out', file], withoutApp);
	expect(stderr).toMatch(/^Asking the sandbox\./);
	expect(code).toBe(0);
	expect(defaultOpenQuestions).toMatchObject(readTenant(file));
	expect(Object.keys(readTenant(file)).length).toBeGreaterThan(20);
});

test('a wrong secret is reported in one line', async () => {
	sandbox = await startSandbox();
	const env = { ...envOf(sandbox), FEISHU_APP_SECRET: 'wrong-secret' };
	const { code, stdout, stderr } = await runScript(COMMAND, ['--out', file], env);
	expect({ code, stdout, isWritten: existsSync(file) }).toEqual({
		code: 1,
		stdout: '',
		isWritten: false,
	});
	expect(stderr).toMatch(/\nFeishu refused the App ID or App Secret \(10014\)\n$/);
});

test.each<[string[], NodeJS.ProcessEnv, string]>([
	[['--write'], {}, '--write and --talent <id> go together. See --help.'],
	[['--talent', '1'], {}, '--write and --talent <id> go together. See --help.'],
	[['--write', '--talent', '1'], {}, '--write asks for a "yes" that is typed on a terminal.'],
	[['--all'], {}, "Unknown option '--all'. See --help."],
	[[], { FEISHU_APP_ID: 'x' }, 'Set both FEISHU_APP_ID and FEISHU_APP_SECRET, or none.'],
])('%j %j is refused', async (args, env, line) => {
	const ended: Ended = { code: 2, stdout: '', stderr: `${line}\n` };
	expect(await runScript(COMMAND, args, { ...withoutApp, ...env })).toEqual(ended);
});
