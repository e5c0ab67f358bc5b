/**
 * What the client does about a refused request.
 * - `retry`: try again after a backoff; the request is a read, so repeating it is safe
 * - `wait`: the app's rate limit is used up; wait until it opens
 * - `renewToken`: ask for a new tenant access token once, then repeat
 * - `fail`: repeating cannot help
 */
export type Reaction = 'retry' | 'wait' | 'renewToken' | 'fail';

export interface CodeEntry {
	/** What Feishu means, in plain words: the title of the error. */
	meaning: string;
	reaction: Reaction;
	/** What the person in front of n8n can do about it. */
	advice: string;
	/** True when every further request of this app would fail alike (credentials, scope, quota). */
	appWide?: true;
}

const CHECK_CREDENTIAL =
	'Compare App ID and App Secret with "Credentials & Basic Info" of your app in the Feishu developer console, and check that the region (Feishu or Lark) is the one the app belongs to.';
const TRY_LATER =
	'This is on Feishu’s side. Run the workflow again later; give Feishu support the log ID if it stays.';
const TOKEN_ADVICE =
	'Open the credential and save it again. If it stays, check in the Feishu developer console that the app is enabled and installed in your tenant.';
const SCOPE_ADVICE =
	'In the Feishu developer console open "Permissions & Scopes", add the scope to the app (tenant token), publish a new version and have it approved.';

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
const systemError = (meaning: string): CodeEntry => ({
	meaning,
	reaction: 'retry',
	advice: TRY_LATER,
});

/**
 * Every Feishu code that this package acts on. Anything else that is not 0 is shown as it came.
 * Source: "查询外部背调列表" (1002001, 1002002), "批量获取人才简要信息" (1002009), "查询外部投递列表"
 * (1002102), Feishu's generic error-code list and its page on
 * tenant access tokens (the others).
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
	99991668: {
		meaning: 'This API needs a tenant access token, not a user access token',
		reaction: 'fail',
		advice: 'Use a Feishu Hire API credential of a self-built app.',
		appWide: true,
	},
	99991677: {
		meaning: 'The user access token has expired',
		reaction: 'fail',
		advice:
			'This API needs a tenant access token. Use a Feishu Hire API credential of a self-built app.',
		appWide: true,
	},

	// What the app may do
	99991672: {
		meaning: 'The app lacks a permission scope',
		reaction: 'fail',
		advice: SCOPE_ADVICE,
		appWide: true,
	},
	99991676: {
		meaning: 'The token lacks a permission',
		reaction: 'fail',
		advice: SCOPE_ADVICE,
		appWide: true,
	},
	99991679: {
		meaning: 'The user has not authorised the app',
		reaction: 'fail',
		advice: SCOPE_ADVICE,
		appWide: true,
	},
	99991401: {
		meaning: 'The IP address of this n8n is not on the allow-list of the app',
		reaction: 'fail',
		advice:
			'In the Feishu developer console open "Security Settings" and add the public IPv4 address of your n8n to the IP allow-list.',
		appWide: true,
	},
	99991662: {
		meaning: 'The app is disabled',
		reaction: 'fail',
		advice: 'Ask your Feishu administrator to enable the app.',
		appWide: true,
	},
	99991673: {
		meaning: 'The app is not available in this tenant',
		reaction: 'fail',
		advice: 'Publish the app and have it installed in your Feishu tenant.',
		appWide: true,
	},
	99991403: {
		meaning: 'The monthly API quota of the tenant is used up',
		reaction: 'fail',
		advice: 'The quota is reset on the first day of the month; a paid Feishu edition has none.',
		appWide: true,
	},

	// How fast it may do it
	99991400: {
		meaning: 'Feishu received too many requests from this app',
		reaction: 'wait',
		advice:
			'Run fewer workflows of this app at the same time, or lower Requests per Second in the options.',
	},

	// What was asked for
	1002002: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice:
			'Check the IDs and the options: an ID of another kind or another tenant, or a page token that is no longer valid, is refused like this.',
	},
	1002009: {
		meaning: 'Feishu refused a phone number',
		reaction: 'fail',
		advice:
			'Check the number and its country code: the number is sent without the code, which is 86 unless told otherwise.',
	},
	1002102: {
		meaning: 'Feishu does not know this candidate',
		reaction: 'fail',
		advice:
			'Check the talent ID: the candidate may have been deleted, or belong to another tenant.',
	},
	99992402: {
		meaning: 'Feishu refused a parameter',
		reaction: 'fail',
		advice: 'Check the fields that are named.',
	},
	9499: { meaning: 'Feishu did not understand the request', reaction: 'fail', advice: TRY_LATER },
	10001: { meaning: 'Feishu refused a parameter', reaction: 'fail', advice: 'Check the IDs.' },

	// Feishu's own troubles
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

/** Any code that is not in the table: shown with Feishu's own message, never retried. */
export const UNKNOWN_CODE: CodeEntry = {
	meaning: 'Feishu refused the request',
	reaction: 'fail',
	advice:
		'Look the code up in the error-code list of the Feishu developer documentation, or give Feishu support the log ID.',
};
