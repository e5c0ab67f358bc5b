import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError, isParameterError } from '../../feishu/failure';
import { paginate } from '../../feishu/paginate';
import { isId, type CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import { isNoTalent } from '../people/talents';

const MAX_PAGE_SIZE = 20;

/** An external application (外部投递) as Feishu sends it: `job_title`, `stage` and others, each may be missing. */
export interface ExternalApplication extends IDataObject {
	id: CheckedId;
	talent_id?: string;
}

/**
 * All external applications of a talent.
 *
 * @returns `noCandidate` when Feishu does not know the talent; deleted while its list is read it is an error
 * @throws FeishuError, also when Feishu answers with the application of another talent
 */
export async function externalApplicationsOf(
	client: FeishuClient,
	talentId: string,
): Promise<ExternalApplication[] | 'noCandidate'> {
	const pages = paginate<IDataObject>(
		async (page_token) =>
			await client.call(endpoints.listApplications, {
				qs: { talent_id: talentId, page_size: MAX_PAGE_SIZE, page_token },
			}),
	);
	const applications: ExternalApplication[] = [];
	let isFirst = true;
	try {
		for await (const { items } of pages) {
			isFirst = false;
			for (const item of items) applications.push(ofTalent(talentId, item));
		}
	} catch (error) {
		// After a page that promises more it hides what was promised.
		if (isFirst && isNoTalent(error)) return 'noCandidate';
		if (!isFirst || !isEmptyList(error)) return Promise.reject(error);
	}
	return applications;
}

/** Hire's lists are seen to answer so when they have no row, as "获取人才列表" does without `query_option`. */
export const isEmptyList = (error: unknown): boolean =>
	isParameterError(error) && /IDList is empty/i.test(error.failure.feishuMessage ?? '');

function ofTalent(talentId: string, sent: IDataObject): ExternalApplication {
	const { id, talent_id } = sent;
	if (!isId(id) || (talent_id ?? talentId) !== talentId) {
		throw new FeishuError({
			message: 'Feishu answered with external applications that were not asked for',
			reaction: 'fail',
			advice:
				'Nothing of this answer is handed on. Check the gateway before Feishu if you use one; tell the maintainers of this node if it stays.',
		});
	}
	return { ...sent, id, talent_id: talentId };
}
