import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import {
	appOf,
	isUsable,
	tokenOwnerOf,
	type FeishuHireCredential,
} from '../nodes/shared/feishu/credential';
import { credentialTestRules } from '../nodes/shared/hire/credentialTestRules';
import { FeishuError } from '../nodes/shared/feishu/failure';
import { fetchTenantAccessToken } from '../nodes/shared/feishu/token';
import { endpoints } from '../nodes/shared/hire/endpoints';

/**
 * Marks the request of the credential test; `authenticate` removes it again. n8n means to renew the
 * token before each test but never does: its tester uses a node of type `noOp`, while its
 * credentials helper looks for `n8n-nodes-base.noOp`.
 */
const TEST_MARK = 'X-Credential-Test';

/** Credential objects whose token was fetched for the current request. n8n makes one object per request. */
const withFreshToken = new WeakSet<ICredentialDataDecryptedObject>();

export class FeishuHireApi implements ICredentialType {
	name = 'feishuHireApi';

	displayName = 'Feishu Hire API';

	icon: Icon = {
		light: 'file:../icons/feishuHire.svg',
		dark: 'file:../icons/feishuHire.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-feishu-hire/n8n-nodes-feishu-hire#set-up-the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Feishu (飞书)', value: 'https://open.feishu.cn' },
				{ name: 'Lark', value: 'https://open.larksuite.com' },
				{ name: 'Custom', value: 'custom' },
			],
			default: 'https://open.feishu.cn',
			description:
				'Choose Feishu if your developer console is at open.feishu.cn, or Lark if it is at open.larksuite.com',
		},
		{
			displayName: 'Custom Base URL',
			name: 'customBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://open.feishu.cn',
			description:
				'Address of the Open Platform for a private deployment, a gateway or a sandbox, without a path. It must use https, except on localhost.',
			displayOptions: { show: { region: ['custom'] } },
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. cli_a1b2c3d4e5f6a7b8',
			description:
				'App ID of your self-built app (自建应用). You find it in the Feishu developer console under "Credentials & Basic Info" (凭证与基础信息).',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'App Secret of the same app, shown on the same page',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Access Token Owner',
			name: 'accessTokenOwner',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'Access Token Renew At',
			name: 'accessTokenRenewAt',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
	];

	/**
	 * n8n calls this if there is no token, or if {@link authenticate} reports an expired one, and
	 * stores the result.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		try {
			const token = await fetchTenantAccessToken(
				this.helpers,
				credentials as unknown as FeishuHireCredential,
			);
			withFreshToken.add(credentials);
			return { ...token };
		} catch (error) {
			// The credential dialog and the HTTP Request node show only the message.
			throw error instanceof FeishuError ? new Error(inOneMessage(error)) : error;
		}
	}

	/** Adds the token to a request, but only if it goes to the credential's own base URL. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		const credential = credentials as unknown as FeishuHireCredential;
		const app = appOf(credential);
		const { baseUrl } = app;
		const { [TEST_MARK]: isTest, ...headers } = requestOptions.headers ?? {};
		// The test's URL is a path without a host, like that of all our requests.
		if (isTest !== undefined) requestOptions.baseURL = baseUrl;
		if (originOf(requestOptions) !== baseUrl) {
			throw new Error(
				`This credential sends its token only to ${baseUrl}. Use a URL that starts with it, or choose another region in the credential.`,
			);
		}
		// A stored token says nothing about the secret, which may have been reset at Feishu since.
		const isTooOld = isTest !== undefined && !withFreshToken.has(credentials);
		if (isTooOld || !isUsable(credential, tokenOwnerOf(app), Date.now())) {
			// n8n renews a token only on HTTP 401 (n8n-core, request-helpers/authentication.js), which
			// Feishu never sends for an expired one. So raise a 401 here, before the expired token goes
			// out.
			throw Object.assign(new Error('The tenant access token has expired'), {
				response: { status: 401 },
			});
		}
		requestOptions.headers = {
			...headers,
			Authorization: `Bearer ${credential.accessToken}`,
		};
		// By default, n8n follows any redirect with the token.
		requestOptions.sendCredentialsOnCrossOriginRedirect = false;
		return requestOptions;
	};

	/**
	 * Requests one background check, which needs the app ID, the secret (for the token) and the
	 * scope. Judges the answer by its code, because Feishu reports failures with HTTP 200 too.
	 */
	test: ICredentialTestRequest = {
		request: {
			// `authenticate` replaces this, so that one place handles custom URLs.
			baseURL: '={{ $credentials.region }}',
			url: endpoints.queryChecks.path,
			method: 'POST',
			qs: { page_size: 1 },
			headers: { 'Content-Type': 'application/json; charset=utf-8', [TEST_MARK]: 'true' },
			body: '{}' as unknown as IDataObject,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		},
		rules: credentialTestRules(),
	};
}

function inOneMessage({
	failure: { message, feishuMessage, reason, advice },
}: FeishuError): string {
	const said = feishuMessage
		? `Feishu says "${feishuMessage}". `
		: reason
			? `Reason: ${reason}. `
			: '';
	return `${message}. ${said}${advice}`;
}

/** n8n's HTTP Request node sets `uri`. Its helpers set `url` and, in a test, `baseURL`. */
function originOf(options: IHttpRequestOptions & { uri?: string }): string | undefined {
	try {
		return new URL(options.url ?? options.uri ?? '', options.baseURL).origin;
	} catch {
		return undefined;
	}
}
