import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SandboxApp } from '../../sandbox';
import { send } from './client';

const root = join(__dirname, '..', '..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');

interface State {
	checks: number;
	options: unknown;
	apps: [SandboxApp];
}

function run(...options: string[]) {
	const script = join(root, 'sandbox', 'cli.ts');
	const child = spawn(process.execPath, [tsx, script, ...options], { cwd: root });
	const output = { text: '' };
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (data) => (output.text += String(data)));
	}
	return { child, output };
}

test('it serves, says what to enter in n8n, and ends cleanly when told to', async () => {
	const { child, output } = run('--port', '0', '--checks', '50', '--limit', 'none');
	while (!output.text.includes('Ctrl+C')) await once(child.stdout, 'data');
	const url = /Base URL +(\S+)/.exec(output.text)?.[1];
	expect(output.text).toMatch(/Region +Custom/);
	const { json: state } = await send<State>(`${url}/sandbox/state`);
	expect(state).toMatchObject({ checks: 50, options: { requestsPerSecond: null } });
	expect(output.text).toContain(state.apps[0].appId);
	expect(output.text).toContain(state.apps[0].appSecret);
	child.kill('SIGTERM');
	const [code] = (await once(child, 'exit')) as [number];
	expect(code).toBe(0);
});

test('it refuses what it cannot read', async () => {
	const { child, output } = run('--latency', 'slow');
	const [code] = (await once(child, 'close')) as [number];
	expect(code).toBe(1);
	expect(output.text).toContain('--latency needs a number, not "slow"');
});
