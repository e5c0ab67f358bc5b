import type { IDataObject } from 'n8n-workflow';
import type { Envelope } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { isParameterError } from '../../feishu/failure';
import { paginate } from '../../feishu/paginate';
import { isId, type CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import { isNoTalent } from '../people/talents';
import { notAskedFor } from './notAskedFor';

const MAX_PAGE_SIZE = 20;

/**
 * An external application (外部投递) as Feishu sends it, with `job_title`, `stage` and other fields,
 * each of which may be missing.
 */
export interface ExternalApplication extends IDataObject {
	id: CheckedId;
	talent_id?: string;
}

/**
 * All external applications of a talent.
 *
 * @returns `noCandidate` if Feishu does not know the talent. A talent that is deleted during the
 * read is an error
 * @throws FeishuError, also if Feishu answers with the application of another talent
 */
export async function externalApplicationsOf(
	client: FeishuClient,
	talentId: string,
): Promise<ExternalApplication[] | 'noCandidate'> {
	const pages = paginate<IDataObject>(
		orNone(
			async (page_token) =>
				await client.call(endpoints.listApplications, {
					qs: { talent_id: talentId, page_size: MAX_PAGE_SIZE, page_token },
				}),
		),
	);
	return await wholeList(pages, (item) => ofTalent(talentId, item));
}

/** Reads a list that belongs to a talent. @returns, @throws as {@link externalApplicationsOf} */
export async function wholeList<T>(
	pages: AsyncIterable<{ items: IDataObject[] }>,
	read: (item: IDataObject) => T,
): Promise<T[] | 'noCandidate'> {
	const list: T[] = [];
	let isFirst = true;
	try {
		for await (const { items } of pages) {
			isFirst = false;
			for (const item of items) list.push(read(item));
		}
	} catch (error) {
		// Later, `noCandidate` would hide the records of the pages that Feishu announced.
		if (isFirst && isNoTalent(error)) return 'noCandidate';
		return Promise.reject(error);
	}
	return list;
}

/**
 * Turns one refusal into an empty list: Hire's lists have been seen to refuse when they are empty,
 * as "获取人才列表" does without `query_option`.
 */
export const orNone =
	(ask: (pageToken?: string) => Promise<Envelope>) =>
	async (pageToken?: string): Promise<Envelope> => {
		try {
			return await ask(pageToken);
		} catch (error) {
			const isEmptyList =
				isParameterError(error) && /IDList is empty/i.test(error.failure.feishuMessage ?? '');
			// After the first page, an empty list would hide the records that Feishu announced.
			if (pageToken !== undefined || !isEmptyList) return Promise.reject(error);
			return { code: 0, data: { items: [], has_more: false } };
		}
	};

function ofTalent(talentId: string, sent: IDataObject): ExternalApplication {
	const { id, talent_id } = sent;
	if (!isId(id) || (talent_id ?? talentId) !== talentId) {
		throw notAskedFor('external applications');
	}
	return { ...sent, id, talent_id: talentId };
}
