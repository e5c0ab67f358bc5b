import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../feishu/answer';
import type { FeishuClient } from '../feishu/client';
import { isId, type CheckedId } from './checkedId';
import type { ExternalApplication } from './externalApplications';
import { WRITE_GRACE_MS, writeRates } from './writeRates';

const PATH = '/open-apis/hire/v1/external_applications';

const SCOPES = ['hire:external_application'];

/** What is written into an external application. A field that is left out is empty afterwards. */
export interface ApplicationContent extends IDataObject {
	talent_id: string;
}

/**
 * Creates an external application. With its `external_id` it may be sent again: within 24 hours Feishu
 * creates only one ("创建外部投递").
 *
 * @returns the application as Feishu sent it; undefined when it reports success without one
 * @throws FeishuError; StoppedError
 */
export async function createApplication(
	client: FeishuClient,
	content: ApplicationContent & { external_id: string },
	timeoutMs: number,
): Promise<ExternalApplication | undefined> {
	const { data } = await client.call({
		method: 'POST',
		path: PATH,
		api: 'external_applications/create',
		scopes: SCOPES,
		body: content,
		repeatable: true,
		graceMs: WRITE_GRACE_MS,
		timeoutMs,
		requestsPerSecond: writeRates.createApplication,
	});
	return applicationIn(data);
}

/**
 * Overwrites an external application, with all of its fields ("更新外部投递").
 *
 * @returns the application as Feishu sent it; undefined when it reports success without one
 * @throws FeishuError; StoppedError
 */
export async function overwriteApplication(
	client: FeishuClient,
	id: CheckedId,
	content: ApplicationContent,
	timeoutMs: number,
): Promise<ExternalApplication | undefined> {
	const { data } = await client.call({
		method: 'PUT',
		path: `${PATH}/${encodeURIComponent(id)}`,
		api: 'external_applications/update',
		scopes: SCOPES,
		body: content,
		repeatable: true,
		graceMs: WRITE_GRACE_MS,
		timeoutMs,
		requestsPerSecond: writeRates.updateApplication,
	});
	return applicationIn(data);
}

/** Deletes an external application ("删除外部投递"); there is no way back. @throws FeishuError; StoppedError */
export async function deleteApplication(
	client: FeishuClient,
	id: CheckedId,
	timeoutMs: number,
): Promise<void> {
	await client.call({
		method: 'DELETE',
		path: `${PATH}/${encodeURIComponent(id)}`,
		api: 'external_applications/delete',
		scopes: SCOPES,
		repeatable: true,
		graceMs: WRITE_GRACE_MS,
		timeoutMs,
		requestsPerSecond: writeRates.deleteApplication,
	});
}

function applicationIn(data: unknown): ExternalApplication | undefined {
	const sent: unknown = isObject(data) ? data.external_application : undefined;
	if (!isObject(sent)) return undefined;
	const { id, ...others } = sent;
	return isId(id) ? { id, ...others } : undefined;
}
