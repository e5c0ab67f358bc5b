import type { IDataObject } from 'n8n-workflow';
import { ParameterError } from '../../../shared/form/parameterError';
import { externalApplicationLocator } from '../../../shared/form/locators';
import { FeishuError } from '../../../shared/feishu/failure';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { doubtErrors, isDoubtful } from '../../../shared/hire/doubt';
import {
	externalApplicationsOf,
	type ExternalApplication,
} from '../../../shared/hire/externalApplications';
import { assertApplicationWritten } from '../../../shared/hire/sameApplication';
import { overwriteApplication } from '../../../shared/hire/writeApplications';
import type { Operation, Run, Wish } from '../../operation';
import { readApplicationId } from '../applicationId';
import {
	candidateField,
	lookUp,
	mobileCodeField,
	oneTalent,
	readWantedCandidate,
	type CandidateWish,
} from '../candidates';
import { optionsField } from '../options';
import { APPLICATION_FIELDS, applicationProperties, readApplicationFields } from './fields';

interface UpdateWish extends Wish, CandidateWish {
	id: CheckedId;
	/** By Feishu's names. */
	patch: IDataObject;
}

export const update: Operation<UpdateWish> = {
	changes: true,
	atOnce: 30,
	fields: () => [
		{
			...externalApplicationLocator({}),
			description: 'The external application (外部投递) that is to be changed',
		},
		candidateField(
			'The candidate (候选人) of the external application: Feishu lists applications by candidate only',
		),
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to change; everything else stays as it is',
			options: applicationProperties(),
		},
		optionsField([mobileCodeField()]),
	],
	read: (form) => {
		const patch = readApplicationFields(form, form.collection('updateFields', 'Update Fields'));
		if (Object.keys(patch).length === 0) {
			throw new ParameterError(
				'Update Fields',
				'change nothing',
				'Add a field that is to be changed.',
			);
		}
		return {
			itemIndex: form.itemIndex,
			id: readApplicationId(form),
			candidate: readWantedCandidate(form),
			patch,
			timeoutMs: form.timeoutMs(),
		};
	},
	start: (run, wishes) => {
		const lookup = lookUp(run.client, wishes);
		/** The last work on each application: several items for one are applied in their order. */
		const last = new Map<CheckedId, Promise<unknown>>();
		return async (wish) => {
			const before = last.get(wish.id) ?? Promise.resolve();
			const work = before.then(async () => {
				const { id: talentId } = await oneTalent(lookup, wish);
				return await change(run, talentId, wish);
			});
			last.set(
				wish.id,
				work.catch(() => {}),
			);
			return await work;
		};
	},
};

/** Feishu overwrites the whole record: it is read, merged, written, and what comes back is compared. */
async function change(run: Run, talentId: string, wish: UpdateWish): Promise<ExternalApplication> {
	const before = await current(run, talentId, wish);
	if (!before) throw unknownApplication(wish.id);
	const known = Object.entries(before).filter(
		([field, value]) => APPLICATION_FIELDS.includes(field) && value !== null && value !== '',
	);
	const meant: IDataObject = { ...Object.fromEntries(known), ...wish.patch };
	for (const time of ['create_time', 'modify_time']) {
		if (typeof meant[time] === 'string') meant[time] = Number(meant[time]);
	}
	let after: ExternalApplication | undefined;
	let doubt: unknown;
	try {
		const content = { talent_id: talentId, ...meant };
		after = await overwriteApplication(run.client, wish.id, content, wish.timeoutMs);
	} catch (error) {
		if (!isDoubtful(error)) return Promise.reject(error);
		doubt = error;
	}
	if (after) {
		assertApplicationWritten(after, meant, APPLICATION_FIELDS);
		return after;
	}
	const now = await current(run, talentId, wish).catch(() => {
		throw doubtErrors.unknown(doubt);
	});
	try {
		if (now) assertApplicationWritten(now, meant, APPLICATION_FIELDS);
	} catch (error) {
		return Promise.reject(doubt === undefined ? error : doubtErrors.unchanged(doubt, wish.id));
	}
	if (now) return now;
	throw doubtErrors.unchanged(doubt, wish.id);
}

async function current({ client }: Run, talentId: string, { id, timeoutMs }: UpdateWish) {
	const applications = await externalApplicationsOf(client, talentId, timeoutMs);
	return applications === 'noCandidate' ? undefined : applications.find((one) => one.id === id);
}

const unknownApplication = (id: CheckedId) =>
	new FeishuError({
		message: 'The candidate has no such external application',
		reaction: 'fail',
		id,
		advice: 'Nothing was written. Check the ID and the candidate.',
	});
