import type { FeishuClient } from '../../feishu/client';
import { isParameterError } from '../../feishu/failure';
import {
	backgroundChecksByIds,
	MAX_IDS_PER_REQUEST,
	MAX_PAGE_SIZE,
	scanBackgroundChecks,
	type RequestSettings,
} from './backgroundChecks';
import type { CheckedId } from '../checkedId';
import { askByHalves } from '../bisect';
import type { BackgroundCheck } from '../types';
import { writeRates } from '../writeRates';

const settingsOf = (timeoutMs: number): RequestSettings => ({
	pageSize: MAX_PAGE_SIZE,
	timeoutMs,
	requestsPerSecond: writeRates.readChecks,
});

/** All checks of an external application. @throws FeishuError; StoppedError */
export async function checksOf(
	client: FeishuClient,
	externalApplicationId: CheckedId,
	timeoutMs: number,
): Promise<BackgroundCheck[]> {
	const checks: BackgroundCheck[] = [];
	const pages = scanBackgroundChecks(client, { externalApplicationId }, settingsOf(timeoutMs));
	for await (const { items } of pages) {
		for (const check of items) checks.push(check);
	}
	return checks;
}

/**
 * The check with an ID as it is now.
 *
 * @returns undefined when Feishu does not know it: it leaves it out, or refuses the ID
 * @throws FeishuError; StoppedError
 */
export async function checkById(
	client: FeishuClient,
	id: CheckedId,
	timeoutMs: number,
): Promise<BackgroundCheck | undefined> {
	try {
		for await (const { items } of backgroundChecksByIds(client, [id], settingsOf(timeoutMs))) {
			if (items[0]) return items[0];
		}
		return undefined;
	} catch (error) {
		return isParameterError(error) ? undefined : Promise.reject(error);
	}
}

type Answer = { check?: BackgroundCheck } | { error: unknown };

/** Reads checks by ID, twenty in a request, each request when its first check is wanted: just before it is changed. */
export class ChecksById {
	private readonly chunkOf = new Map<CheckedId, CheckedId[]>();

	private readonly answers = new Map<CheckedId[], Promise<Map<CheckedId, Answer>>>();

	/** @param ids all of a run, in the order in which they will be wanted */
	constructor(
		private readonly client: FeishuClient,
		ids: readonly CheckedId[],
		private readonly timeoutMs: number,
	) {
		const unique = [...new Set(ids)];
		for (let start = 0; start < unique.length; start += MAX_IDS_PER_REQUEST) {
			const chunk = unique.slice(start, start + MAX_IDS_PER_REQUEST);
			for (const id of chunk) this.chunkOf.set(id, chunk);
		}
	}

	/** @returns undefined when Feishu does not know the check @throws FeishuError; StoppedError */
	async get(id: CheckedId): Promise<BackgroundCheck | undefined> {
		const chunk = this.chunkOf.get(id) ?? [id];
		const answers = this.answers.get(chunk) ?? this.read(chunk);
		this.answers.set(chunk, answers);
		const answer = (await answers).get(id);
		if (answer && 'error' in answer) return Promise.reject(answer.error);
		return answer?.check;
	}

	/** Its errors are in the answers. */
	private async read(chunk: CheckedId[]): Promise<Map<CheckedId, Answer>> {
		const answers = new Map<CheckedId, Answer>();
		const settings = settingsOf(this.timeoutMs);
		await askByHalves(chunk, {
			ask: async (ids) => {
				for await (const { items } of backgroundChecksByIds(this.client, ids, settings)) {
					for (const check of items) answers.set(check.id as CheckedId, { check });
				}
			},
			isDueToOne: isParameterError,
			failed: (error, ids) => {
				// Alone and refused, an ID is one that Feishu does not know.
				for (const id of ids) answers.set(id, isParameterError(error) ? {} : { error });
			},
		});
		return answers;
	}
}
