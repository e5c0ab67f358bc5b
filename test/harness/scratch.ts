import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const directories: string[] = [];

function removeDirectories(): void {
	for (const directory of directories) rmSync(directory, { recursive: true, force: true });
}

// In a test file, `process` is a copy whose exit handlers never run, and each file has its own
// harness. So there the end of the file counts.
if (typeof afterAll === 'function') afterAll(removeDirectories);
else process.on('exit', removeDirectories);

/**
 * Makes a directory that is removed at the end of the process, or in Jest of the test file.
 * @param parent where to make it; by default the system's temporary directory
 * @returns its absolute path
 */
export function scratchDirectory(parent = tmpdir()): string {
	const directory = mkdtempSync(path.join(parent, '.n8n-harness-'));
	directories.push(directory);
	return directory;
}

/**
 * Sets what n8n-core reads from the environment. Call this before n8n-core is loaded: it reads its
 * settings once, when its classes are first used.
 */
export function prepareEnvironment(): void {
	Object.assign(process.env, {
		// InstanceSettings writes <folder>/.n8n/config, and binary data goes there too.
		N8N_USER_FOLDER: scratchDirectory(),
		N8N_ENCRYPTION_KEY: 'harness-key',
		N8N_LOG_LEVEL: 'silent',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		// The tests' servers are on loopback; a developer's proxy must not see their requests.
		NO_PROXY: [process.env.NO_PROXY, '127.0.0.1', 'localhost', '::1'].filter(Boolean).join(','),
	});
}
