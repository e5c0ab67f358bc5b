import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	download,
	TooLargeError,
	whileMoving,
	type DownloadLimits,
	type OpenedFile,
} from '../../feishu/download';
import { FeishuError, type Failure } from '../../feishu/failure';
import { FILE_HOST, networkFailure } from '../../feishu/networkFailure';
import type { FeishuClient } from '../../feishu/client';
import { plainText } from '../../feishu/plainText';
import { Attempts } from '../../feishu/retryPolicy';
import { throwIfStopped, untilStopped, wait } from '../../feishu/abort';
import { endpoints } from '../endpoints';
import { safeFileName } from '../fileName';
import type { AttachmentReference } from '../types';

export interface AttachmentSettings extends Pick<DownloadLimits, 'maxBytes'> {
	/** 1 resume, 2 portfolio, 3 general attachment (the kind that background checks have). */
	type: number;
}

/** What Feishu says about a file. Its URL works for half an hour, or an hour if it is a report's. */
interface FileAddress {
	url: string;
	name?: unknown;
	mime?: unknown;
}

async function getAttachmentAddress(
	client: FeishuClient,
	id: string,
	{ type }: AttachmentSettings,
): Promise<FileAddress> {
	const { data } = await client.call(endpoints.getAttachment, { id, qs: { type } });
	const attachment = (data as IDataObject | undefined)?.attachment as IDataObject | undefined;
	if (typeof attachment?.url !== 'string') {
		throw new FeishuError({
			message: 'Feishu returned no download address for this attachment',
			reaction: 'fail',
			advice:
				"Check the option 'Attachment Type': attachments of background checks are of the type General.",
		});
	}
	return attachment as unknown as FileAddress;
}

/** A file that n8n has stored. */
export interface FetchedFile {
	data: IBinaryData;
	/** Bytes received. */
	received: number;
}

/** Whether the size is the one that Feishu lists; true if it lists none. */
export function isAsListed({ size }: AttachmentReference, received: number): boolean {
	const listed = parseInt(String(size), 10);
	return Number.isNaN(listed) || listed === received;
}

/** Fetches the file of an attachment; see {@link fetchFile}. */
export async function fetchAttachment(
	context: IExecuteFunctions,
	client: FeishuClient,
	reference: AttachmentReference & { id: string },
	settings: AttachmentSettings,
): Promise<FetchedFile> {
	return await fetchFile(
		context,
		client,
		reference,
		settings,
		async () => await getAttachmentAddress(client, reference.id, settings),
	);
}

/**
 * Fetches a file and passes it to n8n, which stores it by its binary mode. Gets the address right
 * before use, and again after a failure, because it may have expired. Fetches a file once more if
 * its size differs from the listed one; the second result counts.
 *
 * @param addressOf gets the address
 * @throws TooLargeError if the file is larger than allowed
 * @throws FeishuError naming the file if it cannot be fetched
 * @throws StoppedError if the execution is stopped
 */
export async function fetchFile(
	context: IExecuteFunctions,
	client: FeishuClient,
	reference: AttachmentReference & { id: string },
	{ maxBytes }: Pick<DownloadLimits, 'maxBytes'>,
	addressOf: () => Promise<FileAddress>,
): Promise<FetchedFile> {
	const attempts = new Attempts();
	let wasUnexpected = false;
	const { signal, timeoutMs } = client;
	const limits = { maxBytes, timeoutMs, allowLoopback: client.isOnThisMachine };
	attempts.begin();
	for (;;) {
		const info = await addressOf();
		let file: OpenedFile | undefined;
		let failure: Failure;
		try {
			file = await untilStopped(download(context, info.url, limits, signal), signal);
			const stored = store(context, file, info, reference);
			const data = await untilStopped(whileMoving(stored, file, timeoutMs), signal);
			const received = file.bytes();
			const isExpected = isAsListed(reference, received);
			if (!isExpected && received < file.announced) throw cutOff();
			if (isExpected || wasUnexpected) return { data, received };
			wasUnexpected = true;
			continue;
		} catch (error) {
			throwIfStopped(signal);
			if (error instanceof TooLargeError) return Promise.reject(error);
			failure =
				error instanceof FeishuError
					? error.failure
					: networkFailure(error, info.url, [info.url], FILE_HOST);
		}
		const next = attempts.failed(failure);
		// A fresh address may work, whatever was wrong with this one.
		const isBadAddress = !file && failure.reaction === 'fail';
		if (isBadAddress && attempts.faults === 1) continue;
		if (next.step !== 'retry') throw attempts.error(failure);
		await wait(next.waitMs, signal);
	}
}

async function store(
	context: IExecuteFunctions,
	file: OpenedFile,
	{ name, mime }: FileAddress,
	reference: AttachmentReference & { id: string },
): Promise<IBinaryData> {
	const mimeType = mimeTypeOf(mime) ?? mimeTypeOf(file.contentType) ?? 'application/octet-stream';
	const fileName = safeFileName(name || reference.name, `attachment-${reference.id}`);
	try {
		return await context.helpers.prepareBinaryData(file.stream, fileName, mimeType);
	} catch (error) {
		return Promise.reject(file.failure() ?? notStored(error));
	}
}

/** The media type without parameters: n8n's editor shows a file only if it knows the bare type. */
const mimeTypeOf = (text: unknown): string | undefined =>
	typeof text === 'string' ? /^[\w.+-]+\/[\w.+-]+(?=\s*(;|$))/.exec(text)?.[0] : undefined;

const cutOff = () =>
	new FeishuError({
		message: 'The file download was cut off',
		reaction: 'retry',
		advice: 'Run the workflow again later.',
	});

const notStored = (error: unknown) =>
	new FeishuError({
		message: 'n8n could not store the file',
		reaction: 'fail',
		advice: `n8n says: ${plainText(error instanceof Error ? error.message : '')}. Check the disk space of n8n and its settings for binary data.`,
	});
