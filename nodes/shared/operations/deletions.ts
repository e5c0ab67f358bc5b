import type { IDataObject } from 'n8n-workflow';
import type { CheckedId } from '../hire/checkedId';
import { Once } from '../hire/loader';
import type { ItemRequest, Run } from '../run/operation';

export interface DeleteRequest extends ItemRequest {
	id: CheckedId;
}

/**
 * The work of an operation that deletes records. A record that several items name is deleted once, over all tries
 * of the node.
 *
 * @param deleteOne deletes the record of an item; throws if it is still there, or may be
 */
export function deletions(
	{ memory }: Pick<Run, 'memory'>,
	deleteOne: (request: DeleteRequest) => Promise<void>,
): (request: DeleteRequest) => Promise<IDataObject> {
	const deleted = memory.shared('deleted', () => new Set<CheckedId>());
	const once = new Once<CheckedId, void>();
	return async (request) => {
		const { id } = request;
		await once.get(id, async () => {
			if (deleted.has(id)) return;
			await deleteOne(request);
			deleted.add(id);
		});
		return { deleted: true, id };
	};
}
