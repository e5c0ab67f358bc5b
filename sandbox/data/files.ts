import { Readable } from 'node:stream';
import type { Attachment } from './checkStore';
import { fixtureFile } from './fixtureFiles';
import { seededRandom } from './random';

/** A file's bytes, generated as they are read. */
export interface FileContent {
	/** In bytes, exactly as the attachment lists it. */
	size: number;
	mime: string;
	/** Returns a new stream of the same bytes on every call. */
	open: () => Readable;
}

const mimeTypes: Record<string, string> = {
	pdf: 'application/pdf',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	png: 'image/png',
	mp4: 'video/mp4',
	txt: 'text/plain',
};

/** A larger file is streamed block by block, whatever its name. */
const inMemoryLimit = 4 * 1024 * 1024;

/** A prime, so that a lost or repeated block changes the content as well as the length. */
const blockSize = 65_521;

/**
 * The file of an attachment, fully determined by its ID, file extension and size. A PDF, DOCX or
 * PNG opens in a viewer and is padded to the listed size. For another extension, or a size too
 * small or too large for that, it is a stream of bytes that is never held in memory as a whole.
 */
export function fileContent(attachment: Attachment): FileContent {
	const { id, size } = attachment;
	const ending = endingOf(attachment.name);
	const file = size <= inMemoryLimit ? fixtureFile(ending, id, size) : undefined;
	const open = () => (file ? Readable.from([file]) : Readable.from(blocks(id, size)));
	return { size, mime: mimeOf(attachment.name), open };
}

/** The media type of a file, by its extension. */
export function mimeOf(name: string): string {
	return mimeTypes[endingOf(name)] ?? 'application/octet-stream';
}

function endingOf(name: string): string {
	return /[^.]*$/.exec(name.toLowerCase())?.[0] ?? '';
}

/** Repeats one block, which all chunks share, so 60 MB take 64 KB of memory. */
function* blocks(id: string, size: number): Generator<Buffer> {
	const random = seededRandom(Number(BigInt.asUintN(32, BigInt(/\d+/.exec(id)?.[0] ?? 0))));
	const block = Buffer.from(Array.from({ length: blockSize }, () => Math.floor(random() * 256)));
	for (let sent = 0; sent < size; sent += blockSize) yield block.subarray(0, size - sent);
}
