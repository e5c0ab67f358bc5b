import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { isId, type CheckedId } from '../checkedId';

const METHODS = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const;

/** How long the answer to a write that has left is awaited when the run is stopped, in ms. */
const GRACE_MS = 2000;

/** One write, of a record that exists, or of a new one. */
interface Write {
	/** As Feishu calls it in its answers; its paths have the plural. */
	kind: 'external_application' | 'external_background_check';
	action: keyof typeof METHODS;
	/** Absent: a new one. */
	id?: CheckedId;
	/** All fields of the record: one that is left out is empty afterwards. */
	body?: IDataObject;
	/** Of each try. */
	timeoutMs: number;
	requestsPerSecond: number;
}

/**
 * Writes a record. It may be sent again: within 24 hours Feishu creates only one for an `external_id`
 * ("创建外部背调", "创建外部投递"), and the same update or deletion does the same twice.
 *
 * @returns the record as Feishu sent it; undefined when it reports success without one
 * @throws FeishuError; StoppedError
 */
export async function writeRecord(
	client: FeishuClient,
	{ kind, action, id, body, timeoutMs, requestsPerSecond }: Write,
): Promise<(IDataObject & { id: CheckedId }) | undefined> {
	const path = `/open-apis/hire/v1/${kind}s`;
	const { data } = await client.call({
		method: METHODS[action],
		path: id === undefined ? path : `${path}/${encodeURIComponent(id)}`,
		api: `${kind}s/${action}`,
		scopes: ['hire:external_application'],
		body,
		repeatable: true,
		graceMs: GRACE_MS,
		timeoutMs,
		requestsPerSecond,
	});
	const sent: unknown = isObject(data) ? data[kind] : undefined;
	return isObject(sent) && isId(sent.id) ? { ...sent, id: sent.id } : undefined;
}
