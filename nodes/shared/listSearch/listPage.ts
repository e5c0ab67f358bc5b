import type { INodeListSearchItems } from 'n8n-workflow';

/** What one call of a list brings. */
export interface ListPage {
	rows: INodeListSearchItems[];
	/** What is to be said of the rows, short: n8n cuts a row off after some 60 characters and shows one of each value. */
	note?: string;
	/** Where the next call goes on; absent at the end. */
	nextPageToken?: string;
}

/** How far one call of a list reads on when it looks for something; tests shorten it. */
export const searchLimits = {
	/** Rows that fill the list, so that it can be scrolled and n8n asks for more. */
	rows: 20,
	pages: 100,
	/** No further page is asked for after this long, in ms: somebody waits. */
	ms: 15_000,
};

/** @returns what tells whether a call that begins now has read far enough with so many pages */
export function readingLimit(): (pages: number) => boolean {
	const startedAt = performance.now();
	return (pages) => pages >= searchLimits.pages || performance.now() - startedAt >= searchLimits.ms;
}
