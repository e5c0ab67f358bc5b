import type { Sandbox, SandboxApp } from '../../sandbox';

export const batchQueryPath = '/open-apis/hire/v1/external_background_checks/batch_query';
export const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal';
export const listName = 'external_background_check_id_list';

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed body; undefined when it is no JSON. */
	json: any;
}

/** Sends one request and reads the whole answer. */
export async function send(url: string, init: RequestInit = {}): Promise<Reply> {
	const response = await fetch(url, init);
	const text = await response.text();
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		json = undefined;
	}
	return { status: response.status, headers: response.headers, text, json };
}

/** POSTs a value as JSON; a string goes as it is. */
export async function post(
	url: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<Reply> {
	return await send(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
}

export async function askToken(sandbox: Sandbox, app: SandboxApp = sandbox.app): Promise<Reply> {
	return await post(sandbox.url + tokenPath, { app_id: app.appId, app_secret: app.appSecret });
}

export async function bearer(
	sandbox: Sandbox,
	app?: SandboxApp,
): Promise<{ authorization: string }> {
	const { json } = await askToken(sandbox, app);
	return { authorization: `Bearer ${json.tenant_access_token}` };
}

export type Query = (query?: Record<string, string>, body?: unknown) => Promise<Reply>;

/** batch_query with a token of its own, asked for once. */
export async function queryOf(sandbox: Sandbox): Promise<Query> {
	const headers = await bearer(sandbox);
	return async (query = {}, body = {}) =>
		await post(`${sandbox.url}${batchQueryPath}?${new URLSearchParams(query)}`, body, headers);
}

export function idsOf(reply: Reply): string[] {
	return (reply.json.data.items ?? []).map((check: { id: string }) => check.id);
}

/** Follows page_token to the end; gives up after 100 pages. */
export async function allPages(
	query: Query,
	parameters: Record<string, string>,
	body?: unknown,
): Promise<string[][]> {
	const pages: string[][] = [];
	let token: string | undefined;
	do {
		const reply = await query({ ...parameters, ...(token && { page_token: token }) }, body);
		pages.push(idsOf(reply));
		token = reply.json.data.has_more ? reply.json.data.page_token : undefined;
	} while (token !== undefined && pages.length < 100);
	return pages;
}
