import type { IDataObject } from 'n8n-workflow';
import type { Page } from '../feishu/paginate';
import type { Reason } from './notFound';

/** What an item wants from the lists that are read for it. */
export interface Wanted<T extends IDataObject> {
	/** The most rows to return; if absent, all. */
	limit?: number;
	/** If absent, every row matches. */
	matches?: (row: T) => boolean;
}

/** What an item gets: a row or a page as Feishu sent it, and additional fields. */
export interface Selected {
	json: IDataObject;
	beside?: IDataObject;
}

/** Selects what one item wants from the lists that are read for it, page by page. */
export class Selection<T extends IDataObject> {
	readonly selected: Selected[] = [];

	/** Whether the limit left something out, or may have: unread rows are unknown. */
	isCutOff = false;

	/** How many rows were read, matching or not. */
	read = 0;

	/** Why nothing was selected; if absent, there is no such record. */
	reason?: Reason;

	private count = 0;

	/** @param wholePages whether to select pages instead of rows */
	constructor(
		private readonly wanted: Wanted<T>,
		private readonly wholePages = false,
	) {}

	/** Whether the limit is reached, so that no more reading is needed. */
	get isFull(): boolean {
		return this.count >= (this.wanted.limit ?? Infinity);
	}

	/** Reads as much of a list as is needed. @param beside additional fields for each row */
	async readFrom(pages: AsyncIterable<Page<T>>, beside?: IDataObject): Promise<void> {
		for await (const page of pages) {
			this.read += page.items.length;
			if (this.wholePages) {
				this.selected.push({ json: page });
				this.count += page.items.length;
			} else {
				this.selectRows(page, beside);
			}
			if (this.isFull && page.has_more) this.isCutOff = true;
			if (this.isFull) return;
		}
	}

	/** Selects from a list that was read as a whole. */
	take(rows: readonly T[]): void {
		this.read += rows.length;
		this.selectRows({ items: rows });
	}

	private selectRows({ items }: { items: readonly T[] }, beside?: IDataObject): void {
		const { matches } = this.wanted;
		for (const row of items) {
			if (matches && !matches(row)) continue;
			if (this.isFull) {
				this.isCutOff = true;
				return;
			}
			this.selected.push({ json: row, beside });
			this.count += 1;
		}
	}
}
