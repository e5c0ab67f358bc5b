import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const directories: string[] = [];

function removeDirectories(): void {
	for (const directory of directories) rmSync(directory, { recursive: true, force: true });
}

// Within a test file `process` is a copy whose exit handlers never run, and each file has its own
// harness: there the end of the file is the end.
if (typeof afterAll === 'function') afterAll(removeDirectories);
else process.on('exit', removeDirectories);

/**
 * Makes a directory that disappears with the process, in jest with the test file.
 * @param parent where to make it; the system's temporary directory unless told
 * @returns its absolute path
 */
export function scratchDirectory(parent = tmpdir()): string {
	const directory = mkdtempSync(path.join(parent, '.n8n-harness-'));
	directories.push(directory);
	return directory;
}

/**
 * Sets what n8n-core reads from the environment. Call it before n8n-core is loaded: its settings
 * are read once, when the classes are first used.
 */
export function prepareEnvironment(): void {
	Object.assign(process.env, {
		// InstanceSettings writes <folder>/.n8n/config, binary data goes below it too.
		N8N_USER_FOLDER: scratchDirectory(),
		N8N_ENCRYPTION_KEY: 'harness-key',
		N8N_LOG_LEVEL: 'silent',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		// The servers of the tests live on loopback; a developer's proxy must not get to see them.
		NO_PROXY: [process.env.NO_PROXY, '127.0.0.1', 'localhost', '::1'].filter(Boolean).join(','),
	});
}
