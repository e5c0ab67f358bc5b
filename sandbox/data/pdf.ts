/** No file of ours is smaller; seeds add to it. */
export const smallestPdf = build('', 0).length;

/**
 * A one-page PDF that shows the attachment's ID, filled up by a comment.
 * @param size bytes wanted
 * @returns undefined when no PDF is that small
 */
export function pdfFile(id: string, size: number): Buffer | undefined {
	const filling = size - build(id, 0).length;
	return filling < 0 ? undefined : build(id, filling);
}

function build(id: string, filling: number): Buffer {
	const text = `BT /F1 20 Tf 72 770 Td (Background check report) Tj
0 -32 Td /F1 12 Tf (Attachment ${id.padEnd(20)}) Tj
0 -20 Td (Made by the sandbox; no person is meant.) Tj ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R' +
			'/Resources<</Font<</F1 5 0 R>>>>>>',
		`<</Length ${text.length}>>stream\n${text}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
	];
	let file = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = file.length;
		file += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return String(offset).padStart(10, '0');
	});
	file += comment(filling);
	const startOfXref = file.length;
	file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
	for (const offset of offsets) file += `${offset} 00000 n \n`;
	file += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\n`;
	// A fixed width, so that the filling alone decides the size.
	file += `startxref\n${String(startOfXref).padEnd(10)}\n%%EOF\n`;
	return Buffer.from(file, 'latin1');
}

/** Comment lines of together exactly so many bytes. */
function comment(length: number): string {
	const line = `%${'.'.repeat(98)}\n`;
	const rest = length % line.length;
	const restLine = rest === 0 ? '' : `${'%'.repeat(rest - 1)}\n`;
	return line.repeat(Math.floor(length / line.length)) + restLine;
}
