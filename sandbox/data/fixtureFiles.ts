import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes a longer file of a fixture that still opens in a viewer; undefined when it cannot. */
type Fill = (fixture: Buffer, filling: Buffer) => Buffer | undefined;

/** A comment of a PDF, then its ending once more: a reader looks for that at the end. */
const fillPdf: Fill = (fixture, filling) => {
	const ending = fixture.subarray(fixture.lastIndexOf('startxref'));
	return Buffer.concat([fixture, Buffer.from('%'), filling, Buffer.from('\n'), ending]);
};

/** The comment of the archive that a DOCX is; its length are the last two bytes of the file. */
const fillDocx: Fill = (fixture, filling) => {
	if (filling.length > 0xffff) return undefined;
	const file = Buffer.concat([fixture, filling]);
	file.writeUInt16LE(filling.length, fixture.length - 2);
	return file;
};

/** Whatever comes after the picture's end is not looked at. */
const fillPng: Fill = (fixture, filling) => Buffer.concat([fixture, filling]);

const fixtures = {
	pdf: { bytes: readFixture('report.pdf'), fill: fillPdf },
	docx: { bytes: readFixture('history.docx'), fill: fillDocx },
	// Not named .png: the build of n8n's node CLI copies every picture of the tree into the package.
	png: { bytes: readFixture('photo.png.data'), fill: fillPng },
};

export type FixtureKind = keyof typeof fixtures;

/** Room for an attachment's ID. */
const idLength = 20;

/** The size of the smallest file of a kind, in bytes; seeds add to it. */
export function smallestSize(kind: FixtureKind): number {
	const { bytes, fill } = fixtures[kind];
	return fill(bytes, Buffer.alloc(idLength))?.length ?? bytes.length;
}

/**
 * A file of one kind that holds the attachment's ID, so that no two are the same.
 * @param size bytes wanted
 * @returns undefined for another kind, and when no such file has that size
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
