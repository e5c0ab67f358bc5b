import type { IDataObject } from 'n8n-workflow';
import type { BackgroundCheckPage } from '../shared/hire/api/backgroundChecks';
import type { CandidateQuery, ItemQuery, ScanQuery } from './plan';

/** Why an item has nothing to show. */
export type Reason = 'noCandidate' | 'noExternalApplication' | 'noBackgroundCheck' | 'noMatch';

/** Told each item whose query fails; when it throws, no further request leaves. */
export type OnError = (error: unknown, query: ItemQuery) => void;

/** What an item gets: a check or a page as Feishu sent it, and fields that are put beside its own. */
export interface Taken {
	json: IDataObject;
	beside?: IDataObject;
}

/** Takes what one item wants of the lists that are read for it, page by page. */
export class Taking {
	readonly taken: Taken[] = [];

	/** Whether the limit left something out, or may have: what is not read is not known. */
	isCut = false;

	/** Checks that were read, whether they match or not. */
	read = 0;

	/** Why nothing was taken, as far as is known before a check is read. */
	reason: Reason = 'noBackgroundCheck';

	private count = 0;

	constructor(readonly query: ScanQuery | CandidateQuery) {}

	/** Whether the limit is reached, so that nothing more has to be read. */
	get isFull(): boolean {
		return this.count >= (this.query.wanted.limit ?? Infinity);
	}

	/** @param beside fields for each item of this page */
	take(page: BackgroundCheckPage, beside?: IDataObject): void {
		this.read += page.items.length;
		if (this.query.kind === 'scan' && this.query.responseFormat === 'pages') {
			this.taken.push({ json: page });
			this.count += page.items.length;
		} else {
			this.takeChecks(page, beside);
		}
		if (this.isFull && page.has_more) this.isCut = true;
	}

	private takeChecks({ items }: BackgroundCheckPage, beside?: IDataObject): void {
		const { matches } = this.query.wanted;
		for (const check of items) {
			if (matches && !matches(check)) continue;
			if (this.isFull) {
				this.isCut = true;
				return;
			}
			this.taken.push({ json: check, beside });
			this.count += 1;
		}
	}
}

/** Those that want more. */
export const notFull = (takings: readonly Taking[]): Taking[] =>
	takings.filter(({ isFull }) => !isFull);
