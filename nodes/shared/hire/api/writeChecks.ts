import type { FeishuClient } from '../../feishu/client';
import type { CheckedId } from '../checkedId';
import type { BackgroundCheck } from '../types';
import { writeRates } from '../writeRates';
import { writeRecord } from './writeRecord';

const kind = 'external_background_check';

/** Most files of a check; Feishu names no number for checks, but this one for external offers. */
export const MAX_ATTACHMENTS = 20;

/** What is written into a check. A field that is left out is empty afterwards. */
export interface CheckContent {
	external_application_id: string;
	name?: string;
	result?: string;
	/** Epoch ms. */
	date?: number;
	/** IDs of uploaded files; left out when there is none: what an empty list does is not documented. */
	attachment_id_list?: string[];
}

/** Creates a check ("创建外部背调"). @returns, @throws as {@link writeRecord} */
export async function createCheck(
	client: FeishuClient,
	content: CheckContent & { external_id: string },
	timeoutMs: number,
): Promise<BackgroundCheck | undefined> {
	const requestsPerSecond = writeRates.createCheck;
	const body = { ...content };
	return await writeRecord(client, { kind, action: 'create', body, timeoutMs, requestsPerSecond });
}

/** Overwrites a check, with all of its fields ("更新外部背调": 全量覆盖更新). @returns, @throws as {@link writeRecord} */
export async function overwriteCheck(
	client: FeishuClient,
	id: CheckedId,
	content: CheckContent,
	timeoutMs: number,
): Promise<BackgroundCheck | undefined> {
	const requestsPerSecond = writeRates.updateCheck;
	const body = { ...content };
	return await writeRecord(client, {
		kind,
		action: 'update',
		id,
		body,
		timeoutMs,
		requestsPerSecond,
	});
}

/** Deletes a check ("删除外部背调"); there is no way back. @throws FeishuError; StoppedError */
export async function deleteCheck(
	client: FeishuClient,
	id: CheckedId,
	timeoutMs: number,
): Promise<void> {
	const requestsPerSecond = writeRates.deleteCheck;
	await writeRecord(client, { kind, action: 'delete', id, timeoutMs, requestsPerSecond });
}
