const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The fields of the credential that say where Feishu is. */
export interface Region {
	/** Base URL of the region, or `custom`. */
	region: string;
	customBaseUrl?: string;
}

const REGIONS = ['https://open.feishu.cn', 'https://open.larksuite.com'];

/** Whether the user entered this URL: only then is there a field to check. */
export const isCustom = (baseUrl: string): boolean => !REGIONS.includes(baseUrl);

/** Whether the URL may be called: https, or plain http on this machine (a sandbox, a test). */
export function isSecureOrLoopback(url: URL): boolean {
	return (
		url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname))
	);
}

/**
 * The origin for a credential's requests, such as `https://open.feishu.cn`. Drops the path, query
 * and trailing slash of a custom base URL, so that it cannot redirect requests elsewhere. Rejects
 * user info.
 *
 * @throws Error, worded for the user, if the base URL cannot be used
 */
export function baseUrlOf({ region, customBaseUrl }: Region): string {
	const text = (region === 'custom' ? (customBaseUrl ?? '') : region).trim();
	if (text === '') {
		throw new Error('The credential has no base URL. Choose a region, or enter a Custom Base URL.');
	}
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw notAUrl();
	}
	if (url.username !== '' || url.password !== '') {
		throw new Error('The Custom Base URL must not contain a user name or a password.');
	}
	if (!isSecureOrLoopback(url)) {
		throw new Error(
			'The Custom Base URL must start with https://. Only localhost and 127.0.0.1 may use http://.',
		);
	}
	return url.origin;
}

function notAUrl(): Error {
	return new Error(
		'The Custom Base URL is not a valid URL. Enter one such as https://open.feishu.cn.',
	);
}
