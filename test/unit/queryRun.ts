import type { IDataObject } from 'n8n-workflow';
import type { Envelope } from '../../nodes/shared/feishu/answer';
import type { FeishuClient, FeishuRequest } from '../../nodes/shared/feishu/client';
import type { Endpoint } from '../../nodes/shared/feishu/http';
import type { CheckedId } from '../../nodes/shared/hire/checkedId';
import type { QueryRequest } from '../../nodes/shared/operations/externalBackgroundCheck/read/request';
import { Hints } from '../../nodes/shared/run/hints';
import type { Run } from '../../nodes/shared/run/operation';

export const settings = { pageSize: 20, requestsPerSecond: 10 };

export const asId = (id: string) => id as CheckedId;

/** A request of an item. */
export const queryOf = (more: Partial<QueryRequest> = {}): QueryRequest => ({
	itemIndex: 0,
	settings,
	ifNotFound: 'include',
	simple: false,
	...more,
});

/** A page of checks with these IDs. */
export const page = (has_more: boolean, ...ids: string[]) => ({
	items: ids.map((id): IDataObject => ({ id })),
	has_more,
});

/** The arguments of a call. */
export type Sent = [endpoint: Endpoint, request: FeishuRequest];

/** A client that answers by itself. @param answer returns the `data` of the answer */
export function clientOf(answer: (...sent: Sent) => IDataObject) {
	const call = jest.fn(
		async (...sent: Sent): Promise<Envelope> =>
			await Promise.resolve().then(() => ({ code: 0, data: answer(...sent) })),
	);
	return { client: { call } as unknown as FeishuClient, call };
}

/** A run of the node, with what its operations use. */
export const runOf = (more: Partial<Run> = {}): Run =>
	({ hints: new Hints(2), timezone: 'Asia/Shanghai', isForModel: false, ...more }) as Run;
