import type { IBinaryData } from 'n8n-workflow';
import { container, core } from './engine.cjs';

/** Where n8n keeps files: `default` in memory (base64 in the item), `filesystem` on disk. */
export type BinaryMode = 'default' | 'filesystem';

let current: BinaryMode | undefined;

/**
 * Switches n8n's BinaryDataService to a mode (n8n's commands do it once at start). The files of
 * `filesystem` lie in the harness's scratch directory.
 */
export async function useBinaryMode(mode: BinaryMode): Promise<void> {
	if (mode === current) return;
	container.get(core.BinaryDataConfig).mode = mode;
	await container.get(core.BinaryDataService).init();
	current = mode;
}

/** The content of a binary property, wherever it is stored. */
export async function readBinary(binary: IBinaryData): Promise<Buffer> {
	return await container.get(core.BinaryDataService).getAsBuffer(binary);
}
