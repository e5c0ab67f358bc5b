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
	'Compare App ID and App Secret with "Credentials & Basic Info" of your app in the Feishu developer console, and check that the region (Feishu or Lark) is the one the app belongs to.';
const TRY_LATER =
	'This is on Feishu’s side. Run the workflow again later. If it keeps happening, give Feishu support the log ID.';
const TOKEN_ADVICE =
	'Open the credential and save it again. If that does not help, check in the Feishu developer console that the app is enabled and installed in your tenant.';
const SCOPE_ADVICE =
	'In the Feishu developer console open "Permissions & Scopes", add the scope to the app (tenant token), withdraw a version that is still pending (it does not contain the scope), publish a new one and have it approved.';

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
	advice: 'Use a Feishu Hire API credential of a self-built app.',
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
	10003: credentialError('Feishu does not know this App ID'),
	10005: credentialError('Feishu has not authorised this App ID'),
	10012: credentialError('Feishu gave no token for this app'),
	10013: credentialError('Feishu gave no tenant access token for this app'),
	10014: credentialError('Feishu refused the App ID or App Secret'),
	10015: credentialError('Feishu refused the App Secret'),
	20002: credentialError('App ID and App Secret do not belong together'),
	99991543: credentialError('Feishu refused the App ID or App Secret'),

	// The token
	4001: tokenError('Feishu refused the tenant access token'),
	99991661: tokenError('Feishu found no access token in the request'),
	99991663: tokenError('The tenant access token is invalid or has expired'),
	99991664: tokenError('The app access token is invalid'),
	99991665: tokenError('The tenant access token belongs to no known tenant'),
	99991671: tokenError('Feishu did not recognise the format of the access token'),
	99991668: userToken('This API needs a tenant access token, not a user access token'),
	1002003: userToken('This API of Feishu Hire does not take a user access token'),
	99991677: {
		meaning: 'The user access token has expired',
		reaction: 'fail',
		advice:
			'This API needs a tenant access token. Use a Feishu Hire API credential of a self-built app.',
		appWide: true,
	},

	// App permissions
	99991672: appError('The app lacks a permission scope', SCOPE_ADVICE),
	99991676: appError('The token lacks a permission', SCOPE_ADVICE),
	99991679: appError('The user has not authorised the app', SCOPE_ADVICE),
	99991401: appError(
		'The IP address of this n8n is not on the allow-list of the app',
		'In the Feishu developer console open "Security Settings" and add the public IPv4 address of your n8n to the IP allow-list.',
	),
	99991662: appError('The app is disabled', 'Ask your Feishu administrator to enable the app.'),
	99991673: appError(
		'The app is not available in this tenant',
		'Publish the app and have it installed in your Feishu tenant.',
	),
	99991403: {
		meaning: 'The monthly API quota of the tenant is used up',
		reaction: 'fail',
		advice: 'The quota is reset on the first day of the month; a paid Feishu edition has none.',
		appWide: true,
		cause: 'quota-exhausted',
	},

	// Rate limits
	99991400: {
		meaning: 'Feishu received too many requests from this app',
		reaction: 'wait',
		advice:
			'Run fewer workflows of this app at the same time, or lower Requests per Second in the options.',
	},

	// Parameters
	1002002: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice:
			'Check the IDs and the options: an ID of another kind or another tenant, or a page token that is no longer valid, is refused like this.',
	},
	99992402: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice: 'Check the fields that are named.',
	},
	1002009: {
		meaning: 'Feishu does not accept a mobile number',
		reaction: 'fail',
		advice:
			'Check the number and its country code: write it without spaces, with the code (such as +86) in front.',
	},
	1002102: {
		meaning: 'Feishu Hire does not know this candidate',
		reaction: 'fail',
		advice:
			'Check the talent ID: one of another tenant, or of a candidate that was deleted, is not known.',
	},
	1002216: {
		meaning: 'The candidate is confidential',
		reaction: 'fail',
		advice:
			'An app cannot read a confidential candidate. Ask a recruiter to take the mark off, or leave this candidate out.',
	},
	1000001: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice: 'Check the IDs: each is a text of digits, as Feishu Hire shows it.',
	},
	9499: {
		meaning: 'Feishu did not understand the request',
		reaction: 'fail',
		advice:
			'The request itself is wrong, so repeating it does not help. Check IDs and options; tell the maintainers of this node, with the log ID, if they are right.',
	},
	10001: { meaning: 'Feishu refused a parameter', reaction: 'fail', advice: 'Check the IDs.' },

	// Failures at Feishu
	1002001: systemError('Feishu Hire could not process the request just now'),
	1020001: systemError('Feishu Hire could not process the request just now'),
	1500: systemError('Feishu could not process the request just now'),
	1663: systemError('Feishu could not process the request just now'),
	1668: systemError('Feishu could not process the request just now'),
	2200: systemError('Feishu could not process the request just now'),
	5000: systemError('Feishu could not process the request just now'),
	10101: systemError('Feishu could not process the request just now'),
};

/** The codes that mean a missing scope. */
export const SCOPE_CODES: ReadonlySet<number> = new Set([99991672, 99991676, 99991679]);

/** For any code that is not in the table: shown with Feishu's own message, never retried. */
export const UNKNOWN_CODE: CodeEntry = {
	meaning: 'Feishu refused the request',
	reaction: 'fail',
	advice:
		'Look the code up in the error-code list of the Feishu developer documentation, or give Feishu support the log ID.',
};

/** What is known about a code other than 0. */
export const entryOf = (code: number): CodeEntry => FEISHU_CODES[code] ?? UNKNOWN_CODE;
