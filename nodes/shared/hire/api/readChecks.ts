import type { FeishuClient } from '../../feishu/client';
import { FeishuError, isParameterError } from '../../feishu/failure';
import {
	backgroundChecksByIds,
	CHECKS,
	MAX_IDS_PER_REQUEST,
	scanBackgroundChecks,
	type RequestSettings,
} from './backgroundChecks';
import type { CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import { recordLoader, type Loader } from '../loader';
import type { BackgroundCheck } from '../types';

/** All checks of an external application. @throws FeishuError; StoppedError */
export async function checksOf(
	client: FeishuClient,
	externalApplicationId: CheckedId,
): Promise<BackgroundCheck[]> {
	const checks: BackgroundCheck[] = [];
	const pages = scanBackgroundChecks(client, { externalApplicationId });
	for await (const { items } of pages) {
		for (const check of items) checks.push(check);
	}
	return checks;
}

/**
 * Loads a check that may not exist.
 *
 * @returns undefined if Feishu does not know the check: it leaves it out, or refuses the ID
 * @throws FeishuError; StoppedError
 */
export async function knownCheck(
	checks: Loader<CheckedId, BackgroundCheck>,
	id: CheckedId,
): Promise<BackgroundCheck | undefined> {
	return await checks
		.load(id)
		.catch(async (error: unknown) =>
			isParameterError(error) ? undefined : await Promise.reject(error),
		);
}

/** @param what a sentence that says what was not done */
export const unknownCheck = (id: CheckedId, what: string) =>
	new FeishuError({
		message: 'Feishu cannot find this background check',
		reaction: 'fail',
		id,
		advice: `${what} Check the ID. The background check may have been deleted.`,
	});

/** The current check with this ID. @returns, @throws as {@link knownCheck} */
export async function checkById(
	client: FeishuClient,
	id: CheckedId,
): Promise<BackgroundCheck | undefined> {
	return await knownCheck(checkLoader(client, [id]), id);
}

/**
 * Loads checks by ID, twenty per request. @param ids all IDs of a run, in the order in which they
 * are needed
 */
export const checkLoader = (
	client: FeishuClient,
	ids: Iterable<CheckedId>,
	settings?: RequestSettings,
): Loader<CheckedId, BackgroundCheck> => {
	const { requestsPerSecond } = settings ?? endpoints.queryChecks;
	return recordLoader(ids, MAX_IDS_PER_REQUEST, requestsPerSecond, {
		name: CHECKS,
		idOf: ({ id }) => id,
		pagesOf: (asked) => backgroundChecksByIds(client, asked, settings),
	});
};
