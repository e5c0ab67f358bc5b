import type { UploadFile } from '../../hire/api/attachmentUpload';
import { checksOf } from '../../hire/api/readChecks';
import { createRecord } from '../../hire/api/records';
import type { CheckedId } from '../../hire/checkedId';
import type { BackgroundCheck } from '../../hire/types';
import { assertWritten, dayOf, isAlike, sameDayIn } from '../../hire/write/sameCheck';
import type { ItemRequest, Run } from '../../run/operation';
import { Creations } from '../creations';
import { RENAMED, type Uploads } from '../files';
import type { CreationOptions } from '../options';

/** A background check to create. */
export interface NewCheck extends ItemRequest, CreationOptions {
	name: string;
	result: string;
	/** Epoch ms. */
	date: number;
	files: UploadFile[];
}

/** The same, with the external application to record it on. */
export type PlacedCheck = NewCheck & { applicationId: CheckedId };

/** Creates the background checks of a run, with their files. @param uploads uploads the files */
export function checkCreations(
	run: Run,
	uploads: Uploads,
): Creations<PlacedCheck, BackgroundCheck> {
	const { client, timezone } = run;
	return new Creations<PlacedCheck, BackgroundCheck>(run, {
		parentOf: ({ applicationId }) => applicationId,
		parentField: 'external_application_id',
		contentOf: ({ name, result, date, files }) => [
			[name, result, dayOf(date, timezone)],
			files.map((file) => JSON.stringify([file.name, file.size])).sort(),
		],
		prepare: async ({ name, result, date, files }, applicationId, known) => {
			const attachmentIds = await uploads.upload(files, known);
			const content = {
				external_application_id: applicationId,
				name,
				result,
				date,
				...(attachmentIds.length > 0 && { attachment_id_list: [...attachmentIds] }),
			};
			return async (externalId, onSent) =>
				await createRecord(
					client,
					'external_background_check',
					{ ...content, external_id: externalId },
					onSent,
				);
		},
		assertWritten: (check, request) => {
			if (assertWritten(check, { ...request, isReported: true })) run.hints.count(RENAMED);
		},
		recordsOf: async (applicationId) => await checksOf(client, applicationId as CheckedId),
		isAlike: (check, request) => isAlike(check, request, sameDayIn(timezone)),
		isAsSent: (check, request) => isAlike(check, request),
	});
}
