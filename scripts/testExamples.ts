/**
 * `npm run test:examples`: executes each workflow of `examples/` on n8n's engine with n8n's own
 * nodes, which are installed into the cache on first use (the bench uses the same install). Further
 * arguments go to jest.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runMain } from '../test/e2e/lib/processes';
import { cachedInstall } from './cachedInstall';

void runMain(async () => {
	const engine = await cachedInstall(path.join(__dirname, '..', 'test', 'bench'));
	const folder = mkdtempSync(path.join(tmpdir(), 'feishu-hire-examples-'));
	const only = ['--testMatch', '<rootDir>/test/examples/*.run.ts'];
	const child = spawn('jest', [...only, ...process.argv.slice(2)], {
		stdio: 'inherit',
		// The only folder that n8n lets workflows write to.
		env: { ...process.env, N8N_ENGINE_DIR: engine, N8N_RESTRICT_FILE_ACCESS_TO: folder },
	});
	try {
		return await new Promise<number>((resolve, reject) => {
			child.on('error', reject);
			child.on('close', (code) => resolve(code ?? 1));
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});
