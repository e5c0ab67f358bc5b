import { isCustom } from './baseUrl';
import { entryOf, type CodeEntry } from './codes';

/** Whether the request may have been carried out despite this status: a timeout, or a server fault. */
export const isServerFault = (status: number): boolean => status === 408 || status >= 500;

/** What to do if something other than Feishu answers. */
const addressAdvice = (baseUrl: string): string =>
	`${isCustom(baseUrl) ? 'Check the Custom Base URL of the credential. ' : ''}A proxy or firewall between n8n and Feishu may have answered instead.`;

/** Something between n8n and Feishu refused this request. It may accept others. */
const refused = (meaning: string, advice: string): CodeEntry => ({
	meaning,
	reaction: 'fail',
	advice,
});

/**
 * What a status means if no known code says more. The meaning names the status.
 *
 * @param baseUrl the base URL that was called
 * @param code the unknown code that came with it, if any
 */
export function statusEntryOf(status: number, baseUrl: string, code?: number): CodeEntry {
	const wrongAddress = (meaning: string): CodeEntry => ({
		meaning,
		reaction: 'fail',
		advice: addressAdvice(baseUrl),
		appWide: true,
	});
	const named = `(HTTP ${status}${code === undefined ? '' : `, code ${code}`})`;
	if (isServerFault(status)) {
		return {
			meaning: `Feishu or a gateway in front of it failed ${named}`,
			reaction: 'retry',
			advice: 'Run the workflow again later.',
		};
	}
	if (status >= 200 && status < 300) {
		return {
			meaning: 'The response from Feishu was empty, cut off or not JSON',
			reaction: 'retry',
			advice: addressAdvice(baseUrl),
		};
	}
	if (status >= 300 && status < 400) {
		return wrongAddress(`The server sent a redirect ${named}, which the node does not follow`);
	}
	switch (status) {
		case 401:
			return { ...entryOf(99991663), meaning: `Feishu refused the access token ${named}` };
		case 403:
			return refused(
				`A firewall or proxy refused the request ${named}`,
				'Ask your network administrator to let this request from n8n to Feishu through.',
			);
		case 404:
			return wrongAddress(`The server could not find this address ${named}`);
		case 407:
			return {
				meaning: `The proxy between n8n and Feishu requires a login ${named}`,
				reaction: 'fail',
				advice:
					'Ask your n8n administrator to add a user name and password to the proxy address (environment variable HTTPS_PROXY).',
				appWide: true,
				cause: 'configuration-invalid',
			};
		case 413:
			return refused(
				`The request is too large for a proxy in front of Feishu ${named}`,
				'Send a smaller file or shorter texts, or ask your network administrator to raise the limit of the proxy.',
			);
		case 414:
		case 431:
			return refused(
				`A text in the request is too long ${named}`,
				'Shorten the texts of this item, such as the name of the candidate.',
			);
		case 429:
			return { ...entryOf(99991400), meaning: `Feishu received too many requests ${named}` };
		default:
			return refused(
				`The request was refused without a code from Feishu ${named}`,
				'Check the values of this item, and any firewall or proxy between n8n and Feishu.',
			);
	}
}
