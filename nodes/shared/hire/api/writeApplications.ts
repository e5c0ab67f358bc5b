import type { IDataObject } from 'n8n-workflow';
import type { FeishuClient } from '../../feishu/client';
import type { CheckedId } from '../checkedId';
import type { ExternalApplication } from './externalApplications';
import { writeRates } from '../writeRates';
import { writeRecord } from './writeRecord';

const kind = 'external_application';

/** What is written into an external application. A field that is left out is empty afterwards. */
export interface ApplicationContent extends IDataObject {
	talent_id: string;
}

/** Creates an external application ("创建外部投递"). @returns, @throws as {@link writeRecord} */
export async function createApplication(
	client: FeishuClient,
	body: ApplicationContent & { external_id: string },
	timeoutMs: number,
): Promise<ExternalApplication | undefined> {
	const requestsPerSecond = writeRates.createApplication;
	return await writeRecord(client, { kind, action: 'create', body, timeoutMs, requestsPerSecond });
}

/** Overwrites an external application, with all of its fields ("更新外部投递"). @returns, @throws as {@link writeRecord} */
export async function overwriteApplication(
	client: FeishuClient,
	id: CheckedId,
	body: ApplicationContent,
	timeoutMs: number,
): Promise<ExternalApplication | undefined> {
	const requestsPerSecond = writeRates.updateApplication;
	return await writeRecord(client, {
		kind,
		action: 'update',
		id,
		body,
		timeoutMs,
		requestsPerSecond,
	});
}

/** Deletes an external application ("删除外部投递"); there is no way back. @throws FeishuError; StoppedError */
export async function deleteApplication(
	client: FeishuClient,
	id: CheckedId,
	timeoutMs: number,
): Promise<void> {
	const requestsPerSecond = writeRates.deleteApplication;
	await writeRecord(client, { kind, action: 'delete', id, timeoutMs, requestsPerSecond });
}
