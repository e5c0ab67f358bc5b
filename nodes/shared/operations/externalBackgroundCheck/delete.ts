import { outcomeOf, unknownOutcome } from '../../hire/write/outcome';
import { checkById, checkLoader, knownCheck, unknownCheck } from '../../hire/api/readChecks';
import { deleteRecord } from '../../hire/api/records';
import { endpoints } from '../../hire/endpoints';
import type { Operation } from '../../run/operation';
import { optionsField } from '../../form/requestOptions';
import { deletions, type DeleteRequest } from '../deletions';
import { checkIdField, readCheckId } from './fields';

export const deleteOperation: Operation<DeleteRequest> = {
	value: 'delete',
	name: 'Delete',
	description: 'Delete a background check permanently',
	action: 'Delete background check',
	calls: [endpoints.queryChecks, endpoints.deleteCheck],
	fields: () => [checkIdField(), optionsField()],
	read: (form) => ({
		itemIndex: form.itemIndex,
		id: readCheckId(form),
	}),
	start: (run, requests) => {
		const { client, memory } = run;
		const checks = checkLoader(
			client,
			requests.map(({ id }) => id),
		);
		return deletions(run, async (request) => {
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
		});
	},
};
