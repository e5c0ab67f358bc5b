import type { FeishuClient } from '../../feishu/client';
import { concerning, FeishuError, isParameterError } from '../../feishu/failure';
import {
	backgroundChecksByIds,
	MAX_IDS_PER_REQUEST,
	scanBackgroundChecks,
	type RequestSettings,
} from './backgroundChecks';
import type { CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';
import { bisect, Loader, type Asking } from '../loader';
import { Semaphore } from '../../semaphore';
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
 * The check of a loader.
 *
 * @returns undefined when Feishu does not know it: it leaves it out, or refuses the ID
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

/** @param what was not done */
export const unknownCheck = (id: CheckedId, what: string) =>
	new FeishuError({
		message: 'Feishu does not know this background check',
		reaction: 'fail',
		id,
		advice: `${what} Check the ID: the background check may have been deleted.`,
	});

/** The check with an ID as it is now. @returns, @throws as {@link knownCheck} */
export async function checkById(
	client: FeishuClient,
	id: CheckedId,
): Promise<BackgroundCheck | undefined> {
	return await knownCheck(checkLoader(client, [id]), id);
}

/**
 * Loads checks by ID, twenty in a request. An ID that Feishu refuses does not spoil the others: its own
 * error names it.
 *
 * @param ids all of a run, in the order in which they will be wanted
 */
export const checkLoader = (
	client: FeishuClient,
	ids: Iterable<CheckedId>,
	settings?: RequestSettings,
): Loader<CheckedId, BackgroundCheck> => {
	const { requestsPerSecond } = settings ?? endpoints.queryChecks;
	const slots = Semaphore.forRates(requestsPerSecond);
	return new Loader(ids, MAX_IDS_PER_REQUEST, slots, asking(client, settings));
};

const asking = (
	client: FeishuClient,
	settings?: RequestSettings,
): Asking<CheckedId, BackgroundCheck> => ({
	ask: async (ids, found) => {
		let pages = 0;
		for await (const { items } of backgroundChecksByIds(client, ids, settings)) {
			for (const check of items) found.set(check.id as CheckedId, { value: check });
			pages += 1;
		}
		// A deletion between two pages can move a check to the page already read: it looks missing.
		const missing = ids.filter((id) => !found.has(id));
		if (pages === 1 || missing.length === 0 || missing.length === ids.length) return;
		await bisect(missing, asking(client, settings), (id, answer) => found.set(id, answer));
	},
	isDueToOne: isParameterError,
	errorFor: (error, [id]) => (id === undefined ? error : concerning(error, id)),
});
