import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../feishu/client';
import { paginate } from '../../feishu/paginate';
import { isId, type CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import { notAskedFor } from './notAskedFor';
import { orNone, wholeList } from './wholeList';

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
 * @returns as {@link wholeList}
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

function ofTalent(talentId: string, sent: IDataObject): ExternalApplication {
	const { id, talent_id } = sent;
	if (!isId(id) || (talent_id ?? talentId) !== talentId) {
		throw notAskedFor('external applications');
	}
	return { ...sent, id, talent_id: talentId };
}
