import type { IExecuteFunctions } from 'n8n-workflow';

/** A stream of a file that n8n has stored: Node's Readable, whose module community nodes must not import. */
type Source = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/**
 * A file of a form, read while it is sent. To axios it is a Blob, which it asks for a stream at each
 * attempt; so a file of 300 MB takes no more memory than one of 30.
 */
export class FilePart {
	private readonly opened: Source[] = [];

	/**
	 * @param name with which Feishu keeps the file
	 * @param type media type
	 * @param size bytes
	 * @param open the content, from its beginning; called for each attempt
	 */
	constructor(
		readonly name: string,
		readonly type: string,
		readonly size: number,
		private readonly open: () => Promise<Source | Buffer>,
	) {}

	async *stream(): AsyncGenerator<unknown> {
		const source = await this.open();
		if (Buffer.isBuffer(source)) return yield source;
		this.opened.push(source);
		yield* source;
	}

	/** To be called in any case: a transfer that failed leaves its source open otherwise. */
	close(): void {
		for (const source of this.opened.splice(0)) source.destroy();
	}
}

/**
 * A form with files. It looks like a FormData to axios and has what axios asks of one; the real one
 * would hold each file in memory.
 */
export class Multipart {
	readonly [Symbol.toStringTag] = 'FormData';

	constructor(private readonly parts: Array<[name: string, part: string | FilePart]>) {}

	/** axios takes nothing for a form that cannot be added to. */
	append(): void {}

	entries(): Array<[name: string, part: string | FilePart]> {
		return this.parts;
	}

	[Symbol.iterator](): IterableIterator<[name: string, part: string | FilePart]> {
		return this.parts[Symbol.iterator]();
	}
}
