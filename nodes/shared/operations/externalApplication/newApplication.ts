import type { IDataObject } from 'n8n-workflow';
import {
	externalApplicationsOf,
	type ExternalApplication,
} from '../../hire/api/externalApplications';
import { createRecord } from '../../hire/api/records';
import { assertApplicationWritten, isSameApplication } from '../../hire/write/sameApplication';
import type { ItemRequest, Run } from '../../run/operation';
import { Creations } from '../creations';
import type { CreationOptions } from '../options';

/** An external application to create. */
export interface NewApplication extends ItemRequest, CreationOptions {
	/** Keys are Feishu's names. */
	fields: IDataObject;
}

/**
 * Creates the external applications of a run.
 *
 * @param talentOf gets the talent ID of an item's candidate
 * @param compared Feishu's names of the fields that distinguish applications
 */
export function applicationCreations<Q extends NewApplication>(
	run: Run,
	talentOf: (request: Q) => string | Promise<string>,
	compared: readonly string[],
): Creations<Q, ExternalApplication> {
	const { client } = run;
	const isSame = (application: ExternalApplication, { fields }: Q) =>
		isSameApplication(application, fields, compared);
	return new Creations<Q, ExternalApplication>(run, {
		parentField: 'talent_id',
		parentOf: talentOf,
		contentOf: ({ fields }) => compared.map((field) => fields[field] ?? null),
		prepare:
			({ fields }, talentId) =>
			async (externalId, onSent) => {
				const content = { talent_id: talentId, external_id: externalId, ...fields };
				return await createRecord(client, 'external_application', content, onSent);
			},
		assertWritten: (application, { fields }) =>
			assertApplicationWritten(application, fields, compared),
		recordsOf: async (talentId) => {
			const found = await externalApplicationsOf(client, talentId);
			return found === 'noCandidate' ? [] : found;
		},
		isAlike: isSame,
		isAsSent: isSame,
	});
}
