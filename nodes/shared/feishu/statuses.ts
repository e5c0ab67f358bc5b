import { isCustom } from './baseUrl';
import { entryOf, type CodeEntry } from './codes';

/** Whether the request may have been carried out despite this status: a timeout, or a server fault. */
export const isServerFault = (status: number): boolean => status === 408 || status >= 500;

/** What to do if something other than Feishu answers. */
const addressAdvice = (baseUrl: string): string =>
	`${isCustom(baseUrl) ? 'Check the Custom Base URL of the credential. ' : ''}A proxy or a firewall between n8n and Feishu can also cause this.`;

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
			meaning: `Feishu, or a gateway before it, failed ${named}`,
			reaction: 'retry',
			advice: 'Run the workflow again later.',
		};
	}
	if (status >= 200 && status < 300) {
		return {
			meaning: "The answer is not Feishu's JSON: it was empty, cut off or another page",
			reaction: 'retry',
			advice: addressAdvice(baseUrl),
		};
	}
	if (status >= 300 && status < 400) {
		return wrongAddress(`The server answered with a redirect ${named}, which is not followed`);
	}
	switch (status) {
		case 401:
			return { ...entryOf(99991663), meaning: `Feishu refused the access token ${named}` };
		case 403:
			return refused(
				`A firewall or a proxy refused the request ${named}`,
				'Ask whoever runs it to let this request of n8n to Feishu pass.',
			);
		case 404:
			return wrongAddress(`The server does not know this address ${named}`);
		case 407:
			return {
				meaning: `The proxy between n8n and Feishu wants credentials ${named}`,
				reaction: 'fail',
				advice:
					'Put user name and password into the address of the proxy, where n8n is given it (HTTPS_PROXY).',
				appWide: true,
				cause: 'configuration-invalid',
			};
		case 413:
			return refused(
				`The file or the text is larger than a proxy before Feishu takes ${named}`,
				'Send a smaller one, or ask whoever runs the proxy to raise its limit.',
			);
		case 414:
		case 431:
			return refused(
				`A text of the request is too long ${named}`,
				'Shorten the texts of this item: the name of a candidate becomes a part of the address.',
			);
		case 429:
			return { ...entryOf(99991400), meaning: `Feishu received too many requests ${named}` };
		default:
			return refused(
				`The request was refused, but not with a code of Feishu's ${named}`,
				'Check the values of this item, and what is between n8n and Feishu (firewall, proxy).',
			);
	}
}
