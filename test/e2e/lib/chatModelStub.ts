import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message of a conversation in OpenAI's API; only the fields that are used here. */
export interface ChatMessage {
	role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
	content?: unknown;
}

/** The body of a request for the next message. */
export interface ChatRequest {
	model: string;
	messages: ChatMessage[];
	tools?: Array<{
		function: { name: string; description: string; parameters: Record<string, unknown> };
	}>;
	stream?: boolean;
}

/** What the model says next: text, or a call of a tool. */
export type ChatReply = string | { tool: string; arguments: Record<string, unknown> };

export interface ChatModelStub {
	/** The Base URL for n8n's "OpenAI" credential. */
	url: string;
	requests: ChatRequest[];
	close(): Promise<void>;
}

/**
 * Serves `POST /v1/chat/completions` on a loopback port, as a whole or as a stream, as OpenAI's API
 * reference describes it. A function acts as the model.
 */
export async function startChatModelStub(
	reply: (request: ChatRequest) => ChatReply,
): Promise<ChatModelStub> {
	const requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const asked = await read(request);
			if (!asked) {
				response.writeHead(404).end();
				return;
			}
			requests.push(asked);
			const said = reply(asked);
			if (asked.stream) {
				response.writeHead(200, { 'Content-Type': 'text/event-stream' });
				for (const chunk of chunks(asked.model, said)) {
					response.write(`data: ${JSON.stringify(chunk)}\n\n`);
				}
				response.end('data: [DONE]\n\n');
			} else {
				response.writeHead(200, { 'Content-Type': 'application/json' });
				response.end(JSON.stringify(completion(asked.model, said)));
			}
		})();
	});
	server.unref();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		close: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

async function read(request: IncomingMessage): Promise<ChatRequest | undefined> {
	const body = await text(request);
	if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return undefined;
	return JSON.parse(body) as ChatRequest;
}

function completion(model: string, said: ChatReply) {
	return {
		...head('chat.completion', model),
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...content(said) },
				finish_reason: reasonOf(said),
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/** The message in one chunk, then the end of the stream. */
function chunks(model: string, said: ChatReply) {
	const chunk = { ...head('chat.completion.chunk', model) };
	const delta = { role: 'assistant', ...content(said) };
	return [
		{ ...chunk, choices: [{ index: 0, delta, finish_reason: null }] },
		{ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: reasonOf(said) }] },
	];
}

const head = (object: string, model: string) => ({
	id: 'chatcmpl-stub',
	object,
	created: Math.floor(Date.now() / 1000),
	model,
});

const reasonOf = (said: ChatReply) => (typeof said === 'string' ? 'stop' : 'tool_calls');

function content(said: ChatReply) {
	if (typeof said === 'string') return { content: said };
	const { tool, arguments: input } = said;
	const call = { name: tool, arguments: JSON.stringify(input) };
	return {
		content: null,
		tool_calls: [{ index: 0, id: 'call_stub', type: 'function', function: call }],
	};
}
