import type { IDataObject } from 'n8n-workflow';
import type { CheckedId } from '../../hire/checkedId';
import { Once } from '../../hire/loader';
import { outcomeOf, unknownOutcome } from '../../hire/write/outcome';
import { deleteRecord } from '../../hire/api/records';
import { endpoints } from '../../hire/endpoints';
import type { ItemRequest, Operation, Run } from '../../run/operation';
import { applicationField, readApplicationId } from '../../form/applicationId';
import { optionsField } from '../../form/requestOptions';

interface DeleteRequest extends ItemRequest {
	id: CheckedId;
}

export const deleteOperation: Operation<DeleteRequest> = {
	value: 'delete',
	name: 'Delete',
	description: 'Remove an external application for good',
	action: 'Delete an external application',
	calls: [endpoints.deleteApplication],
	fields: () => [
		applicationField(
			'The external application (外部投递) to delete. Feishu allows 20 deletions in a minute.',
		),
		optionsField(),
	],
	read: (form) => ({
		itemIndex: form.itemIndex,
		id: readApplicationId(form),
	}),
	start: (run, requests) => {
		/** Several items can name the same record. It is deleted once. */
		const deletions = new Once<CheckedId, void>();
		let deleted = 0;
		return async (request): Promise<IDataObject> => {
			await deletions.get(request.id, async () => await deleteOne(run, request));
			deleted += 1;
			run.context.logger.info(`Deleted ${deleted} of ${requests.length} external applications`);
			return { deleted: true, id: request.id };
		};
	},
};

/** Feishu cannot return an application by its ID alone, so an unknown outcome stays unknown. */
async function deleteOne({ client }: Run, { id }: DeleteRequest): Promise<void> {
	try {
		await deleteRecord(client, 'external_application', id);
	} catch (error) {
		return Promise.reject(
			outcomeOf(error) === 'unknown' ? unknownOutcome.mayBeGone(error, id) : error,
		);
	}
}
