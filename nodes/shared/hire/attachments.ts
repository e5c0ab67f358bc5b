import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { download, TooLargeError, whileMoving, type DownloadLimits } from '../feishu/download';
import { FeishuError, type Failure } from '../feishu/failure';
import { networkFailure } from '../feishu/networkFailure';
import type { FeishuClient } from '../feishu/request';
import { nextStep } from '../feishu/retryPolicy';
import { throwIfStopped, untilStopped, wait } from '../feishu/wait';
import { safeFileName } from './fileName';
import type { AttachmentReference } from './types';

const PATH = '/open-apis/hire/v1/attachments/';

const SCOPES = ['hire:attachment:readonly', 'hire:attachment'];

/** feishu-hire-api.md, 2.3 "Get attachment" */
const REQUESTS_PER_SECOND = 20;

export interface AttachmentSettings extends Omit<DownloadLimits, 'allowLoopback'> {
	/** 1 resume, 2 portfolio, 3 general attachment: the kind that background checks have (2.3). */
	type: number;
}

/** What Feishu tells about a file; the URL is good for half an hour. */
interface AttachmentInfo {
	url: string;
	name?: unknown;
	mime?: unknown;
}

async function getAttachmentInfo(
	client: FeishuClient,
	id: string,
	{ type, timeoutMs }: AttachmentSettings,
): Promise<AttachmentInfo> {
	const { data } = await client.call({
		method: 'GET',
		path: PATH + encodeURIComponent(id),
		qs: { type },
		api: 'attachment',
		scopes: SCOPES,
		requestsPerSecond: REQUESTS_PER_SECOND,
		timeoutMs,
	});
	const attachment = (data as IDataObject | undefined)?.attachment as IDataObject | undefined;
	if (typeof attachment?.url !== 'string') {
		throw new FeishuError({
			message: 'Feishu knows the attachment, but gives no address for it',
			reaction: 'fail',
			cure: 'Check the option Attachment Type: background checks have general attachments.',
		});
	}
	return attachment as unknown as AttachmentInfo;
}

/**
 * Fetches the file of an attachment and hands it to n8n, which stores it as its binary mode says. The
 * address is asked for right before it is used, and again when it does not work: it may have expired.
 *
 * @throws TooLargeError when the file is larger than allowed
 * @throws FeishuError naming the attachment when it cannot be had
 * @throws StoppedError when the execution is stopped
 */
export async function fetchAttachment(
	context: IExecuteFunctions,
	client: FeishuClient,
	reference: AttachmentReference & { id: string },
	settings: AttachmentSettings,
	signal?: AbortSignal,
): Promise<IBinaryData> {
	const history = { faults: 0, rejections: 0, renewed: false, elapsedMs: 0 };
	const startedAt = performance.now();
	for (;;) {
		const info = await getAttachmentInfo(client, reference.id, settings);
		let failure: Failure;
		try {
			return await untilStopped(store(context, client, info, reference, settings, signal), signal);
		} catch (error) {
			throwIfStopped(signal);
			if (error instanceof TooLargeError) return Promise.reject(error);
			failure = error instanceof FeishuError ? error.failure : networkFailure(error);
		}
		history.faults += 1;
		history.elapsedMs = performance.now() - startedAt;
		// A refused address is asked for once more, a broken transfer as often as any request.
		const isRefused = failure.httpStatus !== undefined && failure.httpStatus < 500;
		if (isRefused && history.faults === 1) continue;
		const next = nextStep(failure, history);
		if (next.step !== 'retry') throw new FeishuError(failure, `Tried ${history.faults} times.`);
		await wait(next.waitMs, signal);
	}
}

async function store(
	context: IExecuteFunctions,
	client: FeishuClient,
	{ url, name, mime }: AttachmentInfo,
	reference: AttachmentReference & { id: string },
	settings: AttachmentSettings,
	signal?: AbortSignal,
): Promise<IBinaryData> {
	const file = await download(
		context,
		url,
		{ ...settings, allowLoopback: client.isOnThisMachine },
		signal,
	);
	const mimeType = [mime, file.contentType, 'application/octet-stream'].find(
		(type): type is string => typeof type === 'string' && /^[\w.+-]+\/[\w.+-]+/.test(type),
	);
	const fileName = safeFileName(name ?? reference.name, `attachment-${reference.id}`);
	const stored = context.helpers.prepareBinaryData(file.stream, fileName, mimeType);
	return await whileMoving(stored, file, settings.timeoutMs);
}
