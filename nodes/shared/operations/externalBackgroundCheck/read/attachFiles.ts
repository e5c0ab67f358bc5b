import type { IBinaryData, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { isObject } from '../../../feishu/answer';
import { TooLargeError } from '../../../feishu/download';
import { toErrorJson } from '../../../nodeErrors';
import { FeishuError } from '../../../feishu/failure';
import { throwIfStopped } from '../../../feishu/abort';
import { fetchAttachment, isAsListed, type FetchedFile } from '../../../hire/api/attachments';
import { uniqueFileName } from '../../../hire/fileName';
import type { AttachmentReference, BackgroundCheck } from '../../../hire/types';
import type { Run } from '../../../run/operation';
import type { Outcomes } from '../../../run/outcomes';
import { Semaphore } from '../../../semaphore';
import type { AttachmentOptions, QueryRequest } from './request';

/** Files that are fetched at the same time. */
const AT_ONCE = 5;

/** What became of an attachment: the file, or why there is none. */
type Fetched = FetchedFile | { skipped: string } | { failed: unknown };

/**
 * Fetches the attachments of checks and puts them into the items as binary data, where that is wanted.
 * A file that is too large is named in `attachments_skipped`, one that failed in `attachments_failed`,
 * and one that came with another size than Feishu lists in `attachments_unexpected`.
 *
 * @throws the error of a file, unless Continue On Fail is set
 */
export async function attachFiles(
	{ client, context, hints }: Run,
	requests: readonly QueryRequest[],
	outcomes: Outcomes,
): Promise<void> {
	const { signal } = client;
	const items = requests.flatMap(({ itemIndex, attachments: options }) =>
		options ? outcomes.of(itemIndex).map((item) => ({ item, itemIndex, options })) : [],
	);
	const jobs = items.flatMap(({ item, itemIndex, options }) =>
		attachmentsOf(item).map(({ reference }) => ({ itemIndex, options, reference })),
	);
	const files = new Map<AttachmentReference, Fetched>();
	/** The same check can belong to several items: its files are fetched once. */
	const fetched = new Map<string, Promise<FetchedFile>>();

	async function fetchOne(reference: AttachmentReference, options: AttachmentOptions) {
		const { id, size } = reference;
		if (typeof id !== 'string' || id === '') return { skipped: 'Feishu lists it without an ID' };
		if (Number(size) > options.maxBytes) return { skipped: tooLarge(options) };
		const key = JSON.stringify([id, options]);
		const file =
			fetched.get(key) ?? fetchAttachment(context, client, { ...reference, id }, options);
		fetched.set(key, file);
		return await file.then(
			(found): Fetched => found,
			(error: unknown): Fetched => {
				throwIfStopped(signal);
				if (error instanceof TooLargeError) return { skipped: tooLarge(options) };
				return { failed: named(error, id) };
			},
		);
	}

	const slots = new Semaphore(AT_ONCE);
	await Promise.all(
		jobs.map(async ({ itemIndex, options, reference }) => {
			const file = await slots.run(async () => await fetchOne(reference, options), signal);
			files.set(reference, file);
			if ('failed' in file) outcomes.endUnlessContinued(file.failed, itemIndex);
		}),
	);
	const node = context.getNode();
	for (const { item, options } of items) fill(node, item, options, files);
	const unexpected = items.flatMap(({ item }) => item.json.attachments_unexpected ?? []).length;
	if (unexpected > 0) hints.add(() => [hintOf(unexpected)]);
}

/** The attachments that a check lists, with their positions in the list. */
function attachmentsOf({ json }: INodeExecutionData) {
	const list: unknown = (json as BackgroundCheck).attachment_list;
	return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((reference, position) =>
		isObject(reference) ? [{ reference: reference as AttachmentReference, position }] : [],
	);
}

const hintOf = (files: number) =>
	`${files} downloaded ${files === 1 ? 'file has' : 'files have'} another size than Feishu lists, also when fetched again. Open what the items name in attachments_unexpected before you rely on it.`;

const tooLarge = ({ maxBytes }: AttachmentOptions) =>
	`larger than ${Number((maxBytes / 1024 / 1024).toFixed(3))} MB`;

function named(error: unknown, id: string): unknown {
	if (!(error instanceof FeishuError)) return error;
	return new FeishuError({ ...error.failure, id }, error.tried);
}

function fill(
	node: INode,
	item: INodeExecutionData,
	{ prefix }: AttachmentOptions,
	files: Map<AttachmentReference, Fetched>,
): void {
	const binary: Record<string, IBinaryData> = {};
	const skipped: IDataObject[] = [];
	const failed: IDataObject[] = [];
	const unexpected: IDataObject[] = [];
	const names = new Set<string>();
	for (const { reference, position } of attachmentsOf(item)) {
		const { id, name, size } = reference;
		const fetched = files.get(reference);
		if (!fetched) continue;
		if ('skipped' in fetched) skipped.push({ id, name, size, reason: fetched.skipped });
		if ('failed' in fetched) failed.push({ id, name, size, ...toErrorJson(node, fetched.failed) });
		if ('data' in fetched) {
			const { data, received } = fetched;
			const fileName = uniqueFileName(data.fileName ?? '', names);
			binary[`${prefix}${position}`] = { ...data, fileName };
			if (!isAsListed(reference, received)) unexpected.push({ id, name, size, received });
		}
	}
	if (Object.keys(binary).length > 0) item.binary = binary;
	if (skipped.length > 0) item.json.attachments_skipped = skipped;
	if (failed.length > 0) item.json.attachments_failed = failed;
	if (unexpected.length > 0) item.json.attachments_unexpected = unexpected;
}
