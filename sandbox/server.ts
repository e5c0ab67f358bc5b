import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerControl, controlPath } from './control';
import { answerOrFault } from './faults/faultActions';
import { readUpload } from './hire/readUpload';
import { type Answer, EarlyAnswer, jsonBody, systemError } from './http/answers';
import { newLogId } from './http/logIds';
import type { Api, RequestRecord } from './http/request';
import { send } from './http/send';
import { apiOf, takeIn } from './router';
import type { Tenant } from './tenant';

/**
 * The tenant as an HTTP server that does not listen yet.
 * @param closing fires when the sandbox closes, and ends what is in progress
 * @param only the APIs of a host that is not the tenant's own
 */
export function createTenantServer(tenant: Tenant, closing: AbortSignal, only?: Api[]): Server {
	// Every waiting answer adds a listener.
	setMaxListeners(0, closing);
	// A client may keep a connection open for minutes between two tests, and must not find it closed.
	return createServer({ keepAliveTimeout: 10 * 60_000 }, (message, response) => {
		handle(tenant, recordOf(tenant, message, only), message, response, closing).catch(() => {
			// The client has gone or the sandbox is closing: there is nobody to answer.
			response.destroy();
		});
	});
}

async function handle(
	tenant: Tenant,
	request: RequestRecord,
	message: IncomingMessage,
	response: ServerResponse,
	closing: AbortSignal,
): Promise<void> {
	if (request.path.startsWith(controlPath)) {
		request.body = await readBody(message);
		await send(response, await guarded(request, () => answerControl(tenant, request)), closing);
		return;
	}
	tenant.log.push(request);
	request.n = tenant.log.length;
	const nth = tenant.faults.count(request.api);
	if (request.api === 'upload') {
		const type = request.headers['content-type'] ?? '';
		request.upload = await readUpload(message, type, tenant.options.keepUploadsUpTo);
	} else {
		request.body = await readBody(message);
	}
	const answer = await guarded(request, async () =>
		answerOrFault(tenant, request, nth, takeIn(tenant, request)),
	);
	const delayMs = tenant.options.latencyMs + (answer.delayMs ?? 0);
	if (delayMs > 0) await sleep(delayMs, undefined, { signal: closing });
	const headers = {
		date: new Date(tenant.now()).toUTCString(),
		'x-tt-logid': request.logId,
		'x-request-id': randomUUID(),
		...answer.headers,
	};
	const code = jsonBody(answer)?.code;
	if (typeof code === 'number') request.code = code;
	request.status = answer.status;
	request.status = await send(response, { ...answer, headers }, closing);
}

/** Any failure inside the sandbox is Hire's system error to the client, and is printed here. */
async function guarded(
	request: RequestRecord,
	work: () => Answer | Promise<Answer>,
): Promise<Answer> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof EarlyAnswer) return error.answer;
		console.error(`sandbox: ${request.method} ${request.path} failed:`, error);
		return systemError(request);
	}
}

function recordOf(tenant: Tenant, message: IncomingMessage, only?: Api[]): RequestRecord {
	const at = tenant.now();
	const { method = '', url = '/', headers, socket } = message;
	const cut = url.indexOf('?');
	const path = cut < 0 ? url : url.slice(0, cut);
	const api = apiOf(method, path);
	const search = new URLSearchParams(cut < 0 ? '' : url.slice(cut + 1));
	return {
		n: 0,
		at,
		api: only === undefined || only.includes(api) ? api : 'other',
		method,
		path,
		query: Object.fromEntries(search),
		headers: Object.fromEntries(
			Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
		),
		body: '',
		status: 0,
		logId: newLogId(at),
		remotePort: socket.remotePort ?? 0,
	};
}

async function readBody(message: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
