declare const checked: unique symbol;

/**
 * A checked ID of Feishu Hire: a text that identifies one record. A missing or empty ID would be no
 * filter and return every record of the tenant, so requests take only this type.
 */
export type CheckedId = string & { readonly [checked]: true };

/** 1 to 64 letters, digits, `-` and `_`. Feishu's IDs are decimal numbers, mostly of 19 digits. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether the value can be sent as an ID. A number cannot: it would have lost its last digits. */
export const isId = (value: unknown): value is CheckedId =>
	typeof value === 'string' && ID.test(value);

/**
 * Whether the text is a long number in scientific notation, as spreadsheets write it: its last
 * digits are lost.
 */
export const isScientific = (text: string): boolean => /^\d+(\.\d+)?e\+?\d+$/i.test(text);

/**
 * Whether the ID looks as if it had once been a number: a spreadsheet keeps 15 digits, JSON and
 * expressions keep the nearest double. This is also true of 1 in 1,024 correct IDs of 19 digits.
 */
export const looksRounded = (id: string): boolean =>
	/^\d{19}$/.test(id) && String(Number(id)) === id;

/** The advice if such an ID is not found. */
export const ROUNDED_ADVICE =
	'An ID that ends in zeros was probably rounded by a spreadsheet. Enter it again as text.';
