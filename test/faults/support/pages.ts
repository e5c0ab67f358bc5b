import type { RequestRecord } from '../../../sandbox';

/** Identifies a list by its request, without the page token. */
function listOf({ api, query, body }: RequestRecord): string {
	const { external_application_id, talent_id, keyword } = query;
	return [api, external_application_id, talent_id, keyword, body].join(' ');
}

/** Says which page of its list a request asks for: 1 without a token, then by the order of tokens. */
export class PageCounter {
	private readonly tokens = new Map<string, string[]>();

	pageOf(request: RequestRecord): number {
		const token = request.query.page_token;
		if (!token) return 1;
		const list = listOf(request);
		const seen = this.tokens.get(list) ?? [];
		this.tokens.set(list, seen);
		if (!seen.includes(token)) seen.push(token);
		return seen.indexOf(token) + 2;
	}
}
