import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import { listed } from '../listed';
import { itemInWords } from '../nodeErrors';

/** What a run has done so far: the error that ends it says so, because n8n drops the output of such a run. */
export class Report {
	/** By the number of the item, counted as people count, from 1. */
	private readonly carriedOut = new Map<number, string>();

	private readonly unclearItems: number[] = [];

	/** @param changes whether there is anything to tell */
	constructor(private readonly changes: boolean) {}

	done(itemIndex: number, records: readonly IDataObject[]): void {
		const ids = records.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
		const item = itemIndex + 1;
		this.carriedOut.set(item, ids.length > 0 ? `${item} (${ids.join(', ')})` : `${item}`);
	}

	/** Nobody knows whether the item was carried out. */
	unclear(itemIndex: number): void {
		this.unclearItems.push(itemIndex + 1);
	}

	/** The error with what was done before it. */
	addedTo(error: unknown): unknown {
		const text = this.text();
		if (text === '' || !this.changes) return error;
		if (error instanceof NodeApiError || error instanceof NodeOperationError) {
			error.description = [error.description, text].filter(Boolean).join('\n');
		} else if (error instanceof Error) {
			error.message = `${error.message}. ${text}`;
		}
		return error;
	}

	private text(): string {
		const inOrder = [...this.carriedOut].sort(([a], [b]) => a - b);
		const done = inOrder.map(([, text]) => text);
		const { unclearItems } = this;
		const told = [
			done.length > 0 && `Carried out before that: item ${listed(done)}.`,
			unclearItems.length > 0 && `May have been carried out: item ${listed(unclearItems)}.`,
		].filter(Boolean);
		return told.length > 0 ? `${told.join(' ')} The count begins at ${itemInWords(0)}.` : '';
	}
}
