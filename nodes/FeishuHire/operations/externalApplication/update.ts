import type { IDataObject } from 'n8n-workflow';
import { FeishuError } from '../../../shared/feishu/failure';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { doubtErrors, isDoubtful } from '../../../shared/hire/write/doubt';
import {
	externalApplicationsOf,
	type ExternalApplication,
} from '../../../shared/hire/api/externalApplications';
import { assertApplicationWritten } from '../../../shared/hire/write/sameApplication';
import { overwriteApplication } from '../../../shared/hire/api/writeApplications';
import type { Operation, Run } from '../../../shared/run/operation';
import { applicationField, readApplicationId } from '../applicationId';
import {
	candidateField,
	lookUp,
	mobileCodeField,
	oneTalent,
	readCandidateWish,
	type CandidateWish,
} from '../candidates';
import { optionsField } from '../options';
import { changesNothing, UPDATE_FIELDS, updateFieldsField } from '../updateFields';
import { APPLICATION_FIELDS, applicationProperties, readApplicationFields } from './fields';

interface UpdateWish extends CandidateWish {
	id: CheckedId;
	/** By Feishu's names. */
	patch: IDataObject;
}

export const update: Operation<UpdateWish> = {
	changes: true,
	atOnce: 30,
	fields: () => [
		applicationField('The external application (外部投递) that is to be changed'),
		candidateField(
			'The candidate (候选人) of the external application: Feishu lists applications by candidate only',
		),
		updateFieldsField(applicationProperties()),
		optionsField([mobileCodeField()]),
	],
	read: (form) => {
		const patch = readApplicationFields(form, form.collection('updateFields', UPDATE_FIELDS));
		if (Object.keys(patch).length === 0) throw changesNothing();
		return { id: readApplicationId(form), patch, ...readCandidateWish(form) };
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
