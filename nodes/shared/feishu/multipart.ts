import type { IExecuteFunctions } from 'n8n-workflow';

/** A stream of a file that n8n stores: Node's Readable. Community nodes must not import its module. */
type Source = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/**
 * A file in a form, read while it is sent. axios treats it as a Blob and gets a new stream for each
 * attempt. So a file of 300 MB takes no more memory than one of 30 MB.
 */
export class FilePart {
	private readonly opened: Source[] = [];

	/** Whether the content could not be read to its end. */
	isBroken = false;

	/**
	 * @param name the name under which Feishu stores the file
	 * @param type its media type
	 * @param size its size in bytes
	 * @param open returns the content from its start; called for each attempt
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

	/** Always call this. Otherwise a failed transfer leaves its source open. */
	close(): void {
		for (const source of this.opened.splice(0)) source.destroy();
	}
}

/**
 * A form with files. It has all that axios needs of a FormData, so axios treats it as one. A real
 * FormData would hold each file in memory.
 */
export class Multipart {
	readonly [Symbol.toStringTag] = 'FormData';

	constructor(private readonly parts: Array<[name: string, part: string | FilePart]>) {}

	/** axios accepts only an object with `append` as a form. */
	append(): void {}

	entries(): Array<[name: string, part: string | FilePart]> {
		return this.parts;
	}

	[Symbol.iterator](): IterableIterator<[name: string, part: string | FilePart]> {
		return this.parts[Symbol.iterator]();
	}
}
