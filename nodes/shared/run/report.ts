import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import { itemInWords } from '../nodeErrors';

/** How many items a text names. */
const NAMED = 20;

/** What a run has done so far: the error that ends it says so, because n8n drops the output of such a run. */
export class Report {
	/** By the number of the item, counted as people count, from 1. */
	private readonly carriedOut = new Map<number, string>();

	private readonly doubtful: number[] = [];

	/** @param changes whether there is anything to tell */
	constructor(private readonly changes: boolean) {}

	done(itemIndex: number, records: readonly IDataObject[]): void {
		const ids = records.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
		const item = itemIndex + 1;
		this.carriedOut.set(item, ids.length > 0 ? `${item} (${ids.join(', ')})` : `${item}`);
	}

	/** Nobody knows whether the item was carried out. */
	unclear(itemIndex: number): void {
		this.doubtful.push(itemIndex + 1);
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
		const unclear = this.doubtful;
		const told = [
			done.length > 0 && `Carried out before that: item ${listed(done)}.`,
			unclear.length > 0 && `May have been carried out: item ${listed(unclear)}.`,
		].filter(Boolean);
		return told.length > 0 ? `${told.join(' ')} The count begins at ${itemInWords(0)}.` : '';
	}
}

function listed(names: ReadonlyArray<string | number>): string {
	const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
	return names.slice(0, NAMED).join(', ') + more;
}
