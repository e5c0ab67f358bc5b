import type { IDataObject } from 'n8n-workflow';
import type { CheckedId } from '../../hire/checkedId';
import { Once } from '../../hire/loader';
import { outcomeOf, unknownOutcome } from '../../hire/write/outcome';
import { checkById, checkLoader, knownCheck, unknownCheck } from '../../hire/api/readChecks';
import { deleteRecord } from '../../hire/api/records';
import { endpoints } from '../../hire/endpoints';
import type { ItemRequest, Operation } from '../../run/operation';
import { optionsField } from '../../form/requestOptions';
import { checkIdField, readCheckId } from './fields';

interface DeleteRequest extends ItemRequest {
	id: CheckedId;
}

export const deleteOperation: Operation<DeleteRequest> = {
	value: 'delete',
	name: 'Delete',
	description: 'Remove a background check for good',
	action: 'Delete a background check',
	calls: [endpoints.queryChecks, endpoints.deleteCheck],
	fields: () => [checkIdField(), optionsField()],
	read: (form) => ({
		itemIndex: form.itemIndex,
		id: readCheckId(form),
	}),
	start: ({ client, memory }, requests) => {
		const checks = checkLoader(
			client,
			requests.map(({ id }) => id),
		);
		/** Several items can name the same record. It is deleted once. */
		const deletions = new Once<CheckedId, void>();
		async function deleteOne(request: DeleteRequest): Promise<void> {
			const { id } = request;
			if (!(await knownCheck(checks, id))) {
				// An earlier try of the node may have deleted the check.
				if (memory.of(request).memory.unknown !== undefined) return;
				throw unknownCheck(id, 'Nothing was deleted.');
			}
			try {
				await deleteRecord(client, 'external_background_check', id);
			} catch (error) {
				if (outcomeOf(error) !== 'unknown') return await Promise.reject(error);
				const check = await checkById(client, id).catch(() => {
					throw unknownOutcome.unreadable(error);
				});
				if (check) return await Promise.reject(unknownOutcome.stillThere(error, id));
			}
		}
		return async (request): Promise<IDataObject> => {
			await deletions.get(request.id, async () => await deleteOne(request));
			return { deleted: true, id: request.id };
		};
	},
};
