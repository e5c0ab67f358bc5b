/**
 * `npm run test:1x`: runs the engine tests on the last n8n 1.x engine, which is installed into the
 * cache on first use. Further arguments go to jest.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { runMain } from '../test/e2e/lib/processes';
import { cachedInstall } from './cachedInstall';

void runMain(async () => {
	const engine = await cachedInstall(path.join(__dirname, '..', 'test', 'engine', 'n8n-1x'));
	const wanted = process.argv.slice(2);
	const child = spawn('jest', ['test/engine', ...wanted], {
		stdio: 'inherit',
		env: { ...process.env, N8N_ENGINE_DIR: engine },
	});
	return await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
});
