/** A mutant that tests need not notice. */
interface Unnoticeable {
	file: string;
	/** A part of the line, as it is. */
	code: string;
	/** A part of what is changed to what; any change of that line unless told. */
	change?: string;
	/** Why it makes no difference, or none that counts. */
	reason: string;
}

const KNOWN: Unnoticeable[] = [];

/** @returns the reason, if a survivor is known to be one */
export const unnoticeable = (file: string, code: string, change: string): string | undefined =>
	KNOWN.find(
		(known) =>
			known.file === file &&
			code.includes(known.code) &&
			(known.change === undefined || change.includes(known.change)),
	)?.reason;
