declare const checked: unique symbol;

/**
 * An ID of Feishu Hire that was looked at: a text that means one record. Left out or empty it would
 * be no filter, and give every record of the tenant; so requests take this type only.
 */
export type CheckedId = string & { readonly [checked]: true };

/** 1 to 64 letters, digits, `-` and `_`. Feishu's are decimal numbers, most of 19 digits. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether the value is fit to be sent as an ID. As a number it would have lost its last digits. */
export const isId = (value: unknown): value is CheckedId =>
	typeof value === 'string' && ID.test(value);

/** Whether it is a number as spreadsheets write long ones: the digits at its end are lost. */
export const isScientific = (text: string): boolean => /^\d+(\.\d+)?e\+?\d+$/i.test(text);

/**
 * Whether the ID looks like one that was a number on its way: a spreadsheet's keeps 15 digits, one of
 * JSON or of an expression what the nearest double is written as. So is one in 1,024 true IDs of 19 digits.
 */
export const looksRounded = (id: string): boolean =>
	/^\d{19}$/.test(id) && String(Number(id)) === id;

/** What to tell of such an ID that is not found. */
export const ROUNDED_ADVICE =
	'An ID that ends in zeros has probably been rounded by a spreadsheet or as a number: enter it again, as text.';
