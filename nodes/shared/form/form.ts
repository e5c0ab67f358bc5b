import type { IDataObject, IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import { asTyped, isAiTool } from '../aiTool';
import { readDateTime } from './dateTime';
import { itemInWords } from '../nodeErrors';
import { folded } from '../normalized';
import { ParameterError } from './parameterError';
import { isBlank, isNoValue, readOptions, show } from './values';

/**
 * How many characters a text may have. Ours: Feishu's pages name no bound, but what is longer was put
 * there by mistake, and a proxy on the way may refuse it.
 */
export const MAX_LENGTH = { text: 500, result: 5000, externalId: 128 };

/** Reads parameters of the node for each item. One without an expression is the same for all items, so n8n resolves it once. */
export class ParameterReader {
	/** IANA name of the workflow's time zone, in which people enter dates. */
	readonly timezone: string;

	/** Makes a number or a truth value of a model's text; in a workflow text stays text, and is refused. */
	readonly typed: (value: unknown) => unknown;

	private readonly fixed = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {
		this.timezone = context.getTimezone();
		this.typed = isAiTool(context.getNode()) ? asTyped : (value) => value;
	}

	/** The value for an item, expressions resolved; `fallback` when the workflow does not store it. */
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

/** The form of the node as one input item fills it. */
export class Form {
	/** @param claimed texts that only one item may have, with the item that has them */
	constructor(
		readonly context: IExecuteFunctions,
		private readonly reader: ParameterReader,
		readonly itemIndex: number,
		private readonly claimed: Map<string, number>,
	) {}

	/** IANA name of the workflow's time zone, in which people enter dates. */
	get timezone(): string {
		return this.reader.timezone;
	}

	get(name: string, fallback: NodeParameterValueType = ''): unknown {
		return this.reader.get(name, this.itemIndex, fallback);
	}

	/** A number or a truth value, also when a model gave it as text. */
	typed(name: string, fallback: NodeParameterValueType): unknown {
		return this.reader.typed(this.get(name, fallback));
	}

	/** @throws ParameterError when an expression gave something else */
	collection(name: string, label: string): IDataObject {
		return readOptions(this.get(name, {}), label);
	}

	/** A text that must be there, without the spaces around it. @throws ParameterError that never shows it */
	text(label: string, value: unknown, maxLength = MAX_LENGTH.text): string {
		if (typeof value !== 'string') {
			throw new ParameterError(
				label,
				`is ${show(value)}${value === null || value === undefined ? '' : ', not text'}`,
				'Enter a text, or check the expression: a number becomes text with {{ String($json.value) }}.',
				'Enter a text.',
			);
		}
		const text = value.trim();
		if (text === '') throw new ParameterError(label, 'is empty', 'Enter a text.');
		if (isNoValue(text)) {
			throw new ParameterError(
				label,
				'is not a text but the word for a missing value',
				'Check the expression.',
				'Enter a text.',
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

	/** A part of a text that is looked for, without case and width; empty where none is set. @throws ParameterError */
	part(label: string, value: unknown): string {
		return isBlank(value) ? '' : folded(this.text(label, value));
	}

	/** Epoch ms. @throws ParameterError */
	dateTime(label: string, value: unknown): number {
		return readDateTime(label, value, this.reader.timezone);
	}

	/**
	 * The option External ID, if it is set.
	 *
	 * @throws ParameterError when another item of the run has the same one: it would not be created
	 */
	externalId(): string | undefined {
		const { externalId } = this.collection('options', 'Options');
		if (externalId === undefined || externalId === null || externalId === '') return undefined;
		const label = 'External ID';
		const id = this.text(label, externalId, MAX_LENGTH.externalId);
		const other = this.claimed.get(id);
		if (other !== undefined && other !== this.itemIndex) {
			throw new ParameterError(
				label,
				`is the same as that of ${itemInWords(other)}`,
				'Feishu creates one record for an External ID: give each item its own, with an expression.',
			);
		}
		this.claimed.set(id, this.itemIndex);
		return id;
	}
}
