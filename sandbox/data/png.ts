import { crc32, deflateSync } from 'node:zlib';

const side = 48;

/** No file of ours is smaller; seeds add to it. */
export const smallestPng = build('0', 0).length;

/**
 * A square in a colour of the attachment's own, filled up by a text chunk.
 * @param size bytes wanted
 * @returns undefined when no such PNG is that small
 */
export function pngFile(id: string, size: number): Buffer | undefined {
	const filling = size - build(id, 0).length;
	return filling < 0 ? undefined : build(id, filling);
}

function build(id: string, filling: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	// 8 bits per channel, red, green and blue.
	header.set([8, 2], 8);
	const colour = crc32(id);
	const row = Buffer.alloc(1 + side * 3);
	for (let x = 0; x < side; x++) row.writeUIntBE(colour & 0xffffff, 1 + x * 3, 3);
	const pixels = Buffer.concat(Array<Buffer>(side).fill(row));
	const comment = `Comment\0${id.padEnd(20)}${'.'.repeat(filling)}`;
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('tEXt', Buffer.from(comment)),
		// Level 0: compression would make the size depend on the colour.
		chunk('IDAT', deflateSync(pixels, { level: 0 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const checksum = Buffer.alloc(4);
	checksum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, checksum]);
}
