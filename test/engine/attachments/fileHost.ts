import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultAction } from '../../../sandbox';
import { jsonAnswer, jsonBody } from '../../../sandbox';

/** A host other than the API's, on loopback, that answers as a test requires. */
export interface FileHost {
	url: string;
	requests: IncomingMessage[];
	/** Answers whose connection is still open. */
	open: Set<ServerResponse>;
}

/** Starts hosts for the tests of a file. Each stops at the end of its test. */
export function useFileHost(): (
	answer: (response: ServerResponse, request: IncomingMessage) => void,
) => Promise<FileHost> {
	const closers: Array<() => void> = [];
	afterEach(() => closers.splice(0).forEach((close) => close()));
	return async (answer) => {
		const requests: IncomingMessage[] = [];
		const open = new Set<ServerResponse>();
		const server = createServer((request, response) => {
			requests.push(request);
			open.add(response);
			response.on('close', () => open.delete(response));
			answer(response, request);
		});
		closers.push(() => {
			server.close();
			server.closeAllConnections();
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, open };
	};
}

/** Changes the values that "Get attachment" returns. */
export const answering =
	(change: Record<string, unknown>): FaultAction =>
	(_request, answer) => {
		const { data } = jsonBody(answer) as { data: { attachment: object } };
		const attachment = { ...data.attachment, ...change };
		return jsonAnswer(200, { code: 0, msg: 'success', data: { attachment } });
	};
