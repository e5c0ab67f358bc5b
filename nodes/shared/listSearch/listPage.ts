import type { INodeListSearchItems } from 'n8n-workflow';

/** What one call of a list returns. */
export interface ListPage {
	rows: INodeListSearchItems[];
	/** A short note on the rows. n8n cuts a row after some 60 characters, and shows one row per value. */
	note?: string;
	/** Where the next call starts; absent at the end. */
	nextPageToken?: string;
}

/** In ms. A user is waiting, so a list gives up sooner than a run, and then requests no further page. */
export const TIMEOUT_MS = 15_000;

/** How far one call of a list reads when it searches. Tests lower the limits. */
export const searchLimits = {
	/** This many rows fill the list, so that it can be scrolled and n8n asks for more. */
	rows: 20,
	pages: 100,
	ms: TIMEOUT_MS,
};

/** @returns a function that says whether a call that begins now has read enough after so many pages */
export function readingLimit(): (pages: number) => boolean {
	const startedAt = performance.now();
	return (pages) => pages >= searchLimits.pages || performance.now() - startedAt >= searchLimits.ms;
}
