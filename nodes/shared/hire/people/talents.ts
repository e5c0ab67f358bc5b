import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError } from '../../feishu/failure';
import { paginate, type Page } from '../../feishu/paginate';
import { normalized } from '../../normalized';
import { endpoints } from '../endpoints';
import { notATalent, toTalent, type Talent } from './talent';

/** Largest `page_size` ("获取人才列表"). */
const MAX_PAGE_SIZE = 20;

/** `sort_by`: the best matches first. */
const BY_RELEVANCE = 2;

/** Feishu's code for a talent that does not exist, or not any more. */
const NO_TALENT = 1002102;

/** Words that Feishu reads as operators of its search language. */
const OPERATORS = new Set(['and', 'or', 'not']);

/**
 * What to search for: the text (trimmed) without the words `and`, `or` and `not`, because how to quote them is
 * not documented. What is left finds the same candidates and others, too. Empty when nothing is left.
 */
function keywordOf(text: string): string {
	return normalized(text)
		.split(/\s+/)
		.filter((word) => !OPERATORS.has(word.toLowerCase()))
		.join(' ');
}

/**
 * The candidate with exactly this name. Feishu's search is fuzzy, so all of its pages are read and
 * everybody of another name is left out.
 *
 * @returns one talent, or none when there is no such candidate
 * @throws FeishuError, also when several candidates have the name: nobody can tell whom it means
 */
export async function talentsByName(client: FeishuClient, name: string): Promise<Talent[]> {
	const keyword = keywordOf(name);
	if (keyword === '') throw notSearchable();
	const found = new Map<string, Talent>();
	for await (const page of search(client, keyword)) {
		for (const talent of page.items.map(toTalent)) {
			if (isSameName(talent.name, name)) found.set(talent.id, talent);
		}
		if (found.size > 1) throw ambiguous();
	}
	return [...found.values()];
}

/** Letters with accents have two spellings in Unicode; everything else must be the same. */
const isSameName = (a: string | undefined, b: string): boolean =>
	a !== undefined && normalized(a.trim()) === normalized(b);

const notSearchable = () =>
	new FeishuError({
		message: "Feishu cannot search for this name: it reads 'and', 'or' and 'not' as operators",
		reaction: 'fail',
		advice: 'Find the candidate by e-mail, by phone or by talent ID instead.',
	});

const ambiguous = () =>
	new FeishuError({
		message: 'Several candidates have exactly this name',
		reaction: 'fail',
		advice:
			'Find the candidate by e-mail or phone instead, or pick the candidate from the list: each of its rows shows a masked phone number and e-mail address.',
	});

/** One page of a search for candidates, for a list to pick from. */
export interface TalentPage {
	talents: Talent[];
	/** Where the next page starts; absent on the last one. */
	nextPageToken?: string;
}

/**
 * Searches for candidates by whatever Feishu's search knows of them, the best matches first.
 *
 * @param pageToken where to go on; absent: at the beginning
 * @throws FeishuError
 */
export async function searchTalents(
	client: FeishuClient,
	text: string,
	pageToken?: string,
): Promise<TalentPage> {
	const keyword = keywordOf(text);
	if (keyword === '') return { talents: [] };
	const { value: page } = await search(client, keyword, pageToken).next();
	if (!page) return { talents: [] };
	return { talents: page.items.map(toTalent), nextPageToken: page.page_token };
}

/**
 * `ignore_empty_error`, because a search without a result is an error (1002002) otherwise.
 * `user_id_type` is left out: another one needs another scope.
 */
const search = (
	client: FeishuClient,
	keyword: string,
	startToken?: string,
): AsyncGenerator<Page<IDataObject>, void> =>
	paginate(
		async (page_token) =>
			await client.call(endpoints.searchTalents, {
				qs: {
					keyword,
					page_size: MAX_PAGE_SIZE,
					page_token,
					sort_by: BY_RELEVANCE,
					query_option: 'ignore_empty_error',
				},
			}),
		startToken,
	);

/**
 * A candidate with name and masked contact data.
 *
 * @returns undefined when there is no such talent (any more)
 * @throws FeishuError
 */
export async function getTalent(client: FeishuClient, id: string): Promise<Talent | undefined> {
	try {
		const { data } = await client.call(endpoints.getTalent, { id });
		if (!isObject(data)) throw notATalent();
		return toTalent({ ...data, id });
	} catch (error) {
		return isNoTalent(error) ? undefined : Promise.reject(error);
	}
}

/** True when Feishu does not know the talent of the request. */
export const isNoTalent = (error: unknown): boolean =>
	error instanceof FeishuError && error.failure.code === NO_TALENT;
