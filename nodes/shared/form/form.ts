import type { IDataObject, IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { asTyped, isAiTool } from '../aiTool';
import { readDateTime } from './dateTime';
import { itemInWords } from '../nodeErrors';
import { folded } from '../normalized';
import { ParameterError } from './parameterError';
import { isBlank, isNoValue, numberAsText, readOptions, show } from './values';

/**
 * Maximum lengths in characters. The limits are ours: Feishu documents none, but a longer text is a
 * mistake, and a proxy may refuse it.
 */
export const MAX_LENGTH = { text: 500, result: 5000, externalId: 128 };

/**
 * Reads parameters for each item. A parameter without an expression is the same for all items, so
 * n8n resolves it once.
 */
export class ParameterReader {
	/** IANA name of the workflow's time zone, in which users enter dates. */
	readonly timezone: string;

	/** Converts an AI model's text to a number or boolean. In a workflow a text stays text, and is refused. */
	readonly typed: (value: unknown) => unknown;

	private readonly fixed = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {
		this.timezone = context.getTimezone();
		this.typed = isAiTool(context.getNode()) ? asTyped : (value) => value;
	}

	/** The value for an item, with expressions resolved; `fallback` if the workflow does not store it. */
	get(name: string, itemIndex: number, fallback: NodeParameterValueType): unknown {
		if (this.fixed.has(name)) return this.fixed.get(name);
		const value = this.context.getNodeParameter(name, itemIndex, fallback);
		if (!hasExpression(this.context.getNode().parameters[name])) this.fixed.set(name, value);
		return value;
	}
}

function hasExpression(parameter: unknown): boolean {
	if (typeof parameter === 'string') return parameter.startsWith('=');
	if (typeof parameter !== 'object' || parameter === null) return false;
	return Object.values(parameter).some(hasExpression);
}

/** The node's form, as filled in for one input item. */
export class Form {
	/** @param claimed texts that only one item may have, with the index of that item */
	constructor(
		readonly context: IExecuteFunctions,
		private readonly reader: ParameterReader,
		readonly itemIndex: number,
		private readonly claimed: Map<string, number>,
	) {}

	/** IANA name of the workflow's time zone, in which users enter dates. */
	get timezone(): string {
		return this.reader.timezone;
	}

	get(name: string, fallback: NodeParameterValueType = ''): unknown {
		return this.reader.get(name, this.itemIndex, fallback);
	}

	/** A number or boolean. Converts it if an AI model gave it as text. */
	typed(name: string, fallback: NodeParameterValueType): unknown {
		return this.reader.typed(this.get(name, fallback));
	}

	/** @throws ParameterError if an expression gave something else */
	collection(name: string, label: string): IDataObject {
		return readOptions(this.get(name, {}), label);
	}

	/** A required text, trimmed, or a number as text. @throws ParameterError that never shows the text */
	text(label: string, value: unknown, maxLength = MAX_LENGTH.text): string {
		return this.string(label, numberAsText(value), maxLength);
	}

	/** The same, but a number is an error. */
	private string(label: string, value: unknown, maxLength: number): string {
		if (typeof value !== 'string') {
			throw new ParameterError(
				label,
				`is ${show(value)}${value === null || value === undefined ? '' : ', not text'}`,
				'Enter text, or check the expression. To turn a number into text, use {{ String($json.value) }}. A number of more than 15 digits may have lost some by then: format the column of the sheet as text.',
				'Enter text.',
			);
		}
		const text = value.trim();
		if (text === '') throw new ParameterError(label, 'is empty', 'Enter text.');
		if (isNoValue(text)) {
			throw new ParameterError(
				label,
				'is a placeholder for a missing value, such as undefined',
				'Check the expression.',
				'Enter text.',
			);
		}
		if (text.length > maxLength) {
			throw new ParameterError(
				label,
				`has ${text.length} characters, but at most ${maxLength} are allowed`,
				'Shorten it, or check the expression.',
				'Shorten it.',
			);
		}
		return text;
	}

	/** A text to search for, folded in case and width; empty if not set. @throws ParameterError */
	part(label: string, value: unknown): string {
		return isBlank(value) ? '' : folded(this.text(label, value));
	}

	/** A moment in epoch ms. @throws ParameterError */
	dateTime(label: string, value: unknown): number {
		return readDateTime(label, value, this.reader.timezone);
	}

	/**
	 * The value of the option External ID, if it is set.
	 *
	 * @throws ParameterError if another item of the run has the same: Feishu would not create a
	 * second record
	 */
	externalId(): string | undefined {
		const { externalId } = this.collection('options', 'Options');
		if (isBlank(externalId)) return undefined;
		const label = 'External ID';
		const id = this.string(label, externalId, MAX_LENGTH.externalId);
		const other = this.claimed.get(id);
		if (other !== undefined && other !== this.itemIndex) {
			throw new ParameterError(
				label,
				`is the same as in ${itemInWords(other)}`,
				'Feishu creates only one record per External ID. Use an expression to give each item its own.',
			);
		}
		this.claimed.set(id, this.itemIndex);
		return id;
	}
}
