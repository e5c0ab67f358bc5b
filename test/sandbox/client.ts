import axios from 'axios';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import type { Attachment, Check, ExternalApplication, Sandbox, SandboxApp } from '../../sandbox';

export const batchQueryPath = '/open-apis/hire/v1/external_background_checks/batch_query';
export const tokenPath = '/open-apis/auth/v3/tenant_access_token/internal';
export const hirePath = '/open-apis/hire/v1';
export const listName = 'external_background_check_id_list';

/** A talent, as batch_get_id returns it. */
export interface TalentId {
	talent_id: string;
	email?: string;
	mobile_code?: string;
	mobile_number?: string;
}

/** Everything that `data` of an answer can have here; the test knows which of it is there. */
export interface Data {
	items: Check[] | null;
	has_more: boolean;
	page_token: string;
	attachment: Attachment & { url: string; create_time: number | string };
	talent_list: TalentId[] | null;
	external_background_check: Check;
	external_application: ExternalApplication;
	/** In the answer to an upload. */
	id: string;
	name: string;
	url: string;
}

/** An answer of the tenant. */
export interface Envelope {
	code: number;
	msg: string;
	data: Data;
	error: {
		log_id: string;
		permission_violations: Array<{ subject: string }>;
		field_violations: Array<{ field: string }>;
	};
	/** In the flat answer of the token endpoint. */
	tenant_access_token: string;
	expire: number;
}

export interface Reply<T = Envelope> {
	status: number;
	headers: Record<string, string | undefined>;
	text: string;
	/** The parsed body; reading it throws if it is not JSON. */
	readonly json: T;
}

/** Accepts every status, leaves bodies as they are, and follows redirects as usual. */
const http = axios.create({
	validateStatus: () => true,
	responseType: 'text',
	transformResponse: [],
});

/** Sends one request and reads the whole answer. */
export async function send<T = Envelope>(
	url: string,
	config: AxiosRequestConfig = {},
): Promise<Reply<T>> {
	const response: AxiosResponse<string> = await http.request<string>({ url, ...config });
	const text = response.data;
	return {
		status: response.status,
		headers: response.headers as Record<string, string | undefined>,
		text,
		get json() {
			return JSON.parse(text) as T;
		},
	};
}

/** POSTs a value as JSON; sends a string as it is. */
export async function post<T = Envelope>(
	url: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<Reply<T>> {
	return await send<T>(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		data: typeof body === 'string' ? body : JSON.stringify(body),
	});
}

/** Fetches a file as bytes. */
export async function download(
	url: string,
	config: AxiosRequestConfig = {},
): Promise<AxiosResponse<Buffer>> {
	return await http.get<Buffer>(url, { responseType: 'arraybuffer', ...config });
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

/** Calls batch_query with its own token, requested once. */
export async function queryOf(sandbox: Sandbox): Promise<Query> {
	const headers = await bearer(sandbox);
	return async (query = {}, body = {}) =>
		await post(
			`${sandbox.url}${batchQueryPath}?${new URLSearchParams(query).toString()}`,
			body,
			headers,
		);
}

export type Call = (method: string, path: string, body?: unknown) => Promise<Reply>;

/** Calls any API of Hire with its own token, requested once; the path starts after `/hire/v1`. */
export async function callOf(sandbox: Sandbox, app?: SandboxApp): Promise<Call> {
	const headers = {
		...(await bearer(sandbox, app)),
		'content-type': 'application/json; charset=utf-8',
	};
	return async (method, path, body) =>
		await send(sandbox.url + (path.startsWith('/open-apis') ? path : hirePath + path), {
			method,
			headers,
			data: body === undefined ? undefined : JSON.stringify(body),
		});
}

export function idsIn(reply: Reply): string[] {
	return (reply.json.data.items ?? []).map((item) => item.id);
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
		pages.push(idsIn(reply));
		token = reply.json.data.has_more ? reply.json.data.page_token : undefined;
	} while (token !== undefined && pages.length < 100);
	return pages;
}
