import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { Outcome } from '../feishu/failure';
import { itemInWords } from '../nodeErrors';

/** Up to this many items are listed with their records' IDs; with more, the list would be unreadable. */
const MOST_WITH_IDS = 20;

/** What a run has done so far. The error that ends a run says so, because n8n drops the run's output. */
export class Report {
	/** IDs of the records, by the item's number, counted from 1. */
	private readonly carriedOut = new Map<number, string[]>();

	private readonly failed: Record<Outcome, number[]> = { notDone: [], done: [], unknown: [] };

	/** @param changes whether the operation writes, so that there is something to report */
	constructor(private readonly changes: boolean) {}

	done(itemIndex: number, records: readonly IDataObject[]): void {
		const ids = records.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
		this.carriedOut.set(itemIndex + 1, ids);
	}

	/** Notes that an item ended with an error, which need not be the one that the user sees. */
	fail(itemIndex: number, outcome: Outcome): void {
		this.failed[outcome].push(itemIndex + 1);
	}

	/** Adds to an error what was done before it. @returns the same error */
	addedTo(error: unknown): unknown {
		const isNodes = error instanceof NodeApiError || error instanceof NodeOperationError;
		const text = this.text((isNodes && error.description) || '');
		if (text === '' || !this.changes) return error;
		if (isNodes) {
			error.description = [error.description, text].filter(Boolean).join('\n');
		} else if (error instanceof Error) {
			error.message = `${error.message}. ${text}`;
		}
		return error;
	}

	/** @param said the error's own text. Items that it names are not named again */
	private text(said: string): string {
		const { carriedOut, failed } = this;
		const isNew = (item: number) => !said.includes(itemInWords(item - 1));
		const hasNamed = !Object.values(failed).flat().every(isNew);
		const idsOf = carriedOut.size > MOST_WITH_IDS ? undefined : carriedOut;
		const told = [
			['Carried out before the error', itemsInWords([...carriedOut.keys()], idsOf)],
			['Carried out, but with differences', itemsInWords(failed.done.filter(isNew))],
			['May have been carried out', itemsInWords(failed.unknown.filter(isNew))],
		].flatMap(([what, items]) => (items ? [`${what}: ${items}.`] : []));
		if (told.length > 0 && !hasNamed) told.push(`Counting starts at ${itemInWords(0)}.`);
		return told.join(' ');
	}
}

/** Lists items, with consecutive ones as a range: `items 1–58, 60`, `items 1 (7301), 2 (7302)`. */
function itemsInWords(items: readonly number[], idsOf?: ReadonlyMap<number, string[]>): string {
	const ranges: Array<{ first: number; last: number; ids: string }> = [];
	for (const item of [...items].sort((a, b) => a - b)) {
		const ids = idsOf?.get(item)?.join(', ') ?? '';
		const range = ranges.at(-1);
		if (range?.last === item - 1 && range.ids + ids === '') range.last = item;
		else ranges.push({ first: item, last: item, ids });
	}
	const texts = ranges.map(
		({ first, last, ids }) =>
			(last > first ? `${first}–${last}` : `${first}`) + (ids && ` (${ids})`),
	);
	return texts.length > 0 ? `${items.length > 1 ? 'items' : 'item'} ${texts.join(', ')}` : '';
}
