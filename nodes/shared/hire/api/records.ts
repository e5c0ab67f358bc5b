import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../feishu/answer';
import type { FeishuClient, FeishuRequest } from '../../feishu/client';
import { isId, type CheckedId } from '../checkedId';
import { endpoints } from '../endpoints';

/** The most files of a check. Feishu documents no limit for checks; this is the one for external offers. */
export const MAX_ATTACHMENTS = 20;

/** The kinds of records, as Feishu's answers name them. */
type RecordKind = 'external_background_check' | 'external_application';

const WRITES = {
	external_background_check: {
		create: endpoints.createCheck,
		overwrite: endpoints.updateCheck,
		delete: endpoints.deleteCheck,
	},
	external_application: {
		create: endpoints.createApplication,
		overwrite: endpoints.updateApplication,
		delete: endpoints.deleteApplication,
	},
} as const;

/** What to write into a check. Feishu empties fields that are missing. */
export interface CheckContent extends IDataObject {
	external_application_id: string;
	name?: string;
	result?: string;
	/** Epoch ms. */
	date?: number;
	/** IDs of uploaded files. Absent if there are none: Feishu does not document an empty list. */
	attachment_id_list?: string[];
}

/** What to write into an external application. Feishu empties fields that are missing. */
interface ApplicationContent extends IDataObject {
	talent_id: string;
}

/** A record as Feishu sends it; undefined if Feishu reports success but sends no record. */
type Sent = Promise<(IDataObject & { id: CheckedId }) | undefined>;

/** Creates a record. @param onSent called each time the request is sent @throws FeishuError; StoppedError */
export const createRecord = async (
	client: FeishuClient,
	kind: RecordKind,
	content: (CheckContent | ApplicationContent) & { external_id: string },
	onSent?: () => void,
): Sent => await write(client, kind, 'create', { body: content, onSent });

/** Overwrites all fields of a record (全量覆盖更新). @throws FeishuError; StoppedError */
export const overwriteRecord = async (
	client: FeishuClient,
	kind: RecordKind,
	id: CheckedId,
	content: CheckContent | ApplicationContent,
): Sent => await write(client, kind, 'overwrite', { id, body: content });

/** Deletes a record for good. @throws FeishuError; StoppedError */
export async function deleteRecord(
	client: FeishuClient,
	kind: RecordKind,
	id: CheckedId,
): Promise<void> {
	await write(client, kind, 'delete', { id });
}

async function write(
	client: FeishuClient,
	kind: RecordKind,
	action: 'create' | 'overwrite' | 'delete',
	request: FeishuRequest,
): Sent {
	const { data } = await client.call(WRITES[kind][action], request);
	const sent: unknown = isObject(data) ? data[kind] : undefined;
	return isObject(sent) && isId(sent.id) ? { ...sent, id: sent.id } : undefined;
}
