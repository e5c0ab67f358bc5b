import type { IDataObject } from 'n8n-workflow';
import type { Envelope } from '../../feishu/answer';
import { isParameterError } from '../../feishu/failure';
import { isNoTalent } from '../people/talents';

/**
 * Reads a list that belongs to a talent.
 *
 * @returns `noCandidate` if Feishu does not know the talent. A talent that is deleted during the
 * read is an error
 * @throws FeishuError
 */
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
