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
import { withTimeout, withTransferSignal } from './abort';

/** The contexts that nodes run in, and those that fill their lists. */
export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

const TENANT_ACCESS_URL_PATH = '/open-apis/auth/v3/tenant_access_token/internal';

/** Options that make n8n's helper hand over every answer as it is: `answer.ts` judges it. */
const AS_IT_IS = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	// Feishu never redirects API calls, and a redirect would carry the token elsewhere.
	disableFollowRedirect: true,
} as const;

/** A JSON body as text: n8n's helper drops an empty object together with its Content-Type. */
function jsonBody(body: IDataObject) {
	return {
		body: JSON.stringify(body),
		headers: { 'Content-Type': 'application/json; charset=utf-8' },
	};
}

/**
 * Asks the token endpoint. Source: Feishu "自建应用获取 tenant_access_token".
 *
 * @throws what n8n's helper throws when no answer came
 */
export async function sendTokenRequest(
	{ httpRequest }: IHttpRequestHelper['helpers'],
	{ baseUrl, appId, appSecret }: App,
): Promise<Answer> {
	const timeout = retryLimits.tokenTimeoutMs;
	return await withTransferSignal(async (abortSignal) => {
		const answer = httpRequest({
			method: 'POST',
			url: baseUrl + TENANT_ACCESS_URL_PATH,
			...jsonBody({ app_id: appId, app_secret: appSecret }),
			...AS_IT_IS,
			timeout,
			abortSignal,
		});
		return (await withTimeout(answer, timeout)) as Answer;
	});
}

/** An API of Feishu: what all of its requests have in common. Sent twice, a request does the same as once. */
export interface Endpoint {
	/** Of its page in Feishu's documentation, the source of all that stands here. */
	title: string;
	method: IHttpRequestMethods;
	/** From the base URL on; `:id` stands for the ID of a record. */
	path: string;
	/** What its rate limit is counted by: endpoints with the same name share one. */
	budget: string;
	/** How many requests/s Feishu allows an app. */
	requestsPerSecond: number;
	/** Any one of these is enough; named when Feishu refuses for lack of a scope. */
	scopes: string[];
	/** Whether it changes a record: whoever stops a run wants to know what it did. */
	effect: 'read' | 'write';
}

/** A request to an API, without the token. */
export interface ApiRequest {
	/** Takes the place of `:id` in the path. */
	id?: string;
	qs?: IDataObject;
	body?: IDataObject;
	/** A form with files, in the place of `body`. */
	form?: Multipart;
}

/**
 * Sends a request with the token that the credential holds. With an empty one n8n renews it first,
 * through `preAuthentication`, and stores the new one (n8n, `credentials-helper.js`).
 *
 * @param abortSignal ends the transfer
 * @throws what n8n's helper throws when no answer came
 */
export async function sendApiRequest(
	context: NodeContext,
	credential: FeishuHireCredential,
	{ method, path }: Endpoint,
	{ id = '', qs, body, form }: ApiRequest,
	timeoutMs: number,
	abortSignal: AbortSignal,
): Promise<Answer> {
	// In an execution n8n's helper puts the execution's cancel signal in the place of `abortSignal`, in a
	// poll it does not. A context whose cancel signal is ours ends the transfer in both.
	const caller = Object.create(context, {
		getExecutionCancelSignal: { value: () => abortSignal },
	}) as NodeContext;
	// Handed over decrypted, so that n8n does not read the credential from its database each time.
	const data = credential as unknown as ICredentialDataDecryptedObject;
	return (await context.helpers.httpRequestWithAuthentication.call(
		caller,
		CREDENTIAL_TYPE,
		{
			method,
			url: baseUrlOf(credential) + path.replace(':id', encodeURIComponent(id)),
			qs,
			...(body && jsonBody(body)),
			// n8n's types know no form of our own; its helper hands it to axios as it is.
			...(form && { body: form as unknown as FormData }),
			...AS_IT_IS,
			timeout: timeoutMs,
			abortSignal,
		},
		{ credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data } },
	)) as Answer;
}

/** A stream as n8n's helpers take it: Node's Readable, whose module community nodes must not import. */
export type FileStream = Exclude<
	Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0],
	Buffer
>;

/** The answer with a stream as its body, and what ends the transfer. */
export interface FileAnswer extends Answer {
	body: FileStream;
	/**
	 * To be called in any case. To destroy the stream is not enough: axios wraps it (in n8n, which sets
	 * `maxContentLength`), and the connection behind it would stay open with whatever is unread.
	 */
	close: () => void;
}

/**
 * Opens a file at an address that authorises itself, without any credential.
 *
 * @param signal ends the transfer, too
 * @returns redirects are not followed
 * @throws what n8n's helper throws when no answer came
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
		// Packed on the way, a file that breaks off looks whole, and its length is not the announced one.
		headers: { 'Accept-Encoding': 'identity' },
		encoding: 'stream',
		...AS_IT_IS,
		timeout: timeoutMs,
		abortSignal: signal ? AbortSignal.any([signal, done.signal]) : done.signal,
	})) as Answer & { body: FileStream };
	return { ...answer, close: () => done.abort() };
}
