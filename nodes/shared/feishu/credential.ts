import { createHash } from 'crypto';
import { baseUrlOf, type Region } from './baseUrl';

/** Name of the credential type, as workflows store it. */
export const CREDENTIAL_TYPE = 'feishuHireApi';

/** What the credential holds about the token it was given last; all empty before the first. */
export interface StoredToken {
	accessToken: string;
	/** Whose token it is: see {@link tokenOwnerOf}. */
	accessTokenOwner: string;
	/** Epoch milliseconds, as text: from then on a new token is asked for. */
	accessTokenRenewAt: string;
}

/** The decrypted credential: the form's fields and the hidden ones beside them. */
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

/** What n8n's editor stores in the place of a secret that it hides: saved by the public API, it is no secret. */
const BLANK_VALUE = '__n8n_BLANK_VALUE_';

/**
 * The app that a credential is for. Spaces around what was entered are cut: they come along when it
 * is pasted, and Feishu calls a secret with one invalid.
 *
 * @throws Error in plain words when a field is no text, or when the base URL cannot be used
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

/** An expression, or a credential that was made by n8n's API, can put anything into a field. */
function textOf(label: string, value: unknown): string {
	if (typeof value === 'string' && !value.startsWith(BLANK_VALUE)) return value.trim();
	throw new Error(
		`The ${label} of the credential is not a text. Open the credential and enter the ${label} again.`,
	);
}

/**
 * A fingerprint of base URL, app ID and app secret. n8n keeps the hidden token when somebody edits
 * the credential, so a token counts only while this still matches.
 */
export function tokenOwnerOf({ baseUrl, appId, appSecret }: App): string {
	const text = JSON.stringify([baseUrl, appId, appSecret]);
	return createHash('sha256').update(text).digest('hex');
}

/** True while the token can be sent for this owner: it is theirs and not due for renewal at `now` (epoch ms). */
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

/** The token of a credential without what else is in there. */
export const tokenIn = (stored: StoredToken): StoredToken => ({
	accessToken: stored.accessToken,
	accessTokenOwner: stored.accessTokenOwner,
	accessTokenRenewAt: stored.accessTokenRenewAt,
});
