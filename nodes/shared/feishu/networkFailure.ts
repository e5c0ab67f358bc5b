import type { Failure } from './failure';
import { plainText } from './plainText';

/** The TLS handshake failed, which repeating does not change; what breaks off later is no part of it. */
const HANDSHAKE = /CERT|TLS|SIGNATURE|SSL(?!.*(BAD_RECORD|DECRYPT|CLOSE|EOF))/;

/** Error codes of Node and axios for what they do not send, such as a URL that is none. */
const NOT_SENDABLE = /^ERR_\w*(INVALID|UNSUPPORTED|REDIRECT|BAD_OPTION|CANCELED)/;

/** Codes of Node's HTTP parser. */
const NOT_HTTP = /^HPE_/;

const IN_WORDS: Record<string, string> = {
	ECONNREFUSED: 'nothing accepts connections at that address',
	ECONNRESET: 'the connection was broken',
	EPIPE: 'the connection was broken',
	ECONNABORTED: 'no answer came in time',
	ETIMEDOUT: 'no answer came in time',
	ESOCKETTIMEDOUT: 'no answer came in time',
	ENOTFOUND: 'the host name is unknown',
	EAI_AGAIN: 'the host name could not be looked up',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	ERR_BAD_RESPONSE: 'the answer was cut off',
	EPROTO: 'the TLS handshake failed',
};

/** No connection came about. EPROTO: Node had not yet written the whole request when TLS failed. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EPROTO']);

/**
 * Every status is let through, so that one in an error is that of an answer that broke off: n8n 1.x keeps
 * no code then.
 */
const STATUS = /^\d{3}$/;

interface HelperError {
	/** axios: `ECONNRESET` … */
	code?: unknown;
	/** NodeApiError of `httpRequestWithAuthentication`: the same, as text, or the status of the answer. */
	httpCode?: unknown;
	message?: unknown;
	cause?: { code?: unknown };
}

/** Whom a request was for, in the words of its error. */
interface Target {
	/** Begins the title: "… could not be reached". */
	name: string;
	/** What to check; goes on with "and …" or "or …". */
	advice: string;
	/** Whether every further request would fail alike. */
	appWide: boolean;
}

const OPEN_PLATFORM: Target = {
	name: 'Feishu',
	advice: 'Check the base URL of the credential',
	appWide: true,
};

/** Feishu keeps files on hosts whose addresses nobody enters anywhere, and may keep the next one elsewhere. */
export const FILE_HOST: Target = {
	name: 'The file',
	advice: 'Check the way to the host that Feishu keeps the file on',
	appWide: false,
};

/**
 * Reads what n8n's request helpers throw when no answer came: an AxiosError (`httpRequest`) or a
 * NodeApiError (`httpRequestWithAuthentication`, which has the code in `httpCode` on every n8n).
 * Codes are put into words, because NodeApiError replaces a message in which it finds one.
 *
 * @param secrets texts that must not show up in a message
 */
export function networkFailure(
	error: unknown,
	secrets: readonly string[] = [],
	target = OPEN_PLATFORM,
): Failure {
	const { code, httpCode, message, cause } = (error ?? {}) as HelperError;
	const named = [cause?.code, code, httpCode].find(
		(candidate): candidate is string => typeof candidate === 'string' && /^[A-Z]/.test(candidate),
	);
	const hasStatus = typeof httpCode === 'string' && STATUS.test(httpCode);
	const found = named ?? (hasStatus ? 'ERR_BAD_RESPONSE' : undefined);
	const isHandshake = found !== undefined && HANDSHAKE.test(found);
	if (found !== undefined && !isHandshake && !NOT_SENDABLE.test(found)) {
		const words = NOT_HTTP.test(found) ? 'the answer is no HTTP' : IN_WORDS[found];
		return {
			message: `${target.name} could not be reached: ${words ?? 'the connection failed'}`,
			reaction: 'retry',
			...(UNSENT.has(found) && { unsent: true }),
			advice: `${target.advice}, and that n8n can reach it (firewall, proxy, DNS).`,
		};
	}
	return {
		message: 'The request could not be sent',
		feishuMessage: plainText(message, secrets) || undefined,
		reaction: 'fail',
		...(isHandshake && { unsent: true }),
		advice: isHandshake
			? `The certificate of the server is not trusted. ${target.advice}, or give n8n the certificate authority (NODE_EXTRA_CA_CERTS).`
			: `${target.advice} and the allowed domains of n8n.`,
		appWide: target.appWide,
	};
}
