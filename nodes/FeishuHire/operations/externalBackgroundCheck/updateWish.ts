import type { UploadFile } from '../../../shared/hire/api/attachmentUpload';
import type { CheckedId } from '../../../shared/hire/checkedId';
import type { Wish } from '../../../shared/run/operation';

/** What is to become of the files that a check has. */
export type AttachmentsMode = 'keep' | 'add' | 'replace' | 'removeAll';

/** What an item changes; what is left out stays. */
export interface CheckPatch {
	name?: string;
	result?: string;
	/** Epoch ms. */
	date?: number;
}

export interface UpdateWish extends Wish {
	id: CheckedId;
	patch: CheckPatch;
	mode: AttachmentsMode;
	/** To be added, or to replace the others. */
	files: UploadFile[];
	timeoutMs: number;
}
