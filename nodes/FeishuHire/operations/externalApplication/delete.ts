import type { IDataObject } from 'n8n-workflow';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { doubtErrors, isDoubtful } from '../../../shared/hire/write/doubt';
import { deleteApplication } from '../../../shared/hire/api/writeApplications';
import type { Operation, Run, Wish } from '../../../shared/run/operation';
import { applicationField, readApplicationId } from '../applicationId';
import { optionsField } from '../options';

interface DeleteWish extends Wish {
	id: CheckedId;
	timeoutMs: number;
}

export const deleteOperation: Operation<DeleteWish> = {
	changes: true,
	// Twenty a minute: more would only wait.
	atOnce: 2,
	fields: () => [
		applicationField(
			'The external application (外部投递) that is to be deleted. Feishu allows 20 deletions in a minute.',
		),
		optionsField(),
	],
	read: (form) => ({
		itemIndex: form.itemIndex,
		id: readApplicationId(form),
		timeoutMs: form.timeoutMs(),
	}),
	start: (run, wishes) => {
		const deletions = new Map<CheckedId, Promise<void>>();
		let deleted = 0;
		return async (wish): Promise<IDataObject> => {
			const deletion = deletions.get(wish.id) ?? deleteOne(run, wish);
			deletions.set(wish.id, deletion);
			await deletion;
			deleted += 1;
			run.context.logger.info(`Deleted ${deleted} of ${wishes.length} external applications`);
			return { deleted: true, id: wish.id };
		};
	},
};

/** Feishu has no way to ask for an application by its ID alone, so that a doubt stays one. */
async function deleteOne({ client }: Run, { id, timeoutMs }: DeleteWish): Promise<void> {
	try {
		await deleteApplication(client, id, timeoutMs);
	} catch (error) {
		return Promise.reject(isDoubtful(error) ? doubtErrors.mayBeGone(error, id) : error);
	}
}
