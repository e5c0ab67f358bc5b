import { createHash } from 'crypto';
import { baseUrlOf, type Region } from './baseUrl';

/** Name of the credential type, as workflows store it. */
export const CREDENTIAL_TYPE = 'feishuHireApi';

/** The latest token in the credential. All fields are empty before the first one. */
export interface StoredToken {
	accessToken: string;
	/** Whose token it is: see {@link tokenOwnerOf}. */
	accessTokenOwner: string;
	/** Epoch ms, as text. From then on the token must be renewed. */
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

/** What n8n's editor shows in place of a hidden secret. If the public API saves it, the secret is lost. */
const BLANK_VALUE = '__n8n_BLANK_VALUE_';

/**
 * The app of a credential. Trims the fields: pasting often adds spaces, and Feishu rejects a secret
 * with one.
 *
 * @throws Error, worded for the user, if a field is not text or the base URL cannot be used
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

/** An expression, or a credential made through n8n's API, can put anything into a field. */
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

/** Whether the token belongs to this owner and is not due for renewal at `now` (epoch ms). */
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
