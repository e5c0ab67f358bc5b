import type { FeishuClient } from '../shared/feishu/client';
import {
	scanBackgroundChecks,
	type BackgroundCheckPage,
	type RequestSettings,
} from '../shared/hire/api/backgroundChecks';
import { CandidateLookup } from '../shared/hire/people/candidateLookup';
import type { ExternalApplication } from '../shared/hire/api/externalApplications';
import type { CandidateJob } from './plan';
import { notFull, type OnError, type Taking } from './taking';

/** Reads the checks of candidates: each candidate and each application once, however many items ask. */
export class CandidateRun {
	private readonly lookup: CandidateLookup;

	private readonly lists = new Map<string, SharedPages>();

	/** @param jobs all of a run: their look-ups travel together */
	constructor(
		private readonly client: FeishuClient,
		jobs: readonly CandidateJob[],
	) {
		const timeouts = jobs.map(({ settings }) => settings.timeoutMs);
		this.lookup = new CandidateLookup(
			client,
			jobs.map(({ candidate }) => candidate),
			timeouts.reduce((longest, timeout) => Math.max(longest, timeout), 1),
		);
	}

	/**
	 * Reads as many checks of a candidate as the items want.
	 *
	 * @param takings of the items that ask for the candidate
	 * @throws what `onError` throws
	 */
	async read(job: CandidateJob, takings: readonly Taking[], onError: OnError): Promise<void> {
		let waiting = takings;
		const isReason = (reason: Taking['reason']) => {
			for (const taking of takings) taking.reason = reason;
		};
		try {
			isReason('noCandidate');
			const applications = await this.applicationsOf(job, () => isReason('noExternalApplication'));
			for (const application of applications) {
				isReason('noBackgroundCheck');
				const beside = { talent_id: application.talent_id, external_application: application };
				// It is not read for those who have enough, so it is not known what it holds.
				for (const taking of takings) taking.isCut ||= taking.isFull;
				if (waiting.length === 0) return;
				for await (const page of this.pagesOf(application, job.settings)) {
					for (const taking of waiting) taking.take(page, beside);
					waiting = notFull(waiting);
					if (waiting.length === 0) break;
				}
			}
		} catch (error) {
			for (const { query } of waiting) onError(error, query);
		}
	}

	/** @param onTalent called for each candidate that there is */
	private async applicationsOf(
		{ candidate }: CandidateJob,
		onTalent: () => void,
	): Promise<ExternalApplication[]> {
		const talents = await this.lookup.talentsOf(candidate);
		const lists = await Promise.all(
			talents.map(async ({ id }) => await this.lookup.applicationsOf(id)),
		);
		return lists.flatMap((list) => {
			if (list === 'noCandidate') return [];
			onTalent();
			return list;
		});
	}

	private pagesOf(application: ExternalApplication, settings: RequestSettings): SharedPages {
		const key = JSON.stringify([application.id, settings]);
		let pages = this.lists.get(key);
		if (!pages) {
			const scope = { externalApplicationId: application.id };
			pages = new SharedPages(scanBackgroundChecks(this.client, scope, settings));
			this.lists.set(key, pages);
		}
		return pages;
	}
}

/** A list that several may walk through: each page is asked for once, by whoever comes to it first. */
class SharedPages {
	private readonly pages: Array<Promise<BackgroundCheckPage | undefined>> = [];

	constructor(private readonly source: AsyncGenerator<BackgroundCheckPage>) {}

	async *[Symbol.asyncIterator](): AsyncGenerator<BackgroundCheckPage> {
		for (let n = 0; ; n++) {
			const page = await (this.pages[n] ??= this.next());
			if (!page) return;
			yield page;
		}
	}

	private async next(): Promise<BackgroundCheckPage | undefined> {
		const next = await this.source.next();
		return next.done ? undefined : next.value;
	}
}
