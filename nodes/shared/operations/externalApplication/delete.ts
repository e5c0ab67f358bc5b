import { outcomeOf, unknownOutcome } from '../../hire/write/outcome';
import { deleteRecord } from '../../hire/api/records';
import { endpoints } from '../../hire/endpoints';
import type { Operation, Run } from '../../run/operation';
import { applicationField, readApplicationId } from '../../form/applicationId';
import { optionsField } from '../../form/requestOptions';
import { deletions, type DeleteRequest } from '../deletions';

export const deleteOperation: Operation<DeleteRequest> = {
	value: 'delete',
	name: 'Delete',
	description: 'Delete an external application permanently',
	action: 'Delete external application',
	calls: [endpoints.deleteApplication],
	fields: () => [
		applicationField(
			'The external application (外部投递) to delete. Feishu allows 20 deletions per minute.',
		),
		optionsField(),
	],
	read: (form) => ({
		itemIndex: form.itemIndex,
		id: readApplicationId(form),
	}),
	start: (run, requests) => {
		const remove = deletions(run, async (request) => await deleteOne(run, request));
		let deleted = 0;
		return async (request) => {
			const item = await remove(request);
			deleted += 1;
			run.context.logger.info(`Deleted ${deleted} of ${requests.length} external applications`);
			return item;
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
