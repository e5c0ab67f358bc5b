import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { FeishuClient } from '../feishu/client';
import { SCOPE_CODES } from '../feishu/codes';
import { FeishuError } from '../feishu/failure';
import { applicationsOfPeople } from './applicationsOfPeople';
import { applicationsWithChecks } from './applicationsWithChecks';
import { toListError } from './listError';
import { TIMEOUT_MS, type ListPage } from './listPage';

/** Prefixes of a pagination token. They keep later pages to the first page's kind. */
const PEOPLE = 'people:';
const CHECKS = 'checks:';

const NO_TERM = '(Type a name to search. Below: applications with checks)';

/**
 * Fills the list of the locator `externalApplicationId` with the applications of the people that
 * match a search term. Feishu lists applications for one talent only. So without a term, or if the
 * app lacks a scope for people, this lists the applications that have checks, and the first row
 * says why. That row's value is empty, which n8n refuses as missing.
 *
 * @returns rows whose value is the external application ID
 * @throws NodeApiError
 */
export async function searchExternalApplications(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const term = filter?.trim() ?? '';
	try {
		const client = await FeishuClient.open(this, TIMEOUT_MS);
		const withChecks = async (pageToken?: string) =>
			await applicationsWithChecks(client, {
				filter: term,
				timezone: this.getTimezone(),
				pageToken,
			});

		const checksToken = tokenOf(CHECKS, paginationToken);
		if (checksToken !== undefined) return toResult(CHECKS, await withChecks(checksToken));
		if (term === '') return toResult(CHECKS, { ...(await withChecks()), note: NO_TERM });
		try {
			const peopleToken = tokenOf(PEOPLE, paginationToken);
			return toResult(PEOPLE, await applicationsOfPeople(client, term, peopleToken));
		} catch (error) {
			if (!lacksScope(error)) return await Promise.reject(error);
			const { cutOffAfter, ...page } = await withChecks();
			const found = cutOffAfter === undefined ? 'Checks only' : `First ${cutOffAfter} checks only`;
			return toResult(CHECKS, { ...page, note: `(${found}: the app lacks ${scopeOf(error)})` });
		}
	} catch (error) {
		throw toListError(this.getNode(), error);
	}
}

const tokenOf = (kind: string, token?: string): string | undefined =>
	token?.startsWith(kind) ? token.slice(kind.length) : undefined;

const toResult = (
	kind: string,
	{ rows, note, nextPageToken }: ListPage,
): INodeListSearchResult => ({
	results: note === undefined ? rows : [{ name: note, value: '' }, ...rows],
	...(nextPageToken !== undefined && { paginationToken: kind + nextPageToken }),
});

const lacksScope = (error: unknown): error is FeishuError =>
	error instanceof FeishuError && SCOPE_CODES.has(error.failure.code ?? 0);

/** Any missing scope will do; prefers a read-only one. */
function scopeOf({ failure: { scopes = [] } }: FeishuError): string {
	return scopes.find((scope) => scope.endsWith(':readonly')) ?? scopes[0] ?? 'a scope';
}
