/** What a part says about itself. */
interface PartHead {
	/** Name of the form field. */
	name: string;
	/** Undefined when the part is no file. */
	fileName: string | undefined;
}

/** Takes the bytes of one part, piece by piece. */
type PartSink = (bytes: Buffer) => void;

/**
 * Reads multipart/form-data as it arrives, so that no part is ever whole in memory.
 * @param onPart called at the head of each part; the sink gets its bytes, undefined skips them
 * @returns whether the body was complete, i.e. ended with the closing boundary
 */
export async function readMultipart(
	body: AsyncIterable<Buffer>,
	boundary: string,
	onPart: (head: PartHead) => PartSink | undefined,
): Promise<boolean> {
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	// The first delimiter has no line before it.
	let pending = Buffer.from('\r\n');
	let sink: PartSink | undefined;
	let state: 'content' | 'delimiter' | 'head' | 'end' = 'content';
	/** Goes one step further. @returns whether more bytes are needed */
	const step = (): boolean => {
		if (state === 'content') {
			const at = pending.indexOf(delimiter);
			// What may be the beginning of a delimiter has to wait.
			const end = at < 0 ? Math.max(0, pending.length - delimiter.length + 1) : at;
			if (end > 0) sink?.(pending.subarray(0, end));
			pending = pending.subarray(at < 0 ? end : at + delimiter.length);
			if (at >= 0) state = 'delimiter';
			return at < 0;
		}
		if (state === 'delimiter') {
			if (pending.length < 2) return true;
			state = pending.subarray(0, 2).toString() === '--' ? 'end' : 'head';
			return false;
		}
		if (state === 'head') {
			const end = pending.indexOf('\r\n\r\n');
			if (end < 0) return true;
			sink = onPart(headOf(pending.subarray(0, end).toString('utf8')));
			pending = pending.subarray(end + 4);
			state = 'content';
			return false;
		}
		return true;
	};
	for await (const chunk of body) {
		pending = Buffer.concat([pending, chunk]);
		while (!step());
	}
	return isEnd(state);
}

/** A boundary of a content type; undefined for another type. */
export function boundaryOf(contentType: string): string | undefined {
	const [, quoted, plain] =
		/^multipart\/form-data;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
	return quoted ?? plain;
}

// TypeScript does not see that step() changes the state.
function isEnd(state: string): boolean {
	return state === 'end';
}

/** Names as browsers and form-data write them: raw UTF-8 in quotes, a quote in it as %22 or \". */
function headOf(text: string): PartHead {
	const parameter = (name: string) =>
		new RegExp(`content-disposition:.*;\\s*${name}="((?:\\\\"|[^"])*)"`, 'i')
			.exec(text)?.[1]
			?.replace(/\\"|%22/g, '"');
	return { name: parameter('name') ?? '', fileName: parameter('filename') };
}
