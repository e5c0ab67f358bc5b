import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import type { Answer } from './answer';
import { baseUrlOf } from './baseUrl';
import { CREDENTIAL_TYPE, type App, type FeishuHireCredential } from './credential';
import type { Multipart } from './multipart';
import { retryLimits } from './retryPolicy';
import { withDeadline } from './abort';

/** The contexts in which nodes run and load their lists. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

const TENANT_ACCESS_URL_PATH = '/open-apis/auth/v3/tenant_access_token/internal';

/** Makes n8n's helper return every answer as it is; `answer.ts` judges it. */
const AS_IT_IS = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	// Feishu never redirects API calls, and a redirect would carry the token elsewhere.
	disableFollowRedirect: true,
} as const;

/** A JSON body as text: n8n's helper drops an empty object and its Content-Type. */
function jsonBody(body: IDataObject) {
	return {
		body: JSON.stringify(body),
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
	};
}

/**
 * Calls the token endpoint. Source: Feishu "自建应用获取 tenant_access_token".
 *
 * @throws what n8n's helper throws if there is no answer
 */
export async function sendTokenRequest(
	{ httpRequest }: IHttpRequestHelper['helpers'],
	{ baseUrl, appId, appSecret }: App,
): Promise<Answer> {
	const timeout = retryLimits.tokenTimeoutMs;
	return await withDeadline(
		timeout,
		async (abortSignal) =>
			(await httpRequest({
				method: 'POST',
				url: baseUrl + TENANT_ACCESS_URL_PATH,
				...jsonBody({ app_id: appId, app_secret: appSecret }),
				...AS_IT_IS,
				timeout,
				abortSignal,
			})) as Answer,
	);
}

/** A Feishu endpoint: what all its requests share. Sending a request twice has the same effect as once. */
export interface Endpoint {
	/** The title of its page in Feishu's documentation, the source of all fields here. */
	title: string;
	method: IHttpRequestMethods;
	/** The path after the base URL; `:id` is replaced with a record's ID. */
	path: string;
	/** What its rate limit counts. Endpoints with the same budget share it. */
	budget: string;
	/** How many requests/s Feishu allows an app. */
	requestsPerSecond: number;
	/** Any one of these is enough. The error names them if a scope is missing. */
	scopes: string[];
	/** Whether it changes a record. After a stop, the user wants to know what was done. */
	effect: 'read' | 'write';
}

/** A request to an API, without the token. */
export interface ApiRequest {
	/** Replaces `:id` in the path. */
	id?: string;
	qs?: IDataObject;
	body?: IDataObject;
	/** A form with files, in place of `body`. */
	form?: Multipart;
}

/**
 * Sends a request with the credential's token.
 *
 * @param credential with a token: without one, n8n would call `preAuthentication` for each request
 * (n8n, `credentials-helper.js`)
 * @param abortSignal aborts the transfer
 * @throws what n8n's helper throws if there is no answer
 */
export async function sendApiRequest(
	context: NodeContext,
	credential: FeishuHireCredential,
	{ method, path }: Endpoint,
	{ id = '', qs, body, form }: ApiRequest,
	timeoutMs: number,
	abortSignal: AbortSignal,
): Promise<Answer> {
	// In an execution, n8n's helper replaces `abortSignal` with the execution's cancel signal; in a
	// poll it does not. A context that returns ours as its cancel signal aborts the transfer in both.
	const caller = Object.create(context, {
		getExecutionCancelSignal: { value: () => abortSignal },
	}) as NodeContext;
	// Already decrypted, so that n8n does not read the credential from its database for each request.
	const data = credential as unknown as ICredentialDataDecryptedObject;
	return (await context.helpers.httpRequestWithAuthentication.call(
		caller,
		CREDENTIAL_TYPE,
		{
			method,
			url: baseUrlOf(credential) + path.replace(':id', encodeURIComponent(id)),
			qs,
			...(body && jsonBody(body)),
			// n8n's types do not know our form; its helper passes it on to axios.
			...(form && { body: form as unknown as FormData }),
			...AS_IT_IS,
			timeout: timeoutMs,
			abortSignal,
		},
		{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data } },
	)) as Answer;
}

/** A stream as n8n's helpers take it: Node's Readable. Community nodes must not import its module. */
export type FileStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

/** An answer whose body is a stream, and a function that ends the transfer. */
export interface FileAnswer extends Answer {
	body: FileStream;
	/**
	 * Always call it. Destroying the stream is not enough: axios wraps it (because n8n sets
	 * `maxContentLength`), and the connection behind it would stay open with the unread rest.
	 */
	close: () => void;
}

/**
 * Opens a file whose URL carries its own authorization. Sends no credential and follows no
 * redirect.
 *
 * @param signal also aborts the transfer
 * @throws what n8n's helper throws if there is no answer
 */
export async function openFile(
	context: NodeContext,
	url: string,
	timeoutMs: number,
	signal?: AbortSignal,
): Promise<FileAnswer> {
	const done = new AbortController();
	const answer = (await context.helpers.httpRequest({
		url,
		// With compression, a truncated file looks complete, and its length differs from the announced
		// one.
		headers: { 'Accept-Encoding': 'identity' },
		encoding: 'stream',
		...AS_IT_IS,
		timeout: timeoutMs,
		abortSignal: signal ? AbortSignal.any([signal, done.signal]) : done.signal,
	})) as Answer & { body: FileStream };
	return { ...answer, close: () => done.abort() };
}
