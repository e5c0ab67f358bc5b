import { createHash } from 'node:crypto';
import { boundaryOf, readMultipart } from '../http/multipart';
import type { UploadedFile } from '../http/request';

/**
 * Reads the file in the part `content` of an upload (Feishu "创建附件").
 * @param keepUpTo in bytes; only size and hash of a larger file are kept
 * @returns undefined if the body is not a complete multipart form with such a file
 */
export async function readUpload(
	body: AsyncIterable<Buffer>,
	contentType: string,
	keepUpTo: number,
): Promise<UploadedFile | undefined> {
	const boundary = boundaryOf(contentType);
	if (boundary === undefined) return undefined;
	const hash = createHash('sha256');
	let name: string | undefined;
	let size = 0;
	let kept: Buffer[] | undefined = [];
	const isComplete = await readMultipart(body, boundary, (part) => {
		if (part.name !== 'content' || part.fileName === undefined) return undefined;
		name = part.fileName;
		return (bytes) => {
			size += bytes.length;
			hash.update(bytes);
			if (size > keepUpTo) kept = undefined;
			// Copy the piece, because it is part of a larger buffer.
			kept?.push(Buffer.from(bytes));
		};
	});
	if (!isComplete || name === undefined) return undefined;
	return { name, size, sha256: hash.digest('hex'), bytes: kept && Buffer.concat(kept) };
}
