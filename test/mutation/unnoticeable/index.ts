import { credentials } from './credentials';
import { feishu } from './feishu';
import { feishuHire } from './feishuHire';
import { form } from './form';
import { hire } from './hire';
import { listSearch } from './listSearch';
import { query } from './query';
import type { Reasons } from './reasons';
import { shared } from './shared';
import { trigger } from './trigger';

/** One file for each folder of shipped code. */
export const REASONS: Reasons = {
	...credentials,
	...feishuHire,
	...trigger,
	...query,
	...shared,
	...feishu,
	...form,
	...hire,
	...listSearch,
};

/** @returns the reason, if a survivor is known to be one that nobody need notice */
export const unnoticeable = (file: string, code: string, change: string): string | undefined =>
	REASONS[file]?.find(
		(known) =>
			code.includes(known.code) && (known.change === undefined || change.includes(known.change)),
	)?.reason;
