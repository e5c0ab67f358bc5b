/** Excel files, written and read with the library that n8n itself uses. */

export type Row = Record<string, string | number>;

interface Library {
	utils: {
		json_to_sheet(rows: Row[]): unknown;
		sheet_to_json(sheet: unknown): Row[];
	};
	read: (file: Buffer) => { SheetNames: string[]; Sheets: Record<string, unknown> };
	write: (book: unknown, options: { type: 'buffer'; bookType: 'xlsx' }) => Buffer;
}

/** @param load the `require` of an installed n8n */
export function sheets(load: (name: string) => unknown) {
	const { utils, read, write } = load('@e965/xlsx') as Library;
	return {
		/** A file with one sheet: a header, and one line per row. */
		write: (rows: Row[]): Buffer =>
			write(
				{ SheetNames: ['Sheet1'], Sheets: { Sheet1: utils.json_to_sheet(rows) } },
				{ type: 'buffer', bookType: 'xlsx' },
			),
		/** The rows of the first sheet, without empty cells. */
		read: (file: Buffer): Row[] => {
			const { SheetNames, Sheets } = read(file);
			return utils.sheet_to_json(Sheets[SheetNames[0] ?? '']);
		},
	};
}
