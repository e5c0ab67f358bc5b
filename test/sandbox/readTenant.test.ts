import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios from 'axios';
import { startSandbox } from '../../sandbox';
import { defaultOpenQuestions, type OpenQuestions, readings } from '../../sandbox/openQuestions';
import { runScript, startScript } from '../harness/script';

// Each starts a process that compiles what it runs.
jest.setTimeout(60_000);

let folder: string;
let file: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'tenant-'));
	file = join(folder, 'tenant.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const seen = { unfiltered: 'error', expiredTokenStatus: 200 };
const write = (answers: object) => writeFileSync(file, JSON.stringify({ answers }));

/** The readings that a sandbox starts with, in a process of its own. */
async function readingsOf(args: string[], env: NodeJS.ProcessEnv = {}): Promise<OpenQuestions> {
	const child = startScript('sandbox/cli.ts', ['--port', '0', ...args], env);
	const output = { text: '' };
	child.stdout.setEncoding('utf8').on('data', (data: string) => (output.text += data));
	while (!output.text.includes('Ctrl+C')) await once(child.stdout, 'data');
	const [, url = ''] = /running at (\S+)/.exec(output.text) ?? [];
	const { data } = await axios.get<{ options: { open: OpenQuestions } }>(`${url}/sandbox/state`);
	child.kill('SIGTERM');
	await once(child, 'exit');
	return data.options.open;
}

test('the sandbox behaves like the tenant of a file, except for what was not observed', async () => {
	write({ ...seen, idOrder: 'not seen: no record found to ask with', pageToken: 'opaque' });
	const expected = { ...defaultOpenQuestions, ...seen };
	expect(await readingsOf(['--as', file])).toEqual(expected);
	expect(await readingsOf([], { SANDBOX_AS: file })).toEqual(expected);
});

test.each([
	[{ answers: { idOrder: 'sideways' } }, /tenant\.json holds no reading of idOrder\n$/],
	[{ checks: [] }, /tenant\.json holds no answers of npm run probe\n$/],
])('%j is refused', async (content, message) => {
	writeFileSync(file, JSON.stringify(content));
	const { code, stderr } = await runScript('sandbox/cli.ts', ['--as', file]);
	expect(code).toBe(1);
	expect(stderr).toMatch(message);
});

test('the tests of the sandbox start from its own readings, and a test’s setting wins', async () => {
	const first = Object.entries(readings).map(([question, [reading]]) => [question, reading]);
	expect(defaultOpenQuestions).toEqual(Object.fromEntries(first));
	const sandbox = await startSandbox({ open: { idOrder: 'asked' } });
	expect(sandbox.options.open).toEqual({ ...defaultOpenQuestions, idOrder: 'asked' });
	await sandbox.close();
});
