import type { IDataObject, IExecuteFunctions, NodeParameterValueType } from 'n8n-workflow';
import type { ParameterReader } from './parameterReader';
import { readDateTime } from './dateTime';
import { itemInWords } from '../nodeErrors';
import { ParameterError } from './parameterError';
import { readOptions, show } from './values';

/** What expressions leave behind in the place of a text. */
const NO_VALUE = new Set(['null', 'undefined', 'NaN', '[object Object]']);

/** The form of the node as one input item fills it. */
export class Form {
	/** @param claimed texts that only one item may have, with the item that has them */
	constructor(
		readonly context: IExecuteFunctions,
		private readonly source: ParameterReader,
		readonly itemIndex: number,
		private readonly claimed: Map<string, number>,
	) {}

	/** IANA name of the workflow's time zone, in which people enter dates. */
	get timezone(): string {
		return this.source.timezone;
	}

	get(name: string, fallback: NodeParameterValueType = ''): unknown {
		return this.source.get(name, this.itemIndex, fallback);
	}

	/** A number or a truth value, also when a model gave it as text. */
	typed(name: string, fallback: NodeParameterValueType): unknown {
		return this.source.typed(this.get(name, fallback));
	}

	/** @throws ParameterError when an expression gave something else */
	collection(name: string, label: string): IDataObject {
		return readOptions(this.get(name, {}), label);
	}

	/** A text that must be there, without the spaces around it. @throws ParameterError */
	text(label: string, value: unknown): string {
		if (typeof value !== 'string') {
			throw new ParameterError(
				label,
				`is ${show(value)}${value === null || value === undefined ? '' : ', not text'}`,
				'Enter a text, or check the expression: a number becomes text with {{ String($json.value) }}.',
			);
		}
		const text = value.trim();
		if (text === '') throw new ParameterError(label, 'is empty', 'Enter a text.');
		if (NO_VALUE.has(text)) {
			throw new ParameterError(
				label,
				'is not a text but the word for a missing value',
				'Check the expression.',
			);
		}
		return text;
	}

	/** Epoch ms. @throws ParameterError */
	dateTime(label: string, value: unknown): number {
		return readDateTime(label, value, this.source.timezone);
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
		const id = this.text(label, externalId);
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
