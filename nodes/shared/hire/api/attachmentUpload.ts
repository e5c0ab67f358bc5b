import { isObject } from '../../feishu/answer';
import type { FeishuClient } from '../../feishu/client';
import { FeishuError } from '../../feishu/failure';
import { FilePart, Multipart } from '../../feishu/multipart';
import { endpoints } from '../endpoints';

/** The largest file, in bytes (Feishu "创建附件"). */
export const MAX_FILE_BYTES = 300 * 1024 * 1024;

/** The slowest upload speed: the timeout grows by one second for each of these. */
const BYTES_PER_SECOND = 512 * 1024;

/** A file to upload. */
export interface UploadFile {
	/** The name under which Feishu stores it; not empty. */
	name: string;
	/** The name that errors give it. */
	label: string;
	/** Its media type. */
	type: string;
	/** Its size in bytes. */
	size: number;
	/** Returns the content from its start; called for each attempt. */
	open: ConstructorParameters<typeof FilePart>[3];
}

/**
 * Uploads a file ("创建附件": one part named `content`). Feishu cannot remove it again. A retry after a
 * lost answer can leave a file that no record refers to; nobody sees it.
 *
 * @returns the file's ID, to put into a record
 * @throws FeishuError; StoppedError
 */
export async function uploadAttachment(
	client: FeishuClient,
	{ label, name, type, size, open }: UploadFile,
): Promise<string> {
	const file = new FilePart(name, type, size, open);
	try {
		const { data } = await client.call(endpoints.uploadAttachment, {
			form: new Multipart([['content', file]]),
			transferMs: Math.ceil((size / BYTES_PER_SECOND) * 1000),
		});
		const id = isObject(data) ? data.id : undefined;
		if (typeof id === 'string' && id !== '') return id;
	} catch (error) {
		if (!file.isBroken) throw error;
		throw new FeishuError({
			message: `n8n could not read ${label}`,
			reaction: 'fail',
			advice:
				'Run the node that makes the file again. If n8n keeps files in S3 or in its database, check that it can reach them.',
		});
	} finally {
		file.close();
	}
	throw new FeishuError({
		message: 'Feishu accepted the file, but returned no ID for it',
		reaction: 'fail',
		advice: 'Run the workflow again. If it keeps happening, tell Feishu support when it ran.',
	});
}
