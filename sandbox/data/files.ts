import { Readable } from 'node:stream';
import type { Attachment } from './checkStore';
import { fixtureFile } from './fixtureFiles';
import { seededRandom } from './random';

/** A file's bytes, made when they are read. */
export interface FileContent {
	/** Bytes; exactly as many as the attachment lists. */
	size: number;
	mime: string;
	/** A new stream over the same bytes on every call. */
	open: () => Readable;
}

const mimeTypes: Record<string, string> = {
	pdf: 'application/pdf',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	png: 'image/png',
	mp4: 'video/mp4',
	txt: 'text/plain',
};

/** Above this a file is streamed block by block, whatever its name says. */
const inMemoryLimit = 4 * 1024 * 1024;

/** A prime: a block that gets lost or doubled shows in the content as well as in the length. */
const blockSize = 65_521;

/**
 * The file behind an attachment, fully determined by its ID, the ending of its name and its size:
 * a PDF, DOCX or PNG that opens in a viewer, filled up to the listed size; for another ending, or a
 * size too small or too large for that, a stream of bytes that is never whole in memory.
 */
export function fileContent(attachment: Attachment): FileContent {
	const { id, size } = attachment;
	const ending = endingOf(attachment.name);
	const file = size <= inMemoryLimit ? fixtureFile(ending, id, size) : undefined;
	const open = () => (file ? Readable.from([file]) : Readable.from(blocks(id, size)));
	return { size, mime: mimeOf(attachment.name), open };
}

/** The media type of a file, by the ending of its name. */
export function mimeOf(name: string): string {
	return mimeTypes[endingOf(name)] ?? 'application/octet-stream';
}

function endingOf(name: string): string {
	return /[^.]*$/.exec(name.toLowerCase())?.[0] ?? '';
}

/** The same block over and over: it is shared by every chunk, so 60 MB cost 64 KB. */
function* blocks(id: string, size: number): Generator<Buffer> {
	const random = seededRandom(Number(BigInt.asUintN(32, BigInt(/\d+/.exec(id)?.[0] ?? 0))));
	const block = Buffer.from(Array.from({ length: blockSize }, () => Math.floor(random() * 256)));
	for (let sent = 0; sent < size; sent += blockSize) yield block.subarray(0, size - sent);
}
