import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError } from '../../feishu/failure';
import {
	externalApplicationsOf,
	type ExternalApplication,
} from '../../hire/api/externalApplications';
import { overwriteRecord } from '../../hire/api/records';
import type { CheckedId } from '../../hire/checkedId';
import { endpoints } from '../../hire/endpoints';
import { epochMs, simplifiedApplication } from '../../hire/simplify';
import { overwrite, Serial } from '../../hire/write/overwrite';
import { assertApplicationWritten } from '../../hire/write/sameApplication';
import type { Operation } from '../../run/operation';
import { applicationField, readApplicationId } from '../../form/applicationId';
import {
	candidateField,
	lookUp,
	oneTalent,
	readWrittenCandidate,
	type CandidateRequest,
	writtenCandidateOptions,
} from '../candidates';
import { WrittenFields } from '../writtenFields';
import { optionsField } from '../../form/requestOptions';
import { changesNothing, readUpdateFields, updateFieldsField } from '../updateFields';
import { APPLICATION_FIELDS, applicationProperties, readApplicationFields, TIMES } from './fields';

interface UpdateRequest extends CandidateRequest {
	id: CheckedId;
	/** Keys are Feishu's names. */
	patch: IDataObject;
}

export const update: Operation<UpdateRequest> = {
	value: 'update',
	name: 'Update',
	description: 'Change fields of an external application',
	action: 'Update external application',
	calls: [endpoints.listApplications, endpoints.updateApplication],
	fields: () => [
		applicationField('The external application (外部投递) to update'),
		candidateField(
			'The candidate (候选人) of the external application. Feishu needs it to find the application.',
		),
		updateFieldsField(applicationProperties()),
		optionsField(writtenCandidateOptions()),
	],
	read: (form) => {
		const patch = readApplicationFields(form, readUpdateFields(form, applicationProperties()));
		if (Object.keys(patch).length === 0) throw changesNothing();
		return { id: readApplicationId(form), patch, ...readWrittenCandidate(form) };
	},
	start: ({ client, hints, memory, timezone }, requests) => {
		const lookup = lookUp(client, requests);
		const serial = new Serial<CheckedId>();
		const written = new WrittenFields(memory);
		async function change(request: UpdateRequest): Promise<ExternalApplication> {
			const { id, itemIndex, patch } = request;
			const { id: talentId } = await oneTalent(lookup, request);
			const read = async () => await applicationOf(client, talentId, id);
			const before = await read();
			if (!before) throw unknownApplication(id);
			const open = written.openOf(hints, request, Object.keys(patch));
			if (open.length === 0) return before;
			const meant = merged(before, Object.fromEntries(open.map((field) => [field, patch[field]])));
			const content = { talent_id: talentId, ...meant };
			return await written.write(
				id,
				open,
				itemIndex,
				async () =>
					await overwrite<ExternalApplication>({
						id,
						write: async () => await overwriteRecord(client, 'external_application', id, content),
						read,
						assertWritten: (after) => assertApplicationWritten(after, meant, APPLICATION_FIELDS),
					}),
			);
		}
		return async (request) =>
			simplifiedApplication(
				await serial.run(request.id, async () => await change(request)),
				timezone,
			);
	},
};

async function applicationOf(client: FeishuClient, talentId: string, id: CheckedId) {
	const applications = await externalApplicationsOf(client, talentId);
	return applications === 'noCandidate' ? undefined : applications.find((one) => one.id === id);
}

/** All fields for the write: Feishu empties missing ones. @throws FeishuError if one cannot be sent back */
function merged(before: ExternalApplication, patch: IDataObject): IDataObject {
	const known = Object.entries(before).filter(
		([field, value]) => APPLICATION_FIELDS.includes(field) && value !== null && value !== '',
	);
	const meant: IDataObject = { ...Object.fromEntries(known), ...patch };
	for (const [time, label] of TIMES) {
		if (typeof meant[time] !== 'string') continue;
		const ms = epochMs(meant[time]);
		if (ms === null && Number(meant[time]) !== 0) throw unsendable(before.id, label);
		meant[time] = ms ?? 0;
	}
	return meant;
}

const unsendable = (id: CheckedId, label: string) =>
	new FeishuError({
		message: `The '${label}' of the external application cannot be sent back to Feishu`,
		reaction: 'fail',
		id,
		advice: `Nothing was written, because an update overwrites all fields and this one would be lost. Set '${label}' in the same update.`,
	});

const unknownApplication = (id: CheckedId) =>
	new FeishuError({
		message: 'The candidate does not have this external application',
		reaction: 'fail',
		id,
		advice: 'Nothing was written. Check the ID and the candidate.',
	});
