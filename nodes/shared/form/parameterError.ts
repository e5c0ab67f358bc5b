/** A parameter that cannot be used; found before a request leaves. */
export class ParameterError extends Error {
	constructor(
		/** Label of the parameter in the editor, such as `External Application ID`. */
		readonly parameter: string,
		/** What is wrong with it, as the rest of a sentence that starts with the label. */
		problem: string,
		/** What to enter instead. */
		readonly advice: string,
		/** The same for a model, which gives nothing but values: it has no form, no sheet and no expression. */
		readonly adviceForModel = advice,
	) {
		super(`'${parameter}' ${problem}`);
	}
}
