import type {
	IBinaryData,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { TooLargeError } from '../feishu/download';
import { toErrorJson } from '../nodeErrors';
import { FeishuError } from '../feishu/failure';
import { ParameterError } from '../form/parameterError';
import { numberBetween } from '../form/values';
import { throwIfStopped } from '../feishu/abort';
import { isAsListed, type FetchedFile } from '../hire/api/attachments';
import { uniqueFileName } from '../hire/fileName';
import type { AttachmentReference } from '../hire/types';
import type { ItemRequest, Run } from '../run/operation';
import type { Outcomes } from '../run/outcomes';
import { Semaphore } from '../semaphore';

/** How many files are fetched at the same time. */
const AT_ONCE = 5;

/** How files are added to the items. */
export interface FileOptions {
	maxBytes: number;
	/** The names of binary fields consist of this prefix and the file's position in its list. */
	prefix: string;
}

/** The files of one kind of record. */
export interface Files<Q, O extends FileOptions> {
	/** Prefix of the fields that list files without data, as in `attachments_skipped`. */
	name: string;
	/** The options of an item's request; undefined if it wants no files. */
	optionsOf: (request: Q) => O | undefined;
	/** The files that a row lists, with their positions. Must return the same objects each time. */
	listOf: (
		row: IDataObject,
		options: O,
	) => ReadonlyArray<{ reference: AttachmentReference; position: number }>;
	fetch: (reference: AttachmentReference & { id: string }, options: O) => Promise<FetchedFile>;
}

/** The result for a file: the file, or why there is none. */
type Fetched = FetchedFile | { skipped: string } | { failed: unknown };

/**
 * Fetches the files of records and adds them to the items as binary data, if requested. Lists a
 * file that is too large in `…_skipped`, one that failed in `…_failed`, and one whose size differs
 * from Feishu's in `…_unexpected`.
 *
 * @throws the error of a file, unless Continue On Fail is set
 */
export async function attach<Q extends ItemRequest, O extends FileOptions>(
	{ client, context, hints }: Run,
	requests: readonly Q[],
	outcomes: Outcomes,
	kind: Files<Q, O>,
): Promise<void> {
	const { signal } = client;
	const items = requests.flatMap((request) => {
		const { itemIndex } = request;
		const options = kind.optionsOf(request);
		if (!options) return [];
		return outcomes.of(itemIndex).map((item) => ({ item, itemIndex, options }));
	});
	const jobs = items.flatMap(({ item, itemIndex, options }) =>
		kind.listOf(item.json, options).map(({ reference }) => ({ itemIndex, options, reference })),
	);
	const files = new Map<AttachmentReference, Fetched>();
	/** Several items can have the same record. Its files are fetched once. */
	const fetched = new Map<string, Promise<FetchedFile>>();

	async function fetchOne(reference: AttachmentReference, options: O) {
		const { id, size } = reference;
		if (typeof id !== 'string' || id === '') return { skipped: 'Feishu returned no ID for it' };
		if (Number(size) > options.maxBytes) return { skipped: tooLarge(options) };
		const key = JSON.stringify([id, options]);
		const file = fetched.get(key) ?? kind.fetch({ ...reference, id }, options);
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
	for (const { item, options } of items) fill(node, item, options, files, kind);
	const field = `${kind.name}_unexpected`;
	const unexpected = items.flatMap(({ item }) => item.json[field] ?? []).length;
	if (unexpected > 0) hints.add(() => [hintOf(unexpected, field)]);
}

const hintOf = (files: number, field: string) =>
	`${files} downloaded ${files === 1 ? 'file does' : 'files do'} not have the size that Feishu lists, even after a second download. Check the files named in ${field} before you use them.`;

const tooLarge = ({ maxBytes }: FileOptions) =>
	`larger than ${Number((maxBytes / 1024 / 1024).toFixed(3))} MB`;

function named(error: unknown, id: string): unknown {
	if (!(error instanceof FeishuError)) return error;
	return error.with({ id });
}

function fill<O extends FileOptions>(
	node: INode,
	item: INodeExecutionData,
	options: O,
	files: Map<AttachmentReference, Fetched>,
	{ listOf, name: kind }: Pick<Files<never, O>, 'listOf' | 'name'>,
): void {
	const binary: Record<string, IBinaryData> = {};
	const skipped: IDataObject[] = [];
	const failed: IDataObject[] = [];
	const unexpected: IDataObject[] = [];
	const names = new Set<string>();
	for (const { reference, position } of listOf(item.json, options)) {
		const { id, name, size } = reference;
		const fetched = files.get(reference);
		if (!fetched) continue;
		if ('skipped' in fetched) skipped.push({ id, name, size, reason: fetched.skipped });
		if ('failed' in fetched) failed.push({ id, name, size, ...toErrorJson(node, fetched.failed) });
		if ('data' in fetched) {
			const { data, received } = fetched;
			const fileName = uniqueFileName(data.fileName ?? '', names);
			binary[`${options.prefix}${position}`] = { ...data, fileName };
			if (!isAsListed(reference, received)) unexpected.push({ id, name, size, received });
		}
	}
	if (Object.keys(binary).length > 0) item.binary = binary;
	if (skipped.length > 0) item.json[`${kind}_skipped`] = skipped;
	if (failed.length > 0) item.json[`${kind}_failed`] = failed;
	if (unexpected.length > 0) item.json[`${kind}_unexpected`] = unexpected;
}

/**
 * The options of a download, read by {@link readFileOptions}. @param list the field in which a
 * record lists its files
 */
export const fileOptions = (kind: 'Attachment' | 'Report', list: string): INodeProperties[] => [
	{
		displayName: `Max ${kind} Size (MB)`,
		name: `max${kind}SizeMb`,
		type: 'number',
		typeOptions: { minValue: 0.001 },
		default: 50,
		description: `Larger files are not downloaded. The output lists them in ${kind.toLowerCase()}s_skipped.`,
	},
	{
		displayName: `${kind}s Prefix`,
		name: `${kind.toLowerCase()}sPrefix`,
		type: 'string',
		default: `${kind.toLowerCase()}_`,
		description: `Prefix for the names of the binary fields. The position of the file in ${list} is added, as in ${kind.toLowerCase()}_0.`,
	},
];

/** @throws ParameterError */
export function readFileOptions(kind: 'Attachment' | 'Report', options: IDataObject): FileOptions {
	const name = kind.toLowerCase();
	const maxMb = options[`max${kind}SizeMb`] ?? 50;
	return {
		prefix: fieldPrefix(`${kind}s Prefix`, options[`${name}sPrefix`] ?? `${name}_`),
		maxBytes: numberBetween(`Max ${kind} Size (MB)`, maxMb, 0.001, 10_000) * 1024 * 1024,
	};
}

/** A prefix for field names. @throws ParameterError */
function fieldPrefix(label: string, value: unknown): string {
	if (typeof value !== 'string' || !/^\w[\w-]{0,63}$/.test(value)) {
		throw new ParameterError(
			label,
			'is not a valid prefix for field names',
			'Use only letters, digits, "_" and "-", for example attachment_.',
		);
	}
	return value;
}
