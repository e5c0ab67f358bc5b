import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { IBinaryData } from 'n8n-workflow';
import { container, core } from './engine';

/**
 * Where n8n keeps files: `default` in memory (base64 in the item), `filesystem` on disk, `database`
 * in a table.
 */
export type BinaryMode = 'default' | 'filesystem' | 'database';

let current: BinaryMode | undefined;

/**
 * Switches n8n's BinaryDataService to a mode (n8n's commands do it once, at the start). The files
 * of `filesystem` are in the harness's scratch directory.
 */
export async function useBinaryMode(mode: BinaryMode): Promise<void> {
	if (mode === current) return;
	const service = container.get(core.BinaryDataService);
	container.get(core.BinaryDataConfig).mode = mode;
	await service.init();
	if (mode === 'database') service.setManager(mode, new TableInMemory() as never);
	current = mode;
}

/** The content of a binary property, wherever it is stored. */
export async function readBinary(binary: IBinaryData): Promise<Buffer> {
	return await container.get(core.BinaryDataService).getAsBuffer(binary);
}

interface Metadata {
	fileName?: string;
	mimeType?: string;
}

/**
 * Imitates n8n/dist/binary-data/database.manager.js, which needs n8n's database and so cannot run
 * here. It reads the whole file, and the row exists once all of it has arrived. The e2e tests run
 * the real one.
 */
class TableInMemory {
	private readonly rows = new Map<string, Metadata & { data: Buffer }>();

	async store(_location: unknown, source: Buffer | Readable, metadata: Metadata) {
		const data = Buffer.isBuffer(source)
			? source
			: Buffer.concat((await source.toArray()) as Buffer[]);
		const fileId = randomUUID();
		this.rows.set(fileId, { ...metadata, data });
		return { fileId, fileSize: data.length };
	}

	getAsBuffer(fileId: string): Promise<Buffer> {
		return this.find(fileId).then(({ data }) => data);
	}

	/** One chunk, as in the real one. */
	async getAsStream(fileId: string): Promise<Readable> {
		return Readable.from([await this.getAsBuffer(fileId)]);
	}

	getMetadata(fileId: string): Promise<Metadata & { fileSize: number }> {
		return this.find(fileId).then(({ data, ...metadata }) => ({
			...metadata,
			fileSize: data.length,
		}));
	}

	private find(fileId: string): Promise<Metadata & { data: Buffer }> {
		const row = this.rows.get(fileId);
		if (!row) return Promise.reject(new Error(`There is no file "${fileId}"`));
		return Promise.resolve(row);
	}
}
