import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError } from '../../feishu/failure';
import { paginate, type Page } from '../../feishu/paginate';
import { normalized } from '../../normalized';
import { endpoints } from '../endpoints';
import { notATalent, toTalent, type Talent } from './talent';

/** The largest `page_size` ("获取人才列表"). */
const MAX_PAGE_SIZE = 20;

/** `sort_by`: the best matches first. */
const BY_RELEVANCE = 2;

/** Feishu's code for a talent that does not exist (any more). */
const NO_TALENT = 1002102;

/** A search by name reads this many pages at most. A text with more matches is not a full name. */
const MAX_PAGES_BY_NAME = 10;

/** Words that Feishu's search treats as operators. */
const OPERATORS = new Set(['and', 'or', 'not']);

/**
 * The search words of a text. Drops signs, and `and`, `or` and `not`, because Feishu does not
 * document how to quote them. The remaining words find the same candidates, and possibly others.
 * Empty if nothing remains.
 */
function keywordOf(text: string): string {
	return normalized(text.replace(/\p{Cf}/gu, ''), 'NFKC')
		.split(NO_WORD)
		.filter((word) => word !== '' && !OPERATORS.has(word.toLowerCase()))
		.join(' ');
}

/** What separates words. Apostrophes and hyphens are part of a word. */
const NO_WORD = /[^\p{L}\p{M}\p{N}'’@+._-]+/u;

/**
 * The candidates with this name. Feishu's search is fuzzy, so this reads its pages and drops
 * everyone with another name.
 *
 * @throws FeishuError, also if there are too many pages to know everyone with the name
 */
export async function talentsByName(client: FeishuClient, name: string): Promise<Talent[]> {
	// Sheets use a dash for unknown values.
	if (!/[\p{L}\p{N}]/u.test(name)) return [];
	const wanted = comparable(name);
	const keyword = keywordOf(plain(name));
	if (keyword === '') throw notSearchable();
	const found = new Map<string, Talent>();
	let pages = 0;
	for await (const page of search(client, keyword)) {
		pages += 1;
		for (const talent of page.items.map(toTalent)) {
			if (talent.name !== undefined && comparable(talent.name) === wanted) {
				found.set(talent.id, talent);
			}
		}
		if (page.has_more && pages === MAX_PAGES_BY_NAME) throw tooMany();
	}
	return [...found.values()];
}

/**
 * Normalizes a name's spelling: full-width letters, spaces between Chinese characters, kinds of
 * brackets, middle dots and apostrophes, and invisible characters.
 */
const plain = (name: string): string =>
	normalized(name.replace(/\p{Cf}/gu, ''), 'NFKC')
		.replace(/[[【〔〖「『]/g, '(')
		.replace(/[\]】〕〗」』]/g, ')')
		.replace(/[・‧•∙⋅・]/g, '·')
		.replace(/[‘’ʼ]/g, "'")
		.replace(/\s+/g, ' ')
		.replace(/ ?([()·]) ?/g, '$1')
		.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
		.trim();

/** The form in which names are compared. */
const comparable = (name: string): string => plain(name).toLowerCase();

const notSearchable = () =>
	new FeishuError({
		message: "Feishu cannot search for this name: it reads 'and', 'or' and 'not' as operators",
		reaction: 'fail',
		advice: 'Enter an email address, a phone number or a talent ID instead.',
	});

const tooMany = () =>
	new FeishuError({
		message: `More than ${MAX_PAGES_BY_NAME * MAX_PAGE_SIZE} candidates match this name, which is too many to check`,
		reaction: 'fail',
		advice: 'Enter an email address, a phone number or a talent ID instead.',
	});

/** One page of a candidate search, for a list to pick from. */
interface TalentPage {
	talents: Talent[];
	/** Where the next page starts; absent on the last one. */
	nextPageToken?: string;
}

/**
 * Searches candidates by everything that Feishu's search covers, best matches first.
 *
 * @param pageToken where to continue; if absent, at the beginning
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
 * Sends `ignore_empty_error`, because a search without results is otherwise an error (1002002).
 * Sends no `user_id_type`: another type needs another scope.
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
 * A candidate's name and masked contact data.
 *
 * @returns undefined if there is no such talent (any more)
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

/** Whether Feishu does not know the requested talent. */
export const isNoTalent = (error: unknown): boolean =>
	error instanceof FeishuError && error.failure.code === NO_TALENT;
