/** What is put on a letter: marks, and the two halfwidth ones that NFKC makes marks of. */
const MANY_MARKS = /[\p{M}\uFF9E\uFF9F]{31}/u;

/**
 * A text in a normal form of Unicode, so that two spellings of a letter are the same. One with more
 * than 30 marks on a letter is left as it is: no script has that (UAX #15, "Stream-Safe Text Format"),
 * and to put the marks in order takes quadratic time.
 */
export const normalized = (text: string, form: 'NFC' | 'NFKC' = 'NFC'): string =>
	MANY_MARKS.test(text) ? text : text.normalize(form);

/** A text in the form in which a part of it is looked for: case and width do not matter. */
export const folded = (text: string): string => normalized(text, 'NFKC').toLowerCase();
