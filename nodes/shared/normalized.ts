/** Marks on a letter, and the two half-width ones that NFKC turns into marks. */
const MANY_MARKS = /[\p{M}\uFF9E\uFF9F]{31}/u;

/**
 * A text in a normal form of Unicode, so that two spellings of a letter are equal. A letter with more
 * than 30 marks is left as it is: no script has one (UAX #15, "Stream-Safe Text Format"), and sorting
 * the marks takes quadratic time.
 */
export const normalized = (text: string, form: 'NFC' | 'NFKC' = 'NFC'): string =>
	MANY_MARKS.test(text) ? text : text.normalize(form);

/** A text in the form for searching: ignores case and width. */
export const folded = (text: string): string => normalized(text, 'NFKC').toLowerCase();
