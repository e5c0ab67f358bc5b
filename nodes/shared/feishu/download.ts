import { isSecureOrLoopback } from './baseUrl';
import { FeishuError } from './failure';
import { openFile, type FileAnswer, type FileStream, type NodeContext } from './http';
import { FILE_HOST, networkFailure } from './networkFailure';
import { wait } from './abort';

const MAX_REDIRECTS = 5;

/** HTTP statuses below 500 that may pass: timeout, too many requests. */
const PASSING = new Set([408, 429]);

/** The file exceeds the limit. `bytes` is the announced size, or what has come so far. */
export class TooLargeError extends Error {
	constructor(readonly bytes: number) {
		super('The file is too large');
	}
}

/** A file that is being transferred. */
export interface OpenedFile {
	/** Fails with a TooLargeError after more bytes than allowed. */
	stream: FileStream;
	contentType?: string;
	/** Bytes that the server announced; 0 if it announced none. */
	announced: number;
	/** Bytes received so far. */
	bytes: () => number;
	/** Why the file is incomplete, if it is: a TooLargeError, or what the connection threw. */
	failure: () => unknown;
	/** Ends the transfer. Always call it. */
	close: () => void;
}

export interface DownloadLimits {
	timeoutMs: number;
	maxBytes: number;
	/** Whether plain http and this machine are allowed: for sandboxes, only if the API itself is there. */
	allowLoopback: boolean;
}

/**
 * Opens a file whose URL carries its own authorization. Checks and follows redirects. Sends no
 * credential.
 *
 * @throws TooLargeError if the server says that the file is larger than `maxBytes`
 * @throws FeishuError if the address is refused, the host cannot be reached, or the answer is not
 * HTTP 200
 */
export async function download(
	context: NodeContext,
	address: string,
	limits: DownloadLimits,
	signal?: AbortSignal,
): Promise<OpenedFile> {
	let url = checkedUrl(address, undefined, limits);
	for (let redirects = 0; ; redirects++) {
		const { href } = url;
		const answer = await openFile(context, href, limits.timeoutMs, signal).catch(
			(error: unknown) => {
				throw new FeishuError(networkFailure(error, href, [address, href], FILE_HOST));
			},
		);
		const { location } = answer.headers;
		const isRedirect = answer.statusCode >= 300 && answer.statusCode < 400;
		if (!isRedirect || typeof location !== 'string') return opened(answer, limits.maxBytes);
		answer.close();
		if (redirects === MAX_REDIRECTS) throw refused('redirects too often');
		url = checkedUrl(location, url, limits);
	}
}

/** Checks the final answer, after any redirects. */
function opened({ statusCode, headers, body, close }: FileAnswer, maxBytes: number): OpenedFile {
	const announced = Number(headers['content-length'] ?? 0);
	if (statusCode !== 200) {
		close();
		throw new FeishuError({
			message: `The file could not be downloaded (HTTP ${statusCode})`,
			reaction: PASSING.has(statusCode) || statusCode >= 500 ? 'retry' : 'fail',
			advice: 'Run the workflow again later.',
			httpStatus: statusCode,
		});
	}
	if (announced > maxBytes) {
		close();
		throw new TooLargeError(announced);
	}
	const contentType = headers['content-type'];
	return {
		...counted(body, maxBytes),
		contentType: typeof contentType === 'string' ? contentType : undefined,
		announced,
		close,
	};
}

/** Passes a stream through until it exceeds the limit. */
function counted(source: FileStream, maxBytes: number) {
	let bytes = 0;
	const tooLarge = () => (bytes > maxBytes ? new TooLargeError(bytes) : undefined);
	const stream = source.map((chunk: Buffer) => {
		bytes += chunk.length;
		const error = tooLarge();
		if (error) throw error;
		return chunk;
	});
	return {
		stream,
		bytes: () => bytes,
		failure: () => tooLarge() ?? source.errored ?? undefined,
	};
}

/**
 * Settles as `work` does, but rejects if the transfer stalls: n8n's timeout ends with the first
 * byte of the answer. Always ends the transfer.
 *
 * @throws FeishuError if no byte arrives for `timeoutMs`
 */
export async function whileMoving<T>(
	work: Promise<T>,
	file: OpenedFile,
	timeoutMs: number,
): Promise<T> {
	const done = new AbortController();
	async function watch(): Promise<never> {
		for (let before = -1; before !== file.bytes(); ) {
			before = file.bytes();
			await wait(timeoutMs, done.signal);
		}
		throw new FeishuError({
			message: 'The file download stalled',
			reaction: 'retry',
			advice: 'Run the workflow again later.',
		});
	}
	try {
		return await Promise.race([work, watch()]);
	} finally {
		done.abort();
		file.close();
	}
}

function checkedUrl(address: string, base: URL | undefined, limits: DownloadLimits): URL {
	let url: URL | undefined;
	try {
		url = new URL(address, base);
	} catch {
		url = undefined;
	}
	if (!url || url.username !== '' || url.password !== '') throw refused('is not a plain URL');
	const isPlain = url.protocol !== 'https:';
	if (!isSecureOrLoopback(url) || (isPlain && !limits.allowLoopback)) {
		throw refused('does not use https');
	}
	return url;
}

const refused = (why: string) =>
	new FeishuError({
		message: `The file was not downloaded, because its address ${why}`,
		reaction: 'fail',
		advice:
			'If it keeps happening, report it to the maintainers of this node or to Feishu support.',
	});
