import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pads a fixture into a longer file that still opens in a viewer; returns undefined if it cannot. */
type Fill = (fixture: Buffer, filling: Buffer) => Buffer | undefined;

/** Adds a PDF comment, then the trailer again: readers look for it at the end. */
const fillPdf: Fill = (fixture, filling) => {
	const ending = fixture.subarray(fixture.lastIndexOf('startxref'));
	return Buffer.concat([fixture, Buffer.from('%'), filling, Buffer.from('\n'), ending]);
};

/**
 * Adds a comment to the ZIP archive that a DOCX is. The last two bytes of the fixture hold the
 * comment's length.
 */
const fillDocx: Fill = (fixture, filling) => {
	if (filling.length > 0xffff) return undefined;
	const file = Buffer.concat([fixture, filling]);
	file.writeUInt16LE(filling.length, fixture.length - 2);
	return file;
};

/** Readers ignore whatever follows the end of the image. */
const fillPng: Fill = (fixture, filling) => Buffer.concat([fixture, filling]);

const fixtures = {
	pdf: { bytes: readFixture('report.pdf'), fill: fillPdf },
	docx: { bytes: readFixture('history.docx'), fill: fillDocx },
	// Not named .png: n8n's build copies every image in the tree into the package.
	png: { bytes: readFixture('photo.png.data'), fill: fillPng },
};

export type FixtureKind = keyof typeof fixtures;

/** Length of an attachment's ID, with some room. */
const idLength = 20;

/** The size of the smallest file of a kind, in bytes. Seeded sizes start from it. */
export function smallestSize(kind: FixtureKind): number {
	const { bytes, fill } = fixtures[kind];
	return fill(bytes, Buffer.alloc(idLength))?.length ?? bytes.length;
}

/**
 * A file of one kind that contains the attachment's ID, so that no two files are the same.
 * @param size its size in bytes
 * @returns undefined for another kind, or if no such file has that size
 */
export function fixtureFile(kind: string, id: string, size: number): Buffer | undefined {
	if (!isKind(kind)) return undefined;
	const length = idLength + size - smallestSize(kind);
	if (length < idLength) return undefined;
	const { bytes, fill } = fixtures[kind];
	return fill(bytes, Buffer.from(id.padEnd(length, '.')));
}

function isKind(kind: string): kind is FixtureKind {
	return kind in fixtures;
}

function readFixture(name: string): Buffer {
	return readFileSync(join(__dirname, '..', 'files', name));
}
