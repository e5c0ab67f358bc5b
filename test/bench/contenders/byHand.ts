import { createdChecks, type CreatedCheck, type Work } from '../work';
import type { Outcome, Page, Settings } from './contender';

/** What a list of checks is filtered by: an application, IDs, or nothing for all; or all orders. */
export interface Asked {
	of?: 'orders';
	applicationId?: string;
	ids?: string[];
}

/** The calls of Feishu Hire that hand-written loops need. */
export interface HireApi {
	/** null stands for a page that failed. */
	pages(asked: Asked): AsyncIterable<Page | null | undefined>;
	talentIds(email: string): Promise<string[]>;
	applicationIds(talentId: string): Promise<string[]>;
	create(check: CreatedCheck): Promise<unknown>;
}

export interface HandMade extends Outcome {
	checks: NonNullable<Page['items']>;
}

interface Ways {
	/** Whether to request the IDs of all items in lists of 20; otherwise one call per item. */
	isChunked: boolean;
	stop?: Settings['stop'];
}

const MAX_IDS = 20;

const chunksOf = (ids: string[], size: number): string[][] =>
	Array.from({ length: Math.ceil(ids.length / size) }, (_, n) =>
		ids.slice(n * size, (n + 1) * size),
	);

/** The queries for an email address: the checks of each application of each candidate with that address. */
async function* ofEmail(api: HireApi, email: string): AsyncGenerator<Asked> {
	for (const talentId of await api.talentIds(email)) {
		for (const applicationId of await api.applicationIds(talentId)) yield { applicationId };
	}
}

/** All queries, one after another. A failure in one list does not affect the others. */
function questionsOf(
	api: HireApi,
	work: Work,
	isChunked: boolean,
): Array<Asked[] | AsyncIterable<Asked>> {
	switch (work.kind) {
		case 'all':
			return [[{ of: work.of }]];
		case 'ids':
			return chunksOf(work.values, isChunked ? MAX_IDS : 1).map((ids) => [{ ids }]);
		case 'applications':
			return work.values.map((applicationId) => [{ applicationId }]);
		case 'candidates':
			return work.values.map((email) => ofEmail(api, email));
		case 'create':
		case 'poll':
			return [];
	}
}

/** What a user would write by hand: one call after another, noting what throws. */
export async function byHand(
	api: HireApi,
	work: Work,
	{ isChunked, stop }: Ways,
): Promise<HandMade> {
	const checks: HandMade['checks'] = [];
	const created: string[] = [];
	const errors: string[] = [];
	const attempt = async (call: () => Promise<void>) => {
		try {
			await call();
		} catch (error) {
			errors.push((error as Error).message);
		}
	};
	for (const question of questionsOf(api, work, isChunked)) {
		await attempt(async () => {
			for await (const asked of question) {
				for await (const page of api.pages(asked)) {
					for (const check of page?.items ?? []) checks.push(check);
					if (stop?.aborted) break;
				}
			}
		});
	}
	for (const check of work.kind === 'create' ? createdChecks(work) : []) {
		await attempt(async () => {
			await api.create(check);
			created.push(check.name);
		});
	}
	return {
		checks,
		errors,
		rows: () => [...checks.map(({ id, order_id = id }) => order_id), ...created],
	};
}
