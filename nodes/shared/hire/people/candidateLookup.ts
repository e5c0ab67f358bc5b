import type { FeishuClient } from '../../feishu/client';
import { externalApplicationsOf, type ExternalApplication } from '../api/externalApplications';
import { grouped, Once } from '../loader';
import { keyOf, type CandidateQuestion, type ContactQuestion } from './candidateQuestion';
import type { Talent } from './talent';
import { talentsByName } from './talents';
import { TalentsByContact } from './talentsByContact';

/**
 * Finds the candidates that the items of a run ask for, and their external applications. Reads each
 * talent and each list of applications once, and looks up contacts by the hundred.
 */
export class CandidateLookup {
	/** By kind of contact; see {@link kindOf}. */
	private readonly contacts: ReadonlyMap<string, TalentsByContact>;

	private readonly names = new Once<string, Talent[]>();

	private readonly applications = new Once<string, ExternalApplication[] | 'noCandidate'>();

	/** @param questions all questions of a run, in the order of its items; may repeat */
	constructor(
		private readonly client: FeishuClient,
		questions: readonly CandidateQuestion[],
	) {
		const contacts = questions.filter(isContact);
		this.contacts = new Map(
			[...grouped(contacts, kindOf)].map(([kind, asked]) => [
				kind,
				new TalentsByContact(client, asked),
			]),
		);
	}

	/**
	 * The candidates that match one of these questions: none if there is no such candidate, several
	 * if they share a name, an email address or a phone number. Accepts any talent ID: only reading
	 * its applications shows whether it exists.
	 *
	 * @throws FeishuError; StoppedError
	 */
	async talentsOf(question: CandidateQuestion): Promise<Talent[]> {
		if (question.by === 'talentId') return [{ id: question.value }];
		if (question.by === 'name') {
			return await this.names.get(
				keyOf(question),
				async () => await talentsByName(this.client, question.value),
			);
		}
		return await this.contacts.get(kindOf(question))!.find(question.value);
	}

	/**
	 * All external applications of a talent; the list may be empty.
	 *
	 * @returns `noCandidate` if Feishu does not know the talent (any more)
	 * @throws FeishuError; StoppedError
	 */
	async applicationsOf(talentId: string): Promise<ExternalApplication[] | 'noCandidate'> {
		return await this.applications.get(
			talentId,
			async () => await externalApplicationsOf(this.client, talentId),
		);
	}
}

const isContact = (question: CandidateQuestion): question is ContactQuestion =>
	question.by === 'email' || question.by === 'phone';

/** One request takes either email addresses, or phone numbers of one country. */
const kindOf = (question: ContactQuestion): string =>
	question.by === 'phone' ? question.mobileCode : question.by;
