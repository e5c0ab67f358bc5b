import { FeishuError } from '../../../shared/feishu/failure';
import type { CheckedId } from '../../../shared/hire/checkedId';
import { doubtErrors, isDoubtful } from '../../../shared/hire/write/doubt';
import { checkById, ChecksById } from '../../../shared/hire/api/readChecks';
import {
	assertWritten,
	type CheckText,
	type MeantFile,
} from '../../../shared/hire/write/sameCheck';
import { epochMs } from '../../../shared/hire/simplify';
import type { BackgroundCheck } from '../../../shared/hire/types';
import {
	MAX_ATTACHMENTS,
	overwriteCheck,
	type CheckContent,
} from '../../../shared/hire/api/writeChecks';
import { ParameterError } from '../../../shared/form/parameterError';
import type { Run } from '../../../shared/run/operation';
import { ATTACHMENTS_LABEL, Uploads, withUploads } from '../files';
import { batchesOf, type Batch } from './updateBatches';
import type { UpdateWish } from './updateWish';

/** What a check is to be after a write. */
interface Meant {
	content: CheckContent;
	text: CheckText;
	files: MeantFile[];
}

/**
 * Changes checks. Feishu overwrites the whole record, so each is read, merged, written, and what comes back is compared
 * with what was meant.
 */
export class Updates {
	private readonly checks: ChecksById;

	private readonly uploads: Uploads;

	private readonly batchOf = new Map<UpdateWish, Batch>();

	private readonly written = new Map<Batch, Promise<BackgroundCheck>>();

	constructor(
		private readonly run: Run,
		wishes: readonly UpdateWish[],
	) {
		const timeoutMs = wishes.reduce((longest, wish) => Math.max(longest, wish.timeoutMs), 1);
		this.checks = new ChecksById(
			run.client,
			wishes.map(({ id }) => id),
			timeoutMs,
		);
		this.uploads = new Uploads(run.client);
		for (const batch of batchesOf(wishes)) {
			for (const wish of batch.wishes) this.batchOf.set(wish, batch);
		}
	}

	/** @returns the check after the change @throws FeishuError; ParameterError; StoppedError */
	async update(wish: UpdateWish): Promise<BackgroundCheck> {
		const batch = this.batchOf.get(wish);
		if (!batch) throw new Error('An item is in no batch');
		return await this.writtenOf(batch);
	}

	private writtenOf(batch: Batch): Promise<BackgroundCheck> {
		const written = this.written.get(batch) ?? this.write(batch);
		this.written.set(batch, written);
		return written;
	}

	private async write(batch: Batch): Promise<BackgroundCheck> {
		const { id, wishes } = batch;
		const timeoutMs = wishes.reduce((longest, wish) => Math.max(longest, wish.timeoutMs), 1);
		const before = await this.latest(batch, timeoutMs);
		if (!before) throw unknownCheck(id);
		assertFits(before, batch);
		const uploaded: string[] = [];
		try {
			for (const wish of wishes) {
				const { memory } = this.run.memory.of(wish);
				uploaded.push(...(await this.uploads.upload(wish.files, memory, wish.timeoutMs)));
			}
			return await this.overwrite(id, merged(before, batch, uploaded), timeoutMs);
		} catch (error) {
			return Promise.reject(withUploads(error, uploaded));
		}
	}

	/** The check as it is before the batch is written: as an earlier item has left it, or as Feishu has it. */
	private async latest({ id, previous }: Batch, timeoutMs: number) {
		if (!previous) return await this.checks.get(id);
		try {
			return await this.writtenOf(previous);
		} catch {
			// Its items have the error; what it has left behind is to be seen only in Feishu.
			return await checkById(this.run.client, id, timeoutMs);
		}
	}

	private async overwrite(id: CheckedId, meant: Meant, timeoutMs: number) {
		const { client } = this.run;
		let check: BackgroundCheck | undefined;
		let doubt: unknown;
		try {
			check = await overwriteCheck(client, id, meant.content, timeoutMs);
		} catch (error) {
			if (!isDoubtful(error)) return Promise.reject(error);
			doubt = error;
		}
		if (check) {
			assertWritten(check, meant.text, meant.files);
			return check;
		}
		const now = await checkById(client, id, timeoutMs).catch(() => {
			throw doubtErrors.unknown(doubt);
		});
		try {
			if (now) {
				assertWritten(now, meant.text, meant.files);
				return now;
			}
		} catch (error) {
			return Promise.reject(doubt === undefined ? error : doubtErrors.unchanged(doubt, id));
		}
		throw doubtErrors.unchanged(doubt, id);
	}
}

const unknownCheck = (id: CheckedId) =>
	new FeishuError({
		message: 'Feishu does not know this background check',
		reaction: 'fail',
		id,
		advice: 'Nothing was written. Check the ID: the background check may have been deleted.',
	});

const newFiles = ({ wishes }: Batch) => wishes.flatMap(({ files }) => files);

/** Files that the check has and keeps. */
const keptFiles = (before: BackgroundCheck, { mode }: Batch) =>
	mode === 'keep' || mode === 'add' ? (before.attachment_list ?? []) : [];

/** @throws before a file is uploaded */
function assertFits(before: BackgroundCheck, batch: Batch): void {
	const count = keptFiles(before, batch).length + newFiles(batch).length;
	if (newFiles(batch).length === 0 || count <= MAX_ATTACHMENTS) return;
	throw new ParameterError(
		ATTACHMENTS_LABEL,
		`would make ${count} files, but a background check takes ${MAX_ATTACHMENTS}`,
		'Nothing was written. Choose fewer files, or the mode "Replace".',
	);
}

function merged(before: BackgroundCheck, batch: Batch, uploaded: readonly string[]): Meant {
	const { patch } = batch;
	const kept = keptFiles(before, batch);
	const text: CheckText = {
		name: patch.name ?? before.name ?? null,
		result: patch.result ?? before.result ?? null,
		date: patch.date ?? epochMs(before.date),
	};
	const ids = [...kept.flatMap(({ id }) => id ?? []), ...uploaded];
	const files = [
		...kept.map(({ id = '', name = '' }) => ({ name, label: `the attachment ${id}` })),
		...newFiles(batch),
	];
	const content: CheckContent = {
		external_application_id: before.external_application_id ?? '',
		...(text.name !== null && { name: text.name }),
		...(text.result !== null && { result: text.result }),
		...(text.date !== null && { date: text.date }),
		...(ids.length > 0 && { attachment_id_list: ids }),
	};
	return { content, text, files };
}
