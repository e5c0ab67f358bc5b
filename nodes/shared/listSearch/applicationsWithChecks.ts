import type { FeishuClient } from '../feishu/client';
import { scanBackgroundChecks } from '../hire/api/backgroundChecks';
import { ApplicationRows } from './applicationRows';
import { readingLimit, searchLimits, type ListPage } from './listPage';

/** What the list is asked for. */
interface Wanted {
	/** What a row has to contain; empty: everything. */
	filter: string;
	/** In which a date is a day. */
	timezone: string;
	/** Of the checks; absent: from the beginning. */
	pageToken?: string;
}

interface ChecksPage extends ListPage {
	/** How many checks a search has read that stopped before the list was full or at its end. */
	cutOffAfter?: number;
}

/**
 * The external applications that have checks. Every check names its application: so this reads the
 * checks of the tenant, page by page, and needs no further scope.
 *
 * Without a filter a call reads one page. With one it reads on until the list is full, because n8n
 * asks for more only when a list can be scrolled. An application that has checks on the pages of several calls comes again; n8n drops a row whose value
 * it has already.
 *
 * @returns rows of name, date, result and number of checks; their value is the external application ID
 * @throws FeishuError
 */
export async function applicationsWithChecks(
	client: FeishuClient,
	{ filter, timezone, pageToken }: Wanted,
): Promise<ChecksPage> {
	const isFarEnough = readingLimit();
	const rows = new ApplicationRows(filter, timezone);
	let pages = 0;
	let checks = 0;
	let nextPageToken: string | undefined;
	const scope = { externalApplicationId: null, pageToken };
	for await (const page of scanBackgroundChecks(client, scope)) {
		rows.add(page.items);
		pages += 1;
		checks += page.items.length;
		nextPageToken = page.page_token;
		if (filter === '' || rows.found >= searchLimits.rows || isFarEnough(pages)) break;
	}
	const isCutOff = filter !== '' && nextPageToken !== undefined && rows.found < searchLimits.rows;
	return {
		rows: rows.list(pageToken === undefined && nextPageToken === undefined),
		nextPageToken,
		...(isCutOff && { cutOffAfter: checks }),
	};
}
