const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The fields of the credential that say where Feishu is. */
export interface Region {
	/** Base URL of the region, or `custom`. */
	region: string;
	customBaseUrl?: string;
}

const REGIONS = ['https://open.feishu.cn', 'https://open.larksuite.com'];

/** Whether somebody has entered it: only then there is a field to check. */
export const isCustom = (baseUrl: string): boolean => !REGIONS.includes(baseUrl);

/** True when the URL may be called: https, or plain http on the machine itself (a sandbox, a test). */
export function isSecureOrLoopback(url: URL): boolean {
	return (
		url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname))
	);
}

/**
 * The origin that a credential's requests go to, such as `https://open.feishu.cn`, without a path.
 * A path, a query or a trailing slash of a custom base URL is cut off, so that it can redirect no
 * request elsewhere; user info in it is refused.
 *
 * @throws Error in plain words when the base URL cannot be used
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
			'The Custom Base URL must start with https:// (http:// is accepted for this machine only: localhost, 127.0.0.1).',
		);
	}
	return url.origin;
}

function notAUrl(): Error {
	return new Error('The Custom Base URL is not a URL. It should look like https://open.feishu.cn.');
}
