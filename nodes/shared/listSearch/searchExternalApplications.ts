import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { FeishuClient } from '../feishu/client';
import { scanBackgroundChecks } from '../hire/api/backgroundChecks';
import { ApplicationRows } from './applicationRows';
import { toListError } from './listError';

/** How far one call of the list reads on when it looks for something; tests shorten it. */
export const searchLimits = {
	/** Rows that fill the list, so that it can be scrolled and n8n asks for more. */
	rows: 20,
	pages: 100,
	/** No further page is asked for after this long, in ms: somebody waits. */
	ms: 15_000,
};

/** Somebody waits for the list, so it gives up sooner than a run. */
const TIMEOUT_MS = 15_000;

/**
 * Fills the list of the locator `externalApplicationId`. Feishu lists applications only for one
 * talent, but every check names its application: so the list reads the checks of the tenant, page by
 * page, and needs no further scope. It only has applications with checks.
 *
 * Without a filter a call reads one page. With one it reads on until the list is full, because n8n
 * asks for more only when a list can be scrolled. Where it stops early the first row says so; it has
 * an empty value, which n8n refuses as a missing one. An application that has checks on the pages of
 * several calls comes again; n8n drops a row whose value it has already.
 *
 * @returns rows of name, date, result and number of checks; their value is the external application ID
 * @throws NodeApiError
 */
export async function searchExternalApplications(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	try {
		const client = await FeishuClient.open(this, TIMEOUT_MS);
		const isFiltered = (filter ?? '').trim() !== '';
		const rows = new ApplicationRows(filter ?? '', this.getTimezone());
		const startedAt = performance.now();
		let pages = 0;
		let checks = 0;
		let next: string | undefined;
		const scope = { externalApplicationId: null, pageToken: paginationToken };
		for await (const page of scanBackgroundChecks(client, scope)) {
			rows.add(page.items);
			pages += 1;
			checks += page.items.length;
			next = page.page_token;
			const isLate = performance.now() - startedAt >= searchLimits.ms;
			if (!isFiltered || rows.found >= searchLimits.rows) break;
			if (pages >= searchLimits.pages || isLate) break;
		}
		const isCutOff = isFiltered && next !== undefined && rows.found < searchLimits.rows;
		const results = rows.list(paginationToken === undefined && next === undefined);
		return {
			results: isCutOff ? [stoppedAfter(checks, paginationToken), ...results] : results,
			paginationToken: next,
		};
	} catch (error) {
		throw toListError(this.getNode(), error);
	}
}

function stoppedAfter(checks: number, paginationToken?: string) {
	const which = paginationToken === undefined ? 'the first' : 'another';
	return {
		name: `(Searched only ${which} ${checks} checks, there are more: enter the ID instead)`,
		value: '',
	};
}
