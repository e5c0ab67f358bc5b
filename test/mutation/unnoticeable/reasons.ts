/** A change that tests need not notice. */
export interface Unnoticeable {
	/** A part of the line, as it is. */
	code: string;
	/** A part of what is changed to what; any change of that line unless told. */
	change?: string;
	/** Why it makes no difference, or none that counts. */
	reason: string;
}

/** By the path of the file that is changed. */
export type Reasons = Record<string, Unnoticeable[]>;

/** Of an error that is thrown with the reaction `fail`. */
export const ANY_OTHER_REACTION = 'What names none of the other reactions fails.';
