import { isCustom } from './baseUrl';
import type { Failure } from './failure';
import { plainText } from './plainText';

/** The TLS handshake failed, and would fail again. Errors of an established connection do not count. */
const HANDSHAKE = /CERT|TLS|SIGNATURE|SSL(?!.*(BAD_RECORD|DECRYPT|CLOSE|EOF))/;

/** Codes of Node and axios for a request that they cannot send, for example because of an invalid URL. */
const NOT_SENDABLE = /^ERR_\w*(INVALID|UNSUPPORTED|REDIRECT|BAD_OPTION|CANCELED)/;

/** Codes of Node's HTTP parser. */
const NOT_HTTP = /^HPE_/;

const IN_WORDS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ECONNRESET: 'the connection was lost',
	EPIPE: 'the connection was lost',
	ECONNABORTED: 'the request timed out',
	ETIMEDOUT: 'the request timed out',
	ESOCKETTIMEDOUT: 'the request timed out',
	ENOTFOUND: 'the host name was not found',
	EAI_AGAIN: 'the host name could not be looked up',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	ERR_BAD_RESPONSE: 'the response was cut off',
	EPROTO: 'the TLS handshake failed',
};

/** No connection was made. EPROTO: TLS failed before Node had written the whole request. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EPROTO']);

/**
 * An HTTP status in place of a code. Our requests accept every status, so a status in an error
 * means that the answer broke off: n8n 1.x keeps no code then.
 */
const STATUS = /^\d{3}$/;

interface HelperError {
	/** From axios: `ECONNRESET` and the like. */
	code?: unknown;
	/** From a NodeApiError of `httpRequestWithAuthentication`: the same code, or the HTTP status as text. */
	httpCode?: unknown;
	message?: unknown;
	name?: unknown;
	/** From n8n 1.x. TLS errors are nested one level deeper. */
	cause?: { code?: unknown; name?: unknown; cause?: { code?: unknown; name?: unknown } };
}

/** Names of the errors with which n8n 2 itself refuses an address (`N8N_SSRF_PROTECTION_ENABLED`). */
const FORBIDDEN = /^SsrfBlocked/;

/** The setting that makes n8n allow a host: its name, or its address as a range of one. */
function allowance(hostname: string): string {
	const [, ipv4, ipv6] = /^([\d.]+)$|^\[(.+)\]$/.exec(hostname) ?? [];
	if (ipv4) return `${ipv4}/32 to N8N_SSRF_ALLOWED_IP_RANGES`;
	if (ipv6) return `${ipv6}/128 to N8N_SSRF_ALLOWED_IP_RANGES`;
	return `${hostname} to N8N_SSRF_ALLOWED_HOSTNAMES`;
}

/** What a request was sent to, in the words of its error. */
interface Target {
	/** The start of the title: "… could not be reached". */
	name: string;
	/** Whether every further request would fail the same way. */
	appWide: boolean;
	/** Whether the address comes from a field of the credential. */
	isEntered: (origin: string) => boolean;
}

const OPEN_PLATFORM: Target = { name: 'Feishu', appWide: true, isEntered: isCustom };

/** A host of Feishu's for files. No user enters its address, and the next file may be on another host. */
export const FILE_HOST: Target = {
	name: 'The file server',
	appWide: false,
	isEntered: () => false,
};

/** What is wrong with a certificate, and the remedy, by OpenSSL's code. */
const CERTIFICATES: Array<[code: RegExp, problem: (host: string) => string, cure: string]> = [
	[
		/EXPIRED/,
		(host) => `the certificate of ${host} has expired`,
		'Ask whoever runs that server, or a proxy in front of it, to renew the certificate. Also check the clock of the machine that runs n8n.',
	],
	[
		/NOT_YET_VALID/,
		(host) => `the certificate of ${host} is not valid yet`,
		'Check the clock of the machine that runs n8n.',
	],
	[
		/ALTNAME/,
		(host) => `the certificate received for ${host} belongs to another host`,
		'A proxy or firewall may have answered instead. Ask your network administrator.',
	],
	[
		/SELF_SIGNED|UNABLE_TO|UNTRUSTED|INVALID_CA/,
		(host) => `n8n does not trust the issuer of the certificate of ${host}`,
		'If your company has its own certificate authority, ask your n8n administrator to add its certificate to n8n (environment variable NODE_EXTRA_CA_CERTS).',
	],
	[
		/./,
		(host) => `no secure connection to ${host} could be made`,
		'A proxy or firewall may be blocking it. Ask your network administrator.',
	],
];

/**
 * Interprets what n8n's request helpers throw if there is no answer: an AxiosError (`httpRequest`)
 * or a NodeApiError (`httpRequestWithAuthentication`, which has the code in `httpCode` in every n8n
 * version). Puts codes into words, because NodeApiError replaces a message that contains one.
 *
 * @param address the URL that was called; the message names only its host
 * @param secrets texts that no message may show
 */
export function networkFailure(
	error: unknown,
	address: string,
	secrets: readonly string[] = [],
	{ name, appWide, isEntered } = OPEN_PLATFORM,
): Failure {
	const { code, httpCode, message, cause, name: kind } = (error ?? {}) as HelperError;
	const named = [cause?.cause?.code, cause?.code, code, httpCode].find(
		(candidate): candidate is string => typeof candidate === 'string' && /^[A-Z]/.test(candidate),
	);
	const hasStatus = typeof httpCode === 'string' && STATUS.test(httpCode);
	const found = named ?? (hasStatus ? 'ERR_BAD_RESPONSE' : '');
	const { host, hostname, origin } = new URL(address);
	const checkUrl = isEntered(origin) ? 'Check the Custom Base URL of the credential. ' : '';
	if ([kind, cause?.name, cause?.cause?.name].some((each) => FORBIDDEN.test(String(each)))) {
		return {
			message: `${name} could not be reached: n8n does not allow requests to ${hostname}`,
			reaction: 'fail',
			unsent: true,
			advice: `${checkUrl}If the host is right, ask your n8n administrator to add ${allowance(hostname)}.`,
			appWide,
		};
	}
	if (HANDSHAKE.test(found)) {
		const [, problem, cure] = CERTIFICATES.find(([pattern]) => pattern.test(found))!;
		return {
			message: `${name} could not be reached: ${problem(host)}`,
			reaction: 'fail',
			unsent: true,
			advice: checkUrl + cure,
			appWide,
		};
	}
	if (found !== '' && !NOT_SENDABLE.test(found)) {
		const words = NOT_HTTP.test(found) ? 'the response is not HTTP' : IN_WORDS[found];
		return {
			message: `${name} could not be reached: ${words ?? 'the connection failed'}`,
			reaction: 'retry',
			...(UNSENT.has(found) && { unsent: true }),
			advice: `${checkUrl}Check that n8n can reach ${host} (firewall, proxy, DNS).`,
		};
	}
	return {
		message: 'The request could not be sent',
		reason: plainText(message, secrets) || undefined,
		reaction: 'fail',
		advice: `${checkUrl}Ask your n8n administrator whether n8n may send requests to ${host}.`,
		// Without a code it may be about this request alone, such as a file that cannot be read.
		appWide: appWide && found !== '',
	};
}
