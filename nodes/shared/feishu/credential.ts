import { createHash } from 'crypto';
import { baseUrlOf } from './baseUrl';

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
export interface FeishuHireCredential extends Partial<StoredToken> {
	/** Base URL of the region, or `custom`. */
	region: string;
	customBaseUrl?: string;
	appId: string;
	appSecret: string;
}

/**
 * A fingerprint of base URL, app ID and app secret. n8n keeps the hidden token when somebody edits
 * the credential, so a token counts only while this still matches.
 *
 * @throws Error in plain words when the base URL cannot be used
 */
export function tokenOwnerOf(credential: FeishuHireCredential): string {
	const { appId, appSecret } = credential;
	const text = JSON.stringify([baseUrlOf(credential), appId, appSecret]);
	if (lastOwner?.text !== text) {
		lastOwner = { text, owner: createHash('sha256').update(text).digest('hex') };
	}
	return lastOwner.owner;
}

/** The credential asks for each request; most often it is the same one again. */
let lastOwner: { text: string; owner: string } | undefined;

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
