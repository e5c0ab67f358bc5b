import type { Talent } from '../data/talentStore';
import {
	type Answer,
	EarlyAnswer,
	parameterError,
	refusal,
	success,
	without,
} from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { idOfPath, readTime } from './body';
import { matchesKeyword, relevance } from './keyword';
import type { PageState } from './pageTokens';
import { pageAnswer, pageOfList, readPageSize, readStart } from './paging';
import { detailsOf, listItemOf } from './talentAnswer';

/**
 * GET talents (Feishu "获取人才列表"). If nobody is found, the answer is 1002002 "IDList is empty",
 * unless the request has query_option=ignore_empty_error (as seen in practice).
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerTalents(tenant: Tenant, request: RequestRecord): Answer {
	const size = readPageSize(tenant, request);
	const start = startOfTalents(tenant, request);
	const found = findTalents(tenant, request);
	if (found.length === 0 && request.query.query_option !== 'ignore_empty_error') {
		return refusal(request, { status: 400, code: 1002002, msg: 'IDList is empty' });
	}
	const { records, next } = pageOfList(found, start, size);
	return pageAnswer(tenant, { records: records.map(listItemOf), next });
}

/** Where a page of the list of talents starts. @throws EarlyAnswer for a wrong page_token */
export function startOfTalents(tenant: Tenant, request: RequestRecord): PageState {
	const conditions = without(request.query, 'page_size', 'page_token');
	return readStart(tenant, request, conditions, 'offset');
}

/** GET /hire/v2/talents/:talent_id (Feishu "获取人才详情"). An unknown talent is 1002102 with HTTP 404. */
export function answerTalent(tenant: Tenant, request: RequestRecord): Answer {
	const talent = tenant.talents.byId(idOfPath(request));
	return talent === undefined ? noTalent(request, 404) : success(detailsOf(talent));
}

/** 1002102: the talent does not exist. */
export function noTalent(request: RequestRecord, status: 400 | 404): Answer {
	return refusal(request, { status, code: 1002102, msg: 'talent does not exist' });
}

function findTalents(tenant: Tenant, request: RequestRecord): Talent[] {
	const { keyword = '', sort_by: sortBy = '1' } = request.query;
	if (!/^[1-4]$/.test(sortBy)) {
		throw new EarlyAnswer(parameterError(request, 'sort_by must be 1, 2, 3 or 4'));
	}
	const from = readTime(request, 'update_start_time', request.query.update_start_time) ?? -Infinity;
	const to = readTime(request, 'update_end_time', request.query.update_end_time) ?? Infinity;
	const found = tenant.talents.all().filter((talent) => {
		const updatedAt = talent.updatedAt ?? 0;
		return from <= updatedAt && updatedAt <= to && matchesKeyword(talent, keyword);
	});
	const byTime = (a: Talent, b: Talent) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0);
	if (sortBy === '1') return found.sort(byTime);
	// 3 (applied) and 4 (stored) use the order of the store.
	if (sortBy !== '2') return found;
	return found.sort((a, b) => relevance(b, keyword) - relevance(a, keyword) || byTime(a, b));
}
