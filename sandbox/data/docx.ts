import { crc32 } from 'node:zlib';

interface Part {
	name: string;
	content: string;
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org';

/** 1980-01-01 in the date format of ZIP; its time of day is 0. */
const zipDate = 0x21;

/** No file of ours is smaller; seeds add to it. */
export const smallestDocx = build('', 0).length;

/**
 * A one-paragraph DOCX that shows the attachment's ID, filled up by blanks after the document.
 * @param size bytes wanted
 * @returns undefined when no DOCX is that small
 */
export function docxFile(id: string, size: number): Buffer | undefined {
	const filling = size - build(id, 0).length;
	return filling < 0 ? undefined : build(id, filling);
}

function build(id: string, filling: number): Buffer {
	return storedZip([
		{ name: '[Content_Types].xml', content: contentTypes() },
		{ name: '_rels/.rels', content: relations() },
		{ name: 'word/document.xml', content: wordDocument(id) + ' '.repeat(filling) },
	]);
}

function contentTypes(): string {
	const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
	const rels = 'application/vnd.openxmlformats-package.relationships+xml';
	return (
		`${xml}<Types xmlns="${office}/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="${rels}"/>` +
		`<Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/></Types>`
	);
}

function relations(): string {
	const type = `${office}/officeDocument/2006/relationships/officeDocument`;
	return (
		`${xml}<Relationships xmlns="${office}/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="${type}" Target="word/document.xml"/></Relationships>`
	);
}

function wordDocument(id: string): string {
	const text = `Background check report, attachment ${id.padEnd(20)}`;
	return (
		`${xml}<w:document xmlns:w="${office}/wordprocessingml/2006/main"><w:body>` +
		`<w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`
	);
}

/** A ZIP archive whose parts are stored as they are, so that its size can be foretold. */
function storedZip(parts: Part[]): Buffer {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content } of parts) {
		const data = Buffer.from(content);
		const fields = commonFields(name, data);
		const file = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), data]);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(offset, 10);
		const version = Buffer.from([20, 0]);
		directory.push(Buffer.from('PK\x01\x02'), version, fields, place, Buffer.from(name));
		files.push(file);
		offset += file.length;
	}
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06');
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(Buffer.concat(directory).length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...files, ...directory, end]);
}

/** What a part's own header and its directory entry have in common, from "version needed" on. */
function commonFields(name: string, data: Buffer): Buffer {
	const fields = Buffer.alloc(26);
	fields.writeUInt16LE(20, 0);
	fields.writeUInt16LE(zipDate, 8);
	fields.writeUInt32LE(crc32(data), 10);
	fields.writeUInt32LE(data.length, 14);
	fields.writeUInt32LE(data.length, 18);
	fields.writeUInt16LE(Buffer.byteLength(name), 22);
	return fields;
}
