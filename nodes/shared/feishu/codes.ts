/**
 * What the client does about a refused request.
 * - `retry`: try again after a backoff
 * - `wait`: the app's rate limit is used up; wait until it resets
 * - `renewToken`: get a new tenant access token once, then repeat
 * - `fail`: repeating cannot help
 */
export type Reaction = 'retry' | 'wait' | 'renewToken' | 'fail';

export interface CodeEntry {
	/** What Feishu means, in plain words: the title of the error. */
	meaning: string;
	reaction: Reaction;
	/** What the n8n user can do about it. */
	advice: string;
	/** True if every further request of this app would fail the same way (credentials, scope, quota). */
	appWide?: true;
	/** n8n's term for it, if the reaction does not imply one. */
	cause?: Cause;
}

/** The quota is used up until the month ends; or the credential is right, but the app is not set up. */
export type Cause = 'quota-exhausted' | 'configuration-invalid';

const CHECK_CREDENTIAL =
	'Check that the App ID and App Secret match those under "Credentials & Basic Info" in the Feishu developer console. Also check that the region (Feishu or Lark) is the one of your app.';
const TRY_LATER =
	'Run the workflow again later. If it keeps happening, send Feishu support the log ID.';
const TOKEN_ADVICE =
	'Open the credential and save it again. If that does not help, check in the Feishu developer console that the app is enabled and installed in your tenant.';
const SCOPE_ADVICE =
	'In the Feishu developer console, add the scope under "Permissions & Scopes" (tenant token). Then withdraw any version that is still pending, publish a new one, and have it approved.';

const credentialError = (meaning: string): CodeEntry => ({
	meaning,
	reaction: 'fail',
	advice: CHECK_CREDENTIAL,
	appWide: true,
});
const tokenError = (meaning: string): CodeEntry => ({
	meaning,
	reaction: 'renewToken',
	advice: TOKEN_ADVICE,
	appWide: true,
});
const userToken = (meaning: string): CodeEntry => ({
	meaning,
	reaction: 'fail',
	advice: 'Use a Feishu Hire API credential with the App ID and App Secret of a self-built app.',
	appWide: true,
});
const appError = (meaning: string, advice: string): CodeEntry => ({
	meaning,
	reaction: 'fail',
	advice,
	appWide: true,
	cause: 'configuration-invalid',
});
const systemError = (meaning: string): CodeEntry => ({
	meaning,
	reaction: 'retry',
	advice: TRY_LATER,
});

/**
 * Every Feishu code that this package handles. Other codes are shown as they are. Sources:
 * "查询外部背调列表" (1002001, 1002002), "批量获取人才简要信息" (1002009), "查询外部投递列表" (1002102), Feishu's generic
 * error-code list and its page on tenant access tokens (the others).
 */
export const FEISHU_CODES: Readonly<Record<number, CodeEntry>> = {
	// The credential
	10003: credentialError('Feishu does not recognize this App ID'),
	10005: credentialError('Feishu has not authorized this App ID'),
	10012: credentialError('Feishu issued no token for this app'),
	10013: credentialError('Feishu issued no tenant access token for this app'),
	10014: credentialError('Feishu refused the App ID or App Secret'),
	10015: credentialError('Feishu refused the App Secret'),
	20002: credentialError('The App ID and App Secret do not match'),
	99991543: credentialError('Feishu refused the App ID or App Secret'),

	// The token
	4001: tokenError('Feishu refused the tenant access token'),
	99991661: tokenError('Feishu found no access token in the request'),
	99991663: tokenError('The tenant access token is invalid or has expired'),
	99991664: tokenError('The app access token is invalid'),
	99991665: tokenError('The tenant access token does not belong to a known tenant'),
	99991671: tokenError('Feishu did not recognize the format of the access token'),
	99991668: userToken('This API needs a tenant access token, not a user access token'),
	1002003: userToken('This Feishu Hire API does not accept user access tokens'),
	99991677: {
		meaning: 'The user access token has expired',
		reaction: 'fail',
		advice:
			'This API needs a tenant access token. Use a Feishu Hire API credential with the App ID and App Secret of a self-built app.',
		appWide: true,
	},

	// App permissions
	99991672: appError('The app lacks a permission scope', SCOPE_ADVICE),
	99991676: appError('The access token lacks a permission', SCOPE_ADVICE),
	99991679: appError('The user has not authorized the app', SCOPE_ADVICE),
	99991401: appError(
		'The IP address of your n8n is not on the IP allow-list of the app',
		'In the Feishu developer console, open "Security Settings" and add the public IPv4 address of your n8n to the IP allow-list.',
	),
	99991662: appError('The app is disabled', 'Ask your Feishu administrator to enable the app.'),
	99991673: appError(
		'The app is not available in this tenant',
		'Publish the app, and ask your Feishu administrator to install it in your tenant.',
	),
	99991403: {
		meaning: 'The monthly API quota of the tenant is used up',
		reaction: 'fail',
		advice:
			'The quota resets on the first day of next month. Paid editions of Feishu have no quota.',
		appWide: true,
		cause: 'quota-exhausted',
	},

	// Rate limits
	99991400: {
		meaning: 'Feishu received too many requests from this app',
		reaction: 'wait',
		advice:
			"Run fewer workflows that use this app at the same time, or lower the option 'Requests per Second' where there is one.",
	},

	// Parameters
	1002002: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice:
			'Check the IDs and options. Feishu refuses IDs of another kind or from another tenant, and page tokens that have expired.',
	},
	99992402: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice: 'Check the fields that Feishu names.',
	},
	1002009: {
		meaning: 'Feishu did not accept the phone number',
		reaction: 'fail',
		advice:
			'Enter the phone number with its country code and without spaces, for example +8613812345678.',
	},
	1002102: {
		meaning: 'Feishu Hire cannot find this candidate',
		reaction: 'fail',
		advice:
			'Check the talent ID. The candidate may have been deleted, or may belong to another tenant.',
	},
	1002216: {
		meaning: 'The candidate is confidential',
		reaction: 'fail',
		advice:
			'Apps cannot read confidential candidates. Ask a recruiter to remove the confidential mark, or leave this candidate out.',
	},
	1000001: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice: 'Check the IDs. They must consist of digits only.',
	},
	9499: {
		meaning: 'Feishu did not understand the request',
		reaction: 'fail',
		advice:
			'Check the IDs and options. If they are right, report the log ID to the maintainers of this node.',
	},
	10001: { meaning: 'Feishu refused a parameter', reaction: 'fail', advice: 'Check the IDs.' },

	// Failures at Feishu
	1002001: systemError('Feishu Hire could not process the request'),
	1020001: systemError('Feishu Hire could not process the request'),
	1500: systemError('Feishu could not process the request'),
	1663: systemError('Feishu could not process the request'),
	1668: systemError('Feishu could not process the request'),
	2200: systemError('Feishu could not process the request'),
	5000: systemError('Feishu could not process the request'),
	10101: systemError('Feishu could not process the request'),
};

/** The codes that mean a missing scope. */
export const SCOPE_CODES: ReadonlySet<number> = new Set([99991672, 99991676, 99991679]);

/** For any code that is not in the table: shown with Feishu's own message, never retried. */
export const UNKNOWN_CODE: CodeEntry = {
	meaning: 'Feishu refused the request',
	reaction: 'fail',
	advice:
		'Look up the code in Feishu’s developer documentation, or send Feishu support the log ID.',
};

/** What is known about a code other than 0. */
export const entryOf = (code: number): CodeEntry => FEISHU_CODES[code] ?? UNKNOWN_CODE;
