import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import axios from 'axios';
import { FeishuHireApi } from '../../credentials/FeishuHireApi.credentials';
import { seededChecks } from '../../sandbox';
import { fullestApplication } from '../../sandbox/introduction';
import { runScript, startScript } from '../harness/script';

// Each starts a process that compiles what it runs.
jest.setTimeout(60_000);

const root = join(__dirname, '..', '..');

interface State {
	checks: number;
	apps: Array<{ appId: string; appSecret: string }>;
	options: { requestsPerSecond: number | null };
}

const command = 'sandbox/cli.ts';

/** Runs it while `use` looks at what it printed, then stops it. @returns its exit code */
async function whileServing(
	options: string[],
	use: (printed: string, url: string) => Promise<void> | void,
): Promise<unknown> {
	const child = startScript(command, ['--port', '0', ...options]);
	const output = { text: '' };
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (data: string) => (output.text += data));
	}
	try {
		while (!output.text.includes('Ctrl+C')) await once(child.stdout, 'data');
		await use(output.text, /running at (\S+)/.exec(output.text)?.[1] ?? '');
	} finally {
		child.kill('SIGTERM');
	}
	const [code] = (await once(child, 'exit')) as [unknown];
	return code;
}

test('it serves, says what to enter in n8n, and ends cleanly when stopped', async () => {
	const code = await whileServing(['--checks', '50', '--limit', 'none'], async (printed, url) => {
		const { data: state } = await axios.get<State>(`${url}/sandbox/state`);
		expect(state).toMatchObject({ checks: 50, options: { requestsPerSecond: null } });
		const [app] = state.apps;
		const entered = [
			['Region', 'Custom'],
			['Custom Base URL', url],
			['App ID', app?.appId],
			['App Secret', app?.appSecret],
		];
		for (const [field, value] of entered) {
			expect(printed).toMatch(new RegExp(`^  ${field} +${value}$`, 'm'));
		}
		expect(printed).toMatch(
			/林晓彤.* lin\.xiaotong@example\.com .*applications: 2, background checks: 3, orders: [1-9]\d*\n/,
		);
		// The words are those of the form.
		const labels = new FeishuHireApi().properties.map(({ displayName }) => displayName);
		expect(labels).toEqual(expect.arrayContaining(entered.map(([field]) => field)));
	});
	expect(code).toBe(0);
});

test.each([2, 50, 360])('with %d checks, it names an application that has some', async (count) => {
	await whileServing(['--checks', String(count)], (printed) => {
		const [, checks, id] = /external application with (\d+) checks? +(\d+)/.exec(printed) ?? [];
		const own = seededChecks(count, Math.ceil(count / 10)).filter(
			(check) => check.external_application_id === id,
		);
		expect(own.length).toBeGreaterThan(0);
		expect(Number(checks)).toBe(own.length);
	});
});

test('a tenant without checks has no application to name', async () => {
	expect(fullestApplication([])).toBeUndefined();
	await whileServing(['--checks', '0'], (printed) => {
		expect(printed).not.toMatch(/application|undefined/);
	});
});

test('the line for the trigger changes a check, and is the one of the README', async () => {
	await whileServing([], async (printed) => {
		const line = /curl -X PUT (\S+) -d '(.*)'/.exec(printed);
		const [, url = '', body = ''] = line ?? [];
		const { data } = await axios.put<{ id: string; result: string }>(url, body);
		const before = seededChecks().find(({ id }) => id === data.id);
		expect(before?.result).toBe('进行中');
		expect(data.result).toBe('未通过');
		const readme = readFileSync(join(root, 'README.md'), 'utf8');
		expect(readme).toContain(line?.[0].replace(/:\d+/, ':8787'));
	});
});

test('a port in use is reported clearly', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const ended = await runScript(command, ['--port', String(port)]);
	server.close();
	const stderr = `Port ${port} is in use. Choose another: npm run sandbox -- --port <n>\n`;
	expect(ended).toEqual({ code: 1, stdout: '', stderr });
});

test.each([
	[['--latency', 'slow'], "--latency needs a number, not 'slow'. See --help.\n"],
	[['--port', '70000'], '--port needs a whole number from 0 to 65535. See --help.\n'],
	[['--checks', '1.5'], '--checks needs a whole number from 0 to 1000000. See --help.\n'],
	[['--foo'], "Unknown option '--foo'. See --help.\n"],
	[['--port', '1', '--port', '2'], '--port is given twice. See --help.\n'],
])('%j is refused in one plain line, with exit code 2', async (args, line) => {
	expect(await runScript(command, args)).toEqual({ code: 2, stdout: '', stderr: line });
});
