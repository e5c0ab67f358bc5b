import type { FeishuClient } from '../../feishu/client';
import {
	keyOf,
	type CandidateQuestion,
	type ContactQuestion,
	type NameQuestion,
} from './candidateQuestion';
import { externalApplicationsOf, type ExternalApplication } from '../api/externalApplications';
import { Stage } from './stage';
import type { Talent } from './talent';
import { talentsByName } from './talents';
import { MAX_CONTACTS_PER_REQUEST, talentsByContact } from './talentsByContact';

/** Works under way at once in each stage: enough for the full rate of its API at round trips of a second. */
const AT_ONCE = 20;

/**
 * Finds the candidates that all items of a run ask for, and their external applications. Each talent
 * and each list of applications is read once, however many ask. Contact look-ups travel by the
 * hundred and start at once, in the order of the questions; the stages have a budget each, so the
 * first candidate's applications can be asked for while the last e-mail is still being looked up.
 *
 * Every answer is a promise that is made once. Nobody has to wait for it: its error is kept for
 * those who do, and concerns only the questions of its own request.
 */
export class CandidateLookup {
	private readonly contacts = new Stage(AT_ONCE);

	private readonly names = new Stage(AT_ONCE);

	private readonly lists = new Stage(AT_ONCE);

	private readonly talents = new Map<string, Promise<Talent[]>>();

	private readonly applications = new Map<string, Promise<ExternalApplication[] | 'noCandidate'>>();

	/**
	 * @param questions all of a run, in the order of its items; they may repeat
	 * @param timeoutMs of each request
	 */
	constructor(
		private readonly client: FeishuClient,
		questions: readonly CandidateQuestion[],
		private readonly timeoutMs: number,
	) {
		this.start(questions);
	}

	/**
	 * The candidates that a question means: none when there is no such candidate, several when they
	 * share an e-mail address or a phone number. A talent ID is taken as it is; whether it exists,
	 * shows when its applications are asked for.
	 *
	 * @throws FeishuError, also when several candidates have the name of the question; StoppedError
	 */
	async talentsOf(question: CandidateQuestion): Promise<Talent[]> {
		if (question.by === 'talentId') return [{ id: question.value }];
		if (!this.talents.has(keyOf(question))) this.start([question]);
		return (await this.talents.get(keyOf(question))) ?? [];
	}

	/**
	 * All external applications of a talent; none is an empty list.
	 *
	 * @returns `noCandidate` when Feishu does not know the talent (any more)
	 * @throws FeishuError; StoppedError
	 */
	async applicationsOf(talentId: string): Promise<ExternalApplication[] | 'noCandidate'> {
		return await kept(this.applications, talentId, async () =>
			this.lists.run(
				async () => await externalApplicationsOf(this.client, talentId, this.timeoutMs),
			),
		);
	}

	private start(questions: readonly CandidateQuestion[]): void {
		const contacts: ContactQuestion[] = [];
		for (const question of questions) {
			if (question.by === 'name') this.startName(question);
			else if (question.by !== 'talentId') contacts.push(question);
		}
		for (const batch of batchesOf(contacts)) this.startBatch(batch);
	}

	private startName(question: NameQuestion): void {
		void kept(this.talents, keyOf(question), async () =>
			this.names.run(async () => await talentsByName(this.client, question.value, this.timeoutMs)),
		);
	}

	private startBatch(batch: Batch): void {
		const { first } = batch;
		const values = [...batch.values.keys()];
		const answers = this.contacts.run(
			async () => await talentsByContact(this.client, { ...first, values }, this.timeoutMs),
		);
		for (const [value, key] of batch.values) {
			void kept(this.talents, key, async () => {
				const answer = (await answers).get(value);
				if (answer && 'error' in answer) return Promise.reject(answer.error);
				return answer?.talents ?? [];
			});
		}
	}
}

/** Contact data of one kind and one country that travel in one request. */
interface Batch {
	first: ContactQuestion;
	/** From the value to the key of its question. */
	values: Map<string, string>;
}

/** Each value once, in requests that are as full as can be, in the order of the first question of each. */
function batchesOf(questions: readonly ContactQuestion[]): Batch[] {
	const batches: Batch[] = [];
	const open = new Map<string, Batch>();
	const seen = new Set<string>();
	for (const question of questions) {
		const key = keyOf(question);
		if (seen.has(key)) continue;
		seen.add(key);
		const kind = question.by === 'phone' ? question.mobileCode : question.by;
		let batch = open.get(kind);
		if (!batch || batch.values.size >= MAX_CONTACTS_PER_REQUEST) {
			batch = { first: question, values: new Map() };
			open.set(kind, batch);
			batches.push(batch);
		}
		batch.values.set(question.value, key);
	}
	return batches;
}

/** The promise that the map holds, or the one that `make` gives: it is made once. */
function kept<T>(
	promises: Map<string, Promise<T>>,
	key: string,
	make: () => Promise<T>,
): Promise<T> {
	let promise = promises.get(key);
	if (!promise) {
		promise = make();
		// Its error waits for whoever asks; a run that stops before must not end n8n's process.
		promise.catch(() => {});
		promises.set(key, promise);
	}
	return promise;
}
