/** More marks than a letter can have. Includes the two half-width ones that NFKC turns into marks. */
const MANY_MARKS = /[\p{M}\uFF9E\uFF9F]{31}/u;

/**
 * A text in a Unicode normal form, so that two spellings of a letter are equal. Leaves a text alone
 * if a letter has more than 30 marks: no script has one (UAX #15, "Stream-Safe Text Format"), and
 * sorting the marks takes quadratic time.
 */
export const normalized = (text: string, form: 'NFC' | 'NFKC' = 'NFC'): string =>
	MANY_MARKS.test(text) ? text : text.normalize(form);

/** A text in the form for searching, which ignores case and width. */
export const folded = (text: string): string => normalized(text, 'NFKC').toLowerCase();
