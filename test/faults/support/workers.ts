import { cpSync } from 'node:fs';
import path from 'node:path';
import { loadPackage, type LoadedPackage } from '../../harness';
import { scratchDirectory } from '../../harness/scratch';

const repository = path.resolve(__dirname, '../../..');

/**
 * Loads the built package again, from a copy. It shares no memory with the other copies, as if it
 * ran in another n8n process (a worker of queue mode, or n8n after a restart).
 */
export async function anotherProcess(): Promise<LoadedPackage> {
	// Below the root, so that it finds the engine's n8n-workflow.
	const copy = scratchDirectory(path.join(repository, 'node_modules'));
	for (const part of ['package.json', 'dist']) {
		cpSync(path.join(repository, part), path.join(copy, part), { recursive: true });
	}
	return await loadPackage(copy);
}
