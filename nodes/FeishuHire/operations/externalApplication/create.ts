import type { IDataObject } from 'n8n-workflow';
import type { CandidateLookup } from '../../../shared/hire/people/candidateLookup';
import { CreateOnce } from '../../../shared/hire/write/createOnce';
import {
	externalApplicationsOf,
	type ExternalApplication,
} from '../../../shared/hire/api/externalApplications';
import {
	assertApplicationWritten,
	isSameApplication,
} from '../../../shared/hire/write/sameApplication';
import { createApplication } from '../../../shared/hire/api/writeApplications';
import type { Operation, Run } from '../../../shared/run/operation';
import { keepingDoubt } from '../../../shared/run/runMemory';
import {
	candidateField,
	lookUp,
	mobileCodeField,
	oneTalent,
	readCandidateWish,
	type CandidateWish,
} from '../candidates';
import { creationOptions, optionsField, readCreationOptions, type CreationWish } from '../options';
import { APPLICATION_FIELDS, applicationProperties, readApplicationFields } from './fields';

interface CreateWish extends CandidateWish, CreationWish {
	/** By Feishu's names. */
	fields: IDataObject;
}

export const create: Operation<CreateWish> = {
	changes: true,
	atOnce: 30,
	fields: () => [
		candidateField('The candidate (候选人) who gets the external application'),
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: applicationProperties(),
		},
		optionsField([...creationOptions('external application'), mobileCodeField()]),
	],
	read: (form) => ({
		...readCandidateWish(form),
		fields: readApplicationFields(form, form.collection('additionalFields', 'Additional Fields')),
		...readCreationOptions(form),
	}),
	start: (run, wishes) => {
		const creations = new Creations(run, lookUp(run.client, wishes));
		for (const wish of wishes) creations.remember(wish);
		return async (wish) => await creations.create(wish);
	},
};

/** What tells the applications of a talent from each other. */
const contentOf = (talentId: string, { fields }: CreateWish): string =>
	JSON.stringify([talentId, APPLICATION_FIELDS.map((field) => fields[field] ?? null)]);

class Creations {
	private readonly once = new CreateOnce<ExternalApplication>();

	private readonly before = new Map<string, Promise<ExternalApplication[]>>();

	constructor(
		private readonly run: Run,
		private readonly lookup: CandidateLookup,
	) {}

	/** What an earlier try of the node has created is nobody else's. */
	remember(wish: CreateWish): void {
		const created = this.run.memory.of(wish).memory.created as ExternalApplication | undefined;
		if (created?.talent_id) this.once.take(contentOf(created.talent_id, wish), created);
	}

	async create(wish: CreateWish): Promise<ExternalApplication> {
		const { key, memory } = this.run.memory.of(wish);
		const { id: talentId } = await oneTalent(this.lookup, wish);
		const read = async () => {
			const found = await externalApplicationsOf(this.run.client, talentId, wish.timeoutMs);
			return found === 'noCandidate' ? [] : found;
		};
		const alike = async (applications: Promise<ExternalApplication[]>) =>
			(await applications).filter((application) =>
				isSameApplication(application, wish.fields, APPLICATION_FIELDS),
			);
		const before = async () => {
			const applications = this.before.get(talentId) ?? read();
			this.before.set(talentId, applications);
			return await alike(applications);
		};
		const created = await this.once.create(contentOf(talentId, wish), {
			wasSent: memory.wasSent === true,
			madeOtherwise: memory.madeOtherwise,
			send: async () =>
				await keepingDoubt(
					memory,
					async () => await this.send(talentId, wish, wish.externalId ?? key),
				),
			alike: async () => await alike(read()),
			...(wish.skips && { before }),
		});
		memory.created = { ...created, talent_id: talentId };
		return created;
	}

	private async send(talentId: string, { fields, timeoutMs }: CreateWish, externalId: string) {
		const content = { talent_id: talentId, external_id: externalId, ...fields };
		const created = await createApplication(this.run.client, content, timeoutMs);
		if (created) assertApplicationWritten(created, fields, APPLICATION_FIELDS);
		return created;
	}
}
