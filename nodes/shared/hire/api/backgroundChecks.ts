import type { Envelope } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { paginate, type Page } from '../../feishu/paginate';
import { isId, type CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import type { BackgroundCheck } from '../types';
import { notAskedFor } from './notAskedFor';

/** The most IDs in one request (Feishu "查询外部背调列表", request body). */
export const MAX_IDS_PER_REQUEST = 20;

/** The largest `page_size` (Feishu "查询外部背调列表", query parameters). */
export const MAX_PAGE_SIZE = 20;

/** The records' name in messages. */
export const CHECKS = 'background checks';

export type BackgroundCheckPage = Page<BackgroundCheck>;

/** How requests are sent, for all pages of a query. */
export interface RequestSettings {
	/** 1–20 */
	pageSize: number;
	requestsPerSecond: number;
}

/** Which list to read. */
export interface Scope {
	/** null for every check of the tenant. Not optional: a lost value must not mean "everything". */
	externalApplicationId: CheckedId | null;
	/** Where to start; if absent, at the beginning. */
	pageToken?: string;
}

/**
 * All checks of an application or of the tenant, page by page. Each step sends one request.
 * @throws FeishuError, also if Feishu answers with a check of another application
 */
export async function* scanBackgroundChecks(
	client: FeishuClient,
	{ externalApplicationId, pageToken }: Scope,
	settings: Partial<RequestSettings> = {},
): AsyncGenerator<BackgroundCheckPage> {
	if (externalApplicationId !== null) assertIds([externalApplicationId]);
	const external_application_id = externalApplicationId ?? undefined;
	const pages = paginate<BackgroundCheck>(
		async (page_token) => await query(client, settings, { page_token, external_application_id }),
		pageToken,
	);
	for await (const page of pages) {
		const isForeign = ({ external_application_id: of }: BackgroundCheck) =>
			Boolean(of) && of !== externalApplicationId;
		if (externalApplicationId !== null && page.items.some(isForeign)) throw notAskedFor(CHECKS);
		yield page;
	}
}

/**
 * The checks with these IDs (1 to 20 different ones), page by page, in Feishu's order. Sends the
 * list with every page token, because Feishu's page does not say whether the token contains it.
 * @throws FeishuError
 */
export async function* backgroundChecksByIds(
	client: FeishuClient,
	ids: readonly CheckedId[],
	settings: Partial<RequestSettings> = {},
): AsyncGenerator<BackgroundCheckPage> {
	assertIds(ids);
	const body = { external_background_check_id_list: [...ids] };
	yield* paginate<BackgroundCheck>(
		async (page_token) => await query(client, settings, { page_token }, body),
	);
}

/** The types require this too. But it must hold: an empty filter would return all checks of the tenant. */
function assertIds(ids: readonly unknown[]): void {
	if (ids.length === 0 || !ids.every(isId))
		throw new Error('Something that is not an ID was requested');
}

async function query(
	client: FeishuClient,
	{ pageSize = MAX_PAGE_SIZE, requestsPerSecond }: Partial<RequestSettings>,
	condition: { page_token?: string; external_application_id?: CheckedId },
	body: { external_background_check_id_list?: CheckedId[] } = {},
): Promise<Envelope> {
	return await client.call(endpoints.queryChecks, {
		qs: { page_size: pageSize, ...condition },
		body,
		requestsPerSecond,
	});
}
