/** A parameter that cannot be used. Thrown before any request is sent. */
export class ParameterError extends Error {
	constructor(
		/** Label of the parameter in the editor, such as `External Application ID`. */
		readonly parameter: string,
		/** What is wrong with it: the end of a sentence that starts with the label. */
		problem: string,
		/** What to enter instead. */
		readonly advice: string,
		/** The same for an AI model, which only supplies values: it has no form, no sheet and no expression. */
		readonly adviceForModel = advice,
	) {
		super(`'${parameter}' ${problem}`);
	}
}
