import type { FeishuClient } from '../../feishu/client';
import { checkById, unknownCheck } from '../../hire/api/readChecks';
import { overwriteRecord } from '../../hire/api/records';
import type { CheckedId } from '../../hire/checkedId';
import type { BackgroundCheck } from '../../hire/types';
import { overwrite } from '../../hire/write/overwrite';
import { assertWritten } from '../../hire/write/sameCheck';
import type { Run } from '../../run/operation';
import type { Remembered } from '../../run/runMemory';
import { RENAMED, type Uploads } from '../files';
import { WrittenFields } from '../writtenFields';
import { assertFits, fieldsOf, idsOf, merged, rivalsOf, type UpdateRequest } from './merge';

/** Changes background checks. The caller must run changes of the same check one after another. */
export class CheckChanges {
	private readonly written: WrittenFields;

	constructor(
		private readonly run: Run,
		private readonly uploads: Uploads,
	) {
		this.written = new WrittenFields(run.memory);
	}

	/**
	 * Makes the change of one item.
	 *
	 * @param remembered notes what was uploaded, and which files the check had before
	 * @param seen the check, if the caller has just read it
	 * @returns the check as Feishu then has it
	 * @throws ParameterError; FeishuError; StoppedError
	 */
	async make(
		request: UpdateRequest,
		{ memory: known }: Remembered = this.run.memory.of(request),
		seen?: BackgroundCheck,
	): Promise<BackgroundCheck> {
		const { client, hints } = this.run;
		const { id, itemIndex, files } = request;
		// Check before uploading: nobody can undo an upload.
		if (files.length > 0) assertFits(seen ?? (await existing(client, id)), request);
		const uploaded = await this.uploads.upload(files, known);
		// Feishu overwrites the whole record, so read it right before the write.
		const before = seen && files.length === 0 ? seen : await existing(client, id);
		// If an earlier try certainly wrote nothing, ignore what it saw.
		const mayBeDone = known.unknown !== undefined || known.done !== undefined;
		if (!mayBeDone || !known.filesBefore) {
			known.filesBefore = new Set(request.addsMissingOnly ? [] : idsOf(before));
		}
		const open = this.written.openOf(hints, request, fieldsOf(request), rivalsOf);
		if (open.length === 0) return before;
		const meant = merged(before, request, open, uploaded, known.filesBefore);
		return await this.written.write(
			id,
			open,
			itemIndex,
			async () =>
				await overwrite<BackgroundCheck>({
					id,
					write: async () =>
						await overwriteRecord(client, 'external_background_check', id, meant.content),
					read: async () => await checkById(client, id),
					assertWritten: (check, isReported) => {
						if (assertWritten(check, { ...meant, isReported })) hints.count(RENAMED);
					},
				}),
		);
	}

	/** Notes the fields that an item wrote when it created the check. */
	created(id: string, itemIndex: number, fields: readonly string[]): void {
		for (const field of fields) this.written.note(id, field, itemIndex);
	}
}

/** @throws FeishuError if Feishu does not know the check */
async function existing(client: FeishuClient, id: CheckedId): Promise<BackgroundCheck> {
	const check = await checkById(client, id);
	if (!check) throw unknownCheck(id, 'Nothing was written.');
	return check;
}
