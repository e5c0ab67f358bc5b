import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isObject } from '../shared/feishu/answer';
import { TooLargeError } from '../shared/feishu/download';
import { toErrorJson } from '../shared/nodeErrors';
import { FeishuError } from '../shared/feishu/failure';
import type { FeishuClient } from '../shared/feishu/client';
import { throwIfStopped } from '../shared/feishu/abort';
import { fetchAttachment, type AttachmentSettings } from '../shared/hire/api/attachments';
import { uniqueFileName } from '../shared/hire/fileName';
import type { AttachmentReference, BackgroundCheck } from '../shared/hire/types';
import { inPool } from '../shared/run/pool';

/** Files that are fetched at the same time. */
const AT_ONCE = 5;

export interface AttachmentOptions extends AttachmentSettings {
	/** Fields of binary data are called this and the attachment's position in `attachment_list`. */
	prefix: string;
}

/** An output item whose files are wanted. */
export interface ItemWithFiles {
	item: INodeExecutionData;
	/** The input item that it comes from. */
	itemIndex: number;
	options: AttachmentOptions;
}

/** What became of an attachment: the file, or why there is none. */
type Outcome = { file: IBinaryData } | { skipped: string } | { failed: unknown };

/**
 * Fetches the attachments of checks and puts them into the items as binary data. A file that is too
 * large is named in `attachments_skipped`, one that failed in `attachments_failed`.
 *
 * @param onError called with each failure and the index of the input item; when it throws, no further file is fetched
 * @throws what `onError` throws
 */
export async function attachFiles(
	context: IExecuteFunctions,
	client: FeishuClient,
	items: readonly ItemWithFiles[],
	onError: (error: unknown, itemIndex: number) => void,
	signal?: AbortSignal,
): Promise<void> {
	const jobs = items.flatMap(({ item, itemIndex, options }) =>
		attachmentsOf(item).map(({ reference }) => ({ itemIndex, options, reference })),
	);
	const outcomes = new Map<AttachmentReference, Outcome>();
	/** The same check can belong to several items: its files are fetched once. */
	const fetched = new Map<string, Promise<IBinaryData>>();

	async function fetchOne(reference: AttachmentReference, options: AttachmentOptions) {
		const { id, size } = reference;
		if (typeof id !== 'string' || id === '') return { skipped: 'Feishu lists it without an ID' };
		if (Number(size) > options.maxBytes) return { skipped: tooLarge(options) };
		const key = JSON.stringify([id, options]);
		const file =
			fetched.get(key) ?? fetchAttachment(context, client, { ...reference, id }, options, signal);
		fetched.set(key, file);
		return await file.then(
			(data): Outcome => ({ file: { ...data } }),
			(error: unknown): Outcome => {
				throwIfStopped(signal);
				if (error instanceof TooLargeError) return { skipped: tooLarge(options) };
				return { failed: named(error, id) };
			},
		);
	}

	await inPool(jobs, AT_ONCE, async ({ itemIndex, options, reference }) => {
		const outcome = await fetchOne(reference, options);
		outcomes.set(reference, outcome);
		if ('failed' in outcome) onError(outcome.failed, itemIndex);
	});
	for (const { item, options } of items) fill(item, options, outcomes);
}

/** The attachments that a check lists, with their positions in the list. */
function attachmentsOf({ json }: INodeExecutionData) {
	const list: unknown = (json as BackgroundCheck).attachment_list;
	return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((reference, position) =>
		isObject(reference) ? [{ reference: reference as AttachmentReference, position }] : [],
	);
}

const tooLarge = ({ maxBytes }: AttachmentOptions) =>
	`larger than ${Number((maxBytes / 1024 / 1024).toFixed(3))} MB`;

function named(error: unknown, id: string): unknown {
	if (!(error instanceof FeishuError)) return error;
	return new FeishuError({ ...error.failure, id }, error.tried);
}

function fill(
	item: INodeExecutionData,
	{ prefix }: AttachmentOptions,
	outcomes: Map<AttachmentReference, Outcome>,
): void {
	const binary: Record<string, IBinaryData> = {};
	const skipped: IDataObject[] = [];
	const failed: IDataObject[] = [];
	const names = new Set<string>();
	for (const { reference, position } of attachmentsOf(item)) {
		const { id, name, size } = reference;
		const outcome = outcomes.get(reference);
		if (!outcome) continue;
		if ('skipped' in outcome) skipped.push({ id, name, size, reason: outcome.skipped });
		if ('failed' in outcome) failed.push({ id, name, size, ...toErrorJson(outcome.failed) });
		if ('file' in outcome) {
			const fileName = uniqueFileName(outcome.file.fileName ?? '', names);
			binary[`${prefix}${position}`] = { ...outcome.file, fileName };
		}
	}
	if (Object.keys(binary).length > 0) item.binary = binary;
	if (skipped.length > 0) item.json.attachments_skipped = skipped;
	if (failed.length > 0) item.json.attachments_failed = failed;
}
