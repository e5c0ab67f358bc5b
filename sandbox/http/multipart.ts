/** The headers of a part. */
interface PartHead {
	/** The name of the form field. */
	name: string;
	/** Undefined if the part is not a file. */
	fileName: string | undefined;
}

/** Takes the bytes of a part, piece by piece. */
type PartSink = (bytes: Buffer) => void;

/**
 * Reads multipart/form-data as it arrives, so that no part is ever in memory as a whole.
 * @param onPart called at the head of each part; returns a sink for its bytes, or undefined to skip
 * them
 * @returns whether the body was complete, i.e. ended with the closing boundary
 */
export async function readMultipart(
	body: AsyncIterable<Buffer>,
	boundary: string,
	onPart: (head: PartHead) => PartSink | undefined,
): Promise<boolean> {
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	// No line precedes the first delimiter.
	let pending = Buffer.from('\r\n');
	let sink: PartSink | undefined;
	let state: 'content' | 'delimiter' | 'head' | 'end' = 'content';
	/** Goes one step further. @returns whether it needs more bytes */
	const step = (): boolean => {
		if (state === 'content') {
			const at = pending.indexOf(delimiter);
			// Hold back what may be the start of a delimiter.
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

/** The boundary in a content type; undefined for another type. */
export function boundaryOf(contentType: string): string | undefined {
	const [, quoted, plain] =
		/^multipart\/form-data;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
	return quoted ?? plain;
}

// TypeScript does not see that step() changes the state.
function isEnd(state: string): boolean {
	return state === 'end';
}

/** Names as browsers and form-data write them: raw UTF-8 in quotes, with a quote as %22 or \". */
function headOf(text: string): PartHead {
	const parameter = (name: string) =>
		new RegExp(`content-disposition:.*;\\s*${name}="((?:\\\\"|[^"])*)"`, 'i')
			.exec(text)?.[1]
			?.replace(/\\"|%22/g, '"');
	return { name: parameter('name') ?? '', fileName: parameter('filename') };
}
