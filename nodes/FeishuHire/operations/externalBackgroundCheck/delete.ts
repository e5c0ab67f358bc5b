import type { IDataObject } from 'n8n-workflow';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { doubtErrors, isDoubtful } from '../../../shared/hire/write/doubt';
import { checkById } from '../../../shared/hire/api/readChecks';
import { deleteCheck } from '../../../shared/hire/api/writeChecks';
import type { Operation, Run, Wish } from '../../../shared/run/operation';
import { optionsField } from '../options';
import { checkIdField, readCheckId } from './checkId';

interface DeleteWish extends Wish {
	id: CheckedId;
	timeoutMs: number;
}

export const deleteOperation: Operation<DeleteWish> = {
	changes: true,
	atOnce: 15,
	fields: () => [checkIdField(), optionsField()],
	read: (form) => ({
		itemIndex: form.itemIndex,
		id: readCheckId(form),
		timeoutMs: form.timeoutMs(),
	}),
	start: (run) => {
		/** A check that several items name is deleted once. */
		const deletions = new Map<CheckedId, Promise<void>>();
		return async (wish): Promise<IDataObject> => {
			const deletion = deletions.get(wish.id) ?? deleteOne(run, wish);
			deletions.set(wish.id, deletion);
			await deletion;
			return { deleted: true, id: wish.id };
		};
	},
};

async function deleteOne({ client }: Run, { id, timeoutMs }: DeleteWish): Promise<void> {
	try {
		await deleteCheck(client, id, timeoutMs);
	} catch (error) {
		if (!isDoubtful(error)) return Promise.reject(error);
		const check = await checkById(client, id, timeoutMs).catch(() => {
			throw doubtErrors.unknown(error);
		});
		if (check) return Promise.reject(doubtErrors.stillThere(error, id));
	}
}
