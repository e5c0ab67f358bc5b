import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { FeishuClient } from '../feishu/client';
import type { Talent } from '../hire/people/talent';
import { searchTalents } from '../hire/people/talents';
import { toListError } from './listError';
import { TIMEOUT_MS } from './listPage';

/**
 * Fills the list of the locator `candidate`: twenty candidates per page, best matches first. Empty
 * without a search term, because it would list everyone's personal data.
 *
 * @returns rows of name and masked contact data; their value is the talent ID
 * @throws NodeApiError
 */
export async function searchCandidates(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const text = filter?.trim() ?? '';
	if (text === '') return { results: [] };
	try {
		const client = await FeishuClient.open(this, TIMEOUT_MS);
		const page = await searchTalents(client, text, paginationToken);
		return {
			results: page.talents.map((talent) => ({ name: rowOf(talent), value: talent.id })),
			paginationToken: page.nextPageToken,
		};
	} catch (error) {
		throw toListError(this.getNode(), error);
	}
}

const rowOf = ({ name = '(no name)', contact }: Talent): string =>
	contact === undefined ? name : `${name} · ${contact}`;
