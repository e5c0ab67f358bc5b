import { createHash } from 'crypto';
import { baseUrlOf, type Region } from './baseUrl';

/** Name of the credential type, as workflows store it. */
export const CREDENTIAL_TYPE = 'feishuHireApi';

/** The latest token in the credential; all empty before the first. */
export interface StoredToken {
	accessToken: string;
	/** Whose token it is: see {@link tokenOwnerOf}. */
	accessTokenOwner: string;
	/** Epoch ms, as text: from then on the token must be renewed. */
	accessTokenRenewAt: string;
}

/** The decrypted credential: the form's fields and the hidden ones. */
export interface FeishuHireCredential extends Region, Partial<StoredToken> {
	appId: string;
	appSecret: string;
}

/** A self-built app at Feishu, and where Feishu is. */
export interface App {
	/** Such as `https://open.feishu.cn`. */
	baseUrl: string;
	appId: string;
	appSecret: string;
}

/** What n8n's editor stores in place of a hidden secret: if the public API saves it, it is no secret. */
const BLANK_VALUE = '__n8n_BLANK_VALUE_';

/**
 * The app of a credential. Trims what was entered: spaces slip in when it is pasted, and Feishu
 * calls a secret with one invalid.
 *
 * @throws Error in plain words if a field is no text, or if the base URL cannot be used
 */
export function appOf({ region, customBaseUrl, appId, appSecret }: FeishuHireCredential): App {
	return {
		baseUrl: baseUrlOf(
			region === 'custom'
				? { region, customBaseUrl: textOf('Custom Base URL', customBaseUrl ?? '') }
				: { region: textOf('Region', region) },
		),
		appId: textOf('App ID', appId),
		appSecret: textOf('App Secret', appSecret),
	};
}

/** An expression, or a credential made by n8n's API, can put anything into a field. */
function textOf(label: string, value: unknown): string {
	if (typeof value === 'string' && !value.startsWith(BLANK_VALUE)) return value.trim();
	throw new Error(
		`The ${label} of the credential is not text. Open the credential and enter the ${label} again.`,
	);
}

/**
 * A fingerprint of base URL, app ID and app secret. n8n keeps the hidden token when somebody edits
 * the credential, so a token is valid only while this matches.
 */
export function tokenOwnerOf({ baseUrl, appId, appSecret }: App): string {
	const text = JSON.stringify([baseUrl, appId, appSecret]);
	return createHash('sha256').update(text).digest('hex');
}

/** Whether this owner can send the token: it is theirs and not due for renewal at `now` (epoch ms). */
export function isUsable(
	token: Partial<StoredToken>,
	owner: string,
	now: number,
): token is StoredToken {
	return (
		Boolean(token.accessToken) &&
		token.accessTokenOwner === owner &&
		Number(token.accessTokenRenewAt) > now
	);
}

/** The token of a credential, without the other fields. */
export const tokenIn = (stored: StoredToken): StoredToken => ({
	accessToken: stored.accessToken,
	accessTokenOwner: stored.accessTokenOwner,
	accessTokenRenewAt: stored.accessTokenRenewAt,
});
