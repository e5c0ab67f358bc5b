declare const checked: unique symbol;

/**
 * A checked ID of Feishu Hire: a text that means one record. A missing or empty ID would be no filter,
 * and return every record of the tenant; so requests take only this type.
 */
export type CheckedId = string & { readonly [checked]: true };

/** 1 to 64 letters, digits, `-` and `_`. Feishu's are decimal numbers, most of 19 digits. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether the value can be sent as an ID. As a number it would have lost its last digits. */
export const isId = (value: unknown): value is CheckedId =>
	typeof value === 'string' && ID.test(value);

/** Whether it is a long number as spreadsheets write it: its last digits are lost. */
export const isScientific = (text: string): boolean => /^\d+(\.\d+)?e\+?\d+$/i.test(text);

/**
 * Whether the ID looks as if it had once been a number: a spreadsheet keeps 15 digits, JSON and
 * expressions the nearest double. So do 1 in 1,024 true IDs of 19 digits.
 */
export const looksRounded = (id: string): boolean =>
	/^\d{19}$/.test(id) && String(Number(id)) === id;

/** What to say if such an ID is not found. */
export const ROUNDED_ADVICE =
	'An ID that ends in zeros was probably rounded by a spreadsheet. Enter it again as text.';
