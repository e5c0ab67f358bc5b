import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './answers';

/** How many pieces per second a slow body is sent in. */
const piecesPerSecond = 20;

/**
 * Sends an answer in the way that its delivery says.
 * @param closing fires when the sandbox closes, and ends every wait
 * @returns the status that was sent; 0 if nothing was
 */
export async function send(
	response: ServerResponse,
	answer: Answer,
	closing: AbortSignal,
): Promise<number> {
	const { delivery } = answer;
	if (delivery?.kind === 'hang') return 0;
	if (delivery?.kind === 'reset') {
		response.socket?.resetAndDestroy();
		return 0;
	}
	if (delivery?.kind === 'no_http') {
		response.socket?.end('no HTTP\r\n\r\n');
		return 0;
	}
	const size = sizeOf(answer.body);
	response.writeHead(answer.status, { ...answer.headers, 'content-length': size });
	const end = delivery?.kind === 'cut' ? Math.floor(size / 2) : size;
	await writeBody(response, answer, end, closing);
	if (delivery?.kind === 'cut') response.socket?.destroy();
	else response.end();
	return answer.status;
}

/** Writes the first `end` bytes, as fast as the client reads and the delivery allows. */
async function writeBody(
	response: ServerResponse,
	answer: Answer,
	end: number,
	closing: AbortSignal,
): Promise<void> {
	const { body, delivery } = answer;
	const rate = delivery?.kind === 'slow' ? delivery.bytesPerSecond : undefined;
	let left = end;
	for await (const chunk of open(body)) {
		const part = chunk.subarray(0, left);
		left -= part.length;
		for (const piece of rate === undefined ? [part] : cut(part, rate / piecesPerSecond)) {
			if (response.destroyed) return;
			await new Promise<void>((resolve) => response.write(piece, () => resolve()));
			if (rate !== undefined) {
				await sleep(1000 / piecesPerSecond, undefined, { signal: closing });
			}
		}
		if (left === 0) return;
	}
}

function open(body: Answer['body']): Iterable<Buffer> | AsyncIterable<Buffer> {
	if (typeof body === 'string') return [Buffer.from(body)];
	if (Buffer.isBuffer(body)) return [body];
	return body.open();
}

function sizeOf(body: Answer['body']): number {
	if (typeof body === 'string') return Buffer.byteLength(body);
	return Buffer.isBuffer(body) ? body.length : body.size;
}

function* cut(bytes: Buffer, size: number): Generator<Buffer> {
	const step = Math.max(1, Math.floor(size));
	for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}
