/** An unusable parameter; found before any request is sent. */
export class ParameterError extends Error {
	constructor(
		/** Label of the parameter in the editor, such as `External Application ID`. */
		readonly parameter: string,
		/** What is wrong with it, as the end of a sentence that starts with the label. */
		problem: string,
		/** What to enter instead. */
		readonly advice: string,
		/** The same for a model, which only gives values: it has no form, no sheet and no expression. */
		readonly adviceForModel = advice,
	) {
		super(`'${parameter}' ${problem}`);
	}
}
