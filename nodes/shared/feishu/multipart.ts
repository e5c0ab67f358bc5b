import type { IExecuteFunctions } from 'n8n-workflow';

/** A stream of a file that n8n stores: Node's Readable, whose module community nodes must not import. */
type Source = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/**
 * A file of a form, read while it is sent. axios takes it for a Blob and gets a stream for each
 * attempt; so a file of 300 MB takes no more memory than one of 30.
 */
export class FilePart {
	private readonly opened: Source[] = [];

	/** Whether the content could not be read to its end. */
	isBroken = false;

	/**
	 * @param name under which Feishu stores the file
	 * @param type media type
	 * @param size bytes
	 * @param open the content, from its start; called for each attempt
	 */
	constructor(
		readonly name: string,
		readonly type: string,
		readonly size: number,
		private readonly open: () => Promise<Source | Buffer>,
	) {}

	async *stream(): AsyncGenerator<unknown> {
		try {
			const source = await this.open();
			if (Buffer.isBuffer(source)) return yield source;
			this.opened.push(source);
			yield* source;
		} catch (error) {
			this.isBroken = true;
			throw error;
		}
	}

	/** Always call it: otherwise a failed transfer leaves its source open. */
	close(): void {
		for (const source of this.opened.splice(0)) source.destroy();
	}
}

/**
 * A form with files. axios takes it for a FormData, and it has what axios needs; a real FormData
 * would hold each file in memory.
 */
export class Multipart {
	readonly [Symbol.toStringTag] = 'FormData';

	constructor(private readonly parts: Array<[name: string, part: string | FilePart]>) {}

	/** axios takes only what can be appended to for a form. */
	append(): void {}

	entries(): Array<[name: string, part: string | FilePart]> {
		return this.parts;
	}

	[Symbol.iterator](): IterableIterator<[name: string, part: string | FilePart]> {
		return this.parts[Symbol.iterator]();
	}
}
