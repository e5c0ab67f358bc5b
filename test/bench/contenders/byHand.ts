import { createdChecks, type CreatedCheck, type Work } from '../work';
import type { Outcome, Page, Settings } from './contender';

/** What a list of checks is asked for by: an application, some IDs, or nothing, which is all. */
export interface Asked {
	applicationId?: string;
	ids?: string[];
}

/** The calls of Feishu Hire that somebody's loops need. */
export interface HireApi {
	/** A page that is null went wrong. */
	pages(asked: Asked): AsyncIterable<Page | null | undefined>;
	talentIds(email: string): Promise<string[]>;
	applicationIds(talentId: string): Promise<string[]>;
	create(check: CreatedCheck): Promise<unknown>;
}

export interface HandMade extends Outcome {
	checks: Array<{ id: string }>;
}

interface Ways {
	/** Whether IDs of all items are asked for 20 at a time; else one call for each item. */
	isChunked: boolean;
	stop?: Settings['stop'];
}

const MAX_IDS = 20;

const chunksOf = (ids: string[], size: number): string[][] =>
	Array.from({ length: Math.ceil(ids.length / size) }, (_, n) =>
		ids.slice(n * size, (n + 1) * size),
	);

/** What a person writes: one call after the other, and what throws is noted. */
export async function byHand(
	api: HireApi,
	work: Work,
	{ isChunked, stop }: Ways,
): Promise<HandMade> {
	const checks: HandMade['checks'] = [];
	const created: string[] = [];
	const errors: string[] = [];

	async function* questions(): AsyncGenerator<Asked> {
		if (work.kind === 'all') yield {};
		else if (work.kind === 'ids') {
			for (const ids of chunksOf(work.values, isChunked ? MAX_IDS : 1)) yield { ids };
		} else if (work.kind === 'applications') {
			for (const applicationId of work.values) yield { applicationId };
		} else if (work.kind === 'emails') {
			for (const email of work.values) {
				for (const talentId of await api.talentIds(email)) {
					for (const applicationId of await api.applicationIds(talentId)) yield { applicationId };
				}
			}
		}
	}
	const attempt = async (call: () => Promise<void>) => {
		try {
			await call();
		} catch (error) {
			errors.push((error as Error).message);
		}
	};

	await attempt(async () => {
		for await (const asked of questions()) {
			await attempt(async () => {
				for await (const page of api.pages(asked)) {
					for (const check of page?.items ?? []) checks.push(check);
					if (stop?.aborted) break;
				}
			});
		}
	});
	for (const check of work.kind === 'create' ? createdChecks(work) : []) {
		await attempt(async () => {
			await api.create(check);
			created.push(check.name);
		});
	}
	return { checks, errors, rows: () => [...checks.map(({ id }) => id), ...created] };
}
