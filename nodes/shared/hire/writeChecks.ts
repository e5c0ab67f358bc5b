import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../feishu/answer';
import type { FeishuClient } from '../feishu/client';
import type { CheckedId } from './checkedId';
import type { BackgroundCheck } from './types';
import { WRITE_GRACE_MS, writeRates } from './writeRates';

const PATH = '/open-apis/hire/v1/external_background_checks';

const SCOPES = ['hire:external_application'];

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

/**
 * Creates a check. With its `external_id` it may be sent again: within 24 hours Feishu creates only
 * one ("创建外部背调").
 *
 * @returns the check as Feishu sent it; undefined when it reports success without one
 * @throws FeishuError; StoppedError
 */
export async function createCheck(
	client: FeishuClient,
	content: CheckContent & { external_id: string },
	timeoutMs: number,
): Promise<BackgroundCheck | undefined> {
	const { data } = await client.call({
		method: 'POST',
		path: PATH,
		api: 'external_background_checks/create',
		scopes: SCOPES,
		body: { ...content },
		repeatable: true,
		graceMs: WRITE_GRACE_MS,
		timeoutMs,
		requestsPerSecond: writeRates.createCheck,
	});
	return checkIn(data);
}

/**
 * Overwrites a check, with all of its fields ("更新外部背调": 全量覆盖更新).
 *
 * @returns the check as Feishu sent it; undefined when it reports success without one
 * @throws FeishuError; StoppedError
 */
export async function overwriteCheck(
	client: FeishuClient,
	id: CheckedId,
	content: CheckContent,
	timeoutMs: number,
): Promise<BackgroundCheck | undefined> {
	const { data } = await client.call({
		method: 'PUT',
		path: `${PATH}/${encodeURIComponent(id)}`,
		api: 'external_background_checks/update',
		scopes: SCOPES,
		body: { ...content },
		repeatable: true,
		graceMs: WRITE_GRACE_MS,
		timeoutMs,
		requestsPerSecond: writeRates.updateCheck,
	});
	return checkIn(data);
}

/** Deletes a check ("删除外部背调"); there is no way back. @throws FeishuError; StoppedError */
export async function deleteCheck(
	client: FeishuClient,
	id: CheckedId,
	timeoutMs: number,
): Promise<void> {
	await client.call({
		method: 'DELETE',
		path: `${PATH}/${encodeURIComponent(id)}`,
		api: 'external_background_checks/delete',
		scopes: SCOPES,
		repeatable: true,
		graceMs: WRITE_GRACE_MS,
		timeoutMs,
		requestsPerSecond: writeRates.deleteCheck,
	});
}

function checkIn(data: unknown): (BackgroundCheck & { id: string }) | undefined {
	const check: unknown = isObject(data) ? data.external_background_check : undefined;
	return isRecord(check) ? check : undefined;
}

const isRecord = (value: unknown): value is IDataObject & { id: string } =>
	isObject(value) && typeof value.id === 'string' && value.id !== '';
