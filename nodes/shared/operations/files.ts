import type { INodeProperties } from 'n8n-workflow';
import { ParameterError } from '../form/parameterError';
import { separatedTexts } from '../form/values';
import type { FeishuClient } from '../feishu/client';
import { MAX_FILE_BYTES, uploadAttachment, type UploadFile } from '../hire/api/attachmentUpload';
import { MAX_ATTACHMENTS } from '../hire/api/records';
import { Semaphore } from '../semaphore';
import type { Form } from '../form/form';
import type { Memory } from '../run/runMemory';

export const ATTACHMENTS_LABEL = 'Attachments';

/** The text of a hint. */
export const RENAMED = (items: string) => `Feishu renamed files of ${items}.`;

/** The form field `attachments`, read by {@link readFiles}. */
export const attachmentsField = (): INodeProperties => ({
	displayName: ATTACHMENTS_LABEL,
	name: 'attachments',
	type: 'string',
	default: '',
	placeholder: 'e.g. data, report_*',
	description:
		'The attachments (附件): names of input binary fields, separated by commas. Use * for the rest of a name. At most 20 files of up to 300 MB each.',
});

/**
 * The files of an item to upload, each checked.
 *
 * @param value names of binary fields, or prefixes of names followed by `*`
 * @throws ParameterError
 */
export async function readFiles(form: Form, value: unknown): Promise<UploadFile[]> {
	const wanted = separatedTexts(
		ATTACHMENTS_LABEL,
		value,
		'Enter the names of input binary fields, separated by commas.',
	);
	const { context, itemIndex } = form;
	const there = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	const fields = new Set<string>();
	wanted.forEach((name, index) => {
		const found = name.endsWith('*')
			? there.filter((field) => field.startsWith(name.slice(0, -1)))
			: there.filter((field) => field === name);
		if (found.length === 0) throw missing(index, wanted.length, there.length);
		for (const field of found) fields.add(field);
	});
	if (fields.size > MAX_ATTACHMENTS) {
		throw new ParameterError(
			ATTACHMENTS_LABEL,
			`contains ${fields.size} files, but at most ${MAX_ATTACHMENTS} are allowed`,
			'Choose fewer files.',
		);
	}
	return await Promise.all([...fields].map(async (field) => await readFile(form, field)));
}

async function readFile({ context, itemIndex }: Form, field: string): Promise<UploadFile> {
	const { helpers } = context;
	const { id, data, fileName, mimeType } = helpers.assertBinaryData(itemIndex, field);
	// Not Buffer.byteLength, which also counts line breaks: the announced size would exceed what is
	// sent.
	const size = id
		? (await helpers.getBinaryMetadata(id)).fileSize
		: Buffer.from(data, 'base64').length;
	const name = nameOf(fileName);
	const refuse = (problem: string, advice: string) =>
		new ParameterError(ATTACHMENTS_LABEL, problem, advice);
	if (name === '') {
		throw refuse(
			'contains a file without a name',
			'Set a file name in the node that creates the file.',
		);
	}
	if (size === 0) throw refuse('contains an empty file', 'Check the node that creates the file.');
	if (size > MAX_FILE_BYTES) {
		throw refuse('contains a file larger than 300 MB', 'Feishu does not accept larger files.');
	}
	const type = mimeType || 'application/octet-stream';
	return {
		name,
		label: `the file from the field '${field}'`,
		type,
		size,
		open: async () => (id ? await helpers.getBinaryStream(id) : Buffer.from(data, 'base64')),
	};
}

/** A file name without path, control characters and outer spaces: it becomes part of a form's header. */
function nameOf(fileName: string | undefined): string {
	const last = (fileName ?? '').split(/[/\\]/).pop() ?? '';
	return last.replace(/\p{C}/gu, '').trim();
}

function missing(index: number, count: number, there: number): ParameterError {
	const entry = count > 1 ? ` (entry ${index + 1} of ${count})` : '';
	return new ParameterError(
		ATTACHMENTS_LABEL,
		`contains a field that this input item does not have, or that has no file${entry}`,
		there === 0
			? 'The input item has no files. An earlier node may have dropped them.'
			: 'See the Binary tab of the input for the names of its fields.',
	);
}

/** Uploads the files of a run: small ones in parallel, large ones one after another, to save memory. */
export class Uploads {
	private readonly small = new Semaphore(8);

	private readonly large = new Semaphore(1);

	constructor(private readonly client: FeishuClient) {}

	/**
	 * Uploads the files of an item, except those that an earlier try of the node has uploaded.
	 *
	 * @param memory keeps the IDs
	 * @returns the IDs, in the order of the files
	 * @throws FeishuError; StoppedError. The memory then has the IDs of the files uploaded so far
	 */
	async upload(files: readonly UploadFile[], memory: Memory): Promise<string[]> {
		const ids = (memory.attachmentIds ??= []);
		for (const file of files.slice(ids.length)) {
			const slots = file.size < LARGE ? this.small : this.large;
			ids.push(await slots.run(async () => await uploadAttachment(this.client, file)));
		}
		return ids;
	}
}

const LARGE = 4 * 1024 * 1024;
