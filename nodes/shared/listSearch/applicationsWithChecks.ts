import type { FeishuClient } from '../feishu/client';
import { scanBackgroundChecks } from '../hire/api/backgroundChecks';
import { ApplicationRows } from './applicationRows';
import { readingLimit, searchLimits, type ListPage } from './listPage';

/** What to list. */
interface Wanted {
	/** What a row must contain; empty for everything. */
	filter: string;
	/** The zone of the days. */
	timezone: string;
	/** Where to continue among the checks; if absent, at the start. */
	pageToken?: string;
}

interface ChecksPage extends ListPage {
	/** How many checks a search has read, if it stopped before the list was full or complete. */
	cutOffAfter?: number;
}

/**
 * The external applications that have checks. Every check names its application. So this reads the
 * checks of the tenant, page by page, and needs no further scope.
 *
 * Without a filter, a call reads one page. With a filter it reads on until the list is full,
 * because n8n asks for more only if the list can be scrolled. An application can come up again in a
 * later call; n8n drops a row whose value it already has.
 *
 * @returns rows of name, date, result and number of checks; their value is the external application
 * ID
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
