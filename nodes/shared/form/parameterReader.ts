import type { IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { asTyped, isAiTool } from '../aiTool';

/** Where parameters come from. */
export interface ParameterSource {
	/** The value for an item, expressions resolved; `fallback` when the workflow does not store it. */
	get: (name: string, itemIndex: number, fallback: NodeParameterValueType) => unknown;
	/** Makes a number or a truth value of a model's text; in a workflow text stays text, and is refused. */
	typed: (value: unknown) => unknown;
	/** IANA name of the workflow's time zone, in which people enter dates. */
	timezone: string;
}

/** Reads parameters of the node for each item. One without an expression is the same for all items, so n8n resolves it once. */
export class ParameterReader implements ParameterSource {
	readonly timezone: string;

	readonly typed: ParameterSource['typed'];

	private readonly fixed = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {
		this.timezone = context.getTimezone();
		this.typed = isAiTool(context.getNode()) ? asTyped : (value) => value;
	}

	readonly get: ParameterSource['get'] = (name, itemIndex, fallback) => {
		if (this.fixed.has(name)) return this.fixed.get(name);
		const value = this.context.getNodeParameter(name, itemIndex, fallback);
		if (!hasExpression(this.context.getNode().parameters[name])) this.fixed.set(name, value);
		return value;
	};
}

function hasExpression(parameter: unknown): boolean {
	if (typeof parameter === 'string') return parameter.startsWith('=');
	if (typeof parameter !== 'object' || parameter === null) return false;
	return Object.values(parameter).some(hasExpression);
}
