import type { IDataObject } from 'n8n-workflow';
import { isObject, type Envelope } from './answer';
import { FeishuError } from './failure';

/** One page of a list. */
export interface Page<T extends IDataObject> extends IDataObject {
	items: T[];
	has_more: boolean;
	/** Set if there is a next page. */
	page_token?: string;
}

/** No tenant's list has more pages. A longer chain counts as endless. */
const MAX_PAGES = 100_000;

/** This many pages in a row without a new record count as a loop with changing tokens. */
const MAX_PAGES_WITHOUT_NEWS = 100;

const chainError = (message: string) =>
	new FeishuError({
		message,
		reaction: 'fail',
		advice:
			'The node returns nothing, because the list would be incomplete. Run the workflow again. If it keeps happening, tell Feishu support when it ran.',
	});

const notAList = () => chainError('Feishu did not return a list');

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';

/**
 * Reads the list in an envelope with code 0. Accepts missing parts only if they can mean just one
 * thing: a first page without a list is an empty list, and a page of records without `has_more` is
 * the last one. Anything else is an error: taken for an empty or last page, it would hide records.
 */
function toPage<T extends IDataObject>(envelope: Envelope, isFirst: boolean): Page<T> {
	const data = envelope.data ?? {};
	if (!isObject(data)) throw notAList();
	const { page_token } = data;
	const items = data.items ?? [];
	const has_more = data.has_more ?? false;
	if (!Array.isArray(items) || !items.every(isObject)) throw notAList();
	if (typeof has_more !== 'boolean') throw notAList();
	const saysNoEnd = data.has_more === undefined || data.has_more === null;
	const hasNoItems = data.items === undefined || data.items === null;
	if (saysNoEnd && (isFilled(page_token) || (hasNoItems && !isFirst))) {
		throw chainError('Feishu did not say whether there are more records');
	}
	const page: Page<T> = { items: items as T[], has_more };
	// Some Feishu APIs send an empty token on the last page. Only `has_more` says whether another
	// follows.
	if (page.has_more && typeof page_token === 'string') page.page_token = page_token;
	return page;
}

/**
 * Reads a list page by page. Ends only where Feishu says so: an incomplete answer, a missing or
 * repeated token, or an endless chain is an error. Yields a record only once, even if it moves to a
 * later page during the read (by ID; records without one are kept).
 * Source: Feishu "查询外部背调列表" (`page_token`, `has_more`). Where it is unclear, we err on the safe
 * side.
 *
 * @param fetchPage fetches one page; without a token, the first
 * @param startToken the token of the page to start at
 * @param idField the field that holds a record's ID
 * @throws FeishuError if the chain of pages is broken, and what `fetchPage` throws
 */
export async function* paginate<T extends IDataObject>(
	fetchPage: (pageToken?: string) => Promise<Envelope>,
	startToken?: string,
	idField = 'id',
): AsyncGenerator<Page<T>> {
	const seenTokens = new Set<string>();
	const seenIds = new Set<string>();
	let pageToken = startToken;
	let withoutNews = 0;
	for (let pages = 1; ; pages++) {
		if (pageToken !== undefined) seenTokens.add(pageToken);
		const page = toPage<T>(await fetchPage(pageToken), pageToken === undefined);
		page.items = page.items.filter((item) => {
			const id = item[idField];
			if (typeof id !== 'string' || id === '') return true;
			const isNew = !seenIds.has(id);
			seenIds.add(id);
			return isNew;
		});
		if (page.has_more) {
			withoutNews = page.items.length > 0 ? 0 : withoutNews + 1;
			if (!page.page_token) {
				throw chainError('Feishu reported more records, but sent no page token for them');
			}
			if (seenTokens.has(page.page_token)) {
				throw chainError('Feishu sent the same page token twice, so the list would never end');
			}
			if (pages >= MAX_PAGES || withoutNews >= MAX_PAGES_WITHOUT_NEWS) {
				throw chainError(`The list did not end after ${pages} pages`);
			}
		}
		yield page;
		if (!page.has_more) return;
		pageToken = page.page_token;
	}
}
