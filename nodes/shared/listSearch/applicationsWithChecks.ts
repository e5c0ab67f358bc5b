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

/**
 * The external applications that have checks. Every check names its application: so this reads the
 * checks of the tenant, page by page, and needs no further scope.
 *
 * Without a filter a call reads one page. With one it reads on until the list is full, because n8n
 * asks for more only when a list can be scrolled. Where it stops early its note says so. An
 * application that has checks on the pages of several calls comes again; n8n drops a row whose value
 * it has already.
 *
 * @returns rows of name, date, result and number of checks; their value is the external application ID
 * @throws FeishuError
 */
export async function applicationsWithChecks(
	client: FeishuClient,
	{ filter, timezone, pageToken }: Wanted,
): Promise<ListPage> {
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
		...(isCutOff && { note: stoppedAfter(checks, pageToken) }),
	};
}

function stoppedAfter(checks: number, pageToken?: string): string {
	const which = pageToken === undefined ? 'the first' : 'another';
	return `(Searched only ${which} ${checks} checks, there are more: enter the ID instead)`;
}
