import type { INodeListSearchItems } from 'n8n-workflow';
import type { FeishuClient } from '../feishu/client';
import { externalApplicationsOf } from '../hire/api/externalApplications';
import type { Talent } from '../hire/people/talent';
import { searchTalents } from '../hire/people/talents';
import { readingLimit, searchLimits, type ListPage } from './listPage';

/**
 * Every external application of the people that Feishu finds: one page of at most 20 people, best
 * matches first. Skips pages where nobody has an application, up to a limit.
 *
 * @param pageToken where to continue among the people; if absent, at the best match
 * @returns rows of name, job title and stage; their value is the external application ID
 * @throws FeishuError
 */
export async function applicationsOfPeople(
	client: FeishuClient,
	text: string,
	pageToken?: string,
): Promise<ListPage> {
	const isFarEnough = readingLimit();
	let rows: INodeListSearchItems[];
	let nextPageToken = pageToken;
	let people = 0;
	let pages = 0;
	do {
		const page = await searchTalents(client, text, nextPageToken);
		rows = await rowsOf(client, page.talents);
		nextPageToken = page.nextPageToken;
		people += page.talents.length;
		pages += 1;
	} while (rows.length === 0 && nextPageToken !== undefined && !isFarEnough(pages));
	if (pageToken !== undefined) return { rows, nextPageToken };
	if (nextPageToken !== undefined && rows.length < searchLimits.rows) {
		// The list is too short to scroll, so n8n does not ask for more.
		return { rows, nextPageToken, note: '(More people match: type more of the name)' };
	}
	if (people > 0 && rows.length === 0) {
		return { rows, note: '(No external applications for the people found)' };
	}
	return { rows, nextPageToken };
}

/** Rows that would look the same also show their ID. */
async function rowsOf(client: FeishuClient, talents: Talent[]): Promise<INodeListSearchItems[]> {
	const lists = await Promise.all(
		talents.map(async (talent) => {
			const found = await externalApplicationsOf(client, talent.id);
			// The talent was deleted since the search.
			if (found === 'noCandidate') return [];
			return found.map(({ id, job_title, stage }) => ({
				name: joined(labelOf(talent, talents), job_title, stage),
				value: id,
			}));
		}),
	);
	const rows = lists.flat();
	return rows.map(({ name, value }) => {
		const isShared = rows.filter((other) => other.name === name).length > 1;
		return { name: isShared ? joined(name, value) : name, value };
	});
}

/** Tells namesakes apart by their masked contact data. */
function labelOf({ name, contact }: Talent, talents: Talent[]): string {
	const isShared = talents.filter((other) => other.name === name).length > 1;
	return joined(name ?? '(no name)', isShared && contact);
}

const joined = (...parts: unknown[]): string =>
	parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(' · ');
