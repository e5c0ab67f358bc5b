import type { Failure } from './failure';
import { plainText } from './plainText';

/** Error codes of Node and axios that repeating cannot cure: certificates, settings, refusals by n8n. */
const PERMANENT = /CERT|TLS|SSL|SIGNATURE|INVALID|UNSUPPORTED|REDIRECT|BAD_OPTION|CANCELED/;

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
};

/** No connection came about. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** n8n 1.x keeps no code of an answer that broke off, only axios' words for it. */
const BROKEN_OFF =
	/stream has been aborted|socket hang up|premature close|service was not able to process/i;

interface HelperError {
	/** axios: `ECONNRESET` … */
	code?: unknown;
	/** NodeApiError of `httpRequestWithAuthentication`: the same, as text. */
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
	const found = named ?? (BROKEN_OFF.test(String(message)) ? 'ERR_BAD_RESPONSE' : undefined);
	if (found !== undefined && !PERMANENT.test(found)) {
		const words = IN_WORDS[found] ?? 'the connection failed';
		return {
			message: `${target.name} could not be reached: ${words}`,
			reaction: 'retry',
			...(UNSENT.has(found) && { unsent: true }),
			advice: `${target.advice}, and that n8n can reach it (firewall, proxy, DNS).`,
		};
	}
	return {
		message: 'The request could not be sent',
		feishuMessage: plainText(message, secrets) || undefined,
		reaction: 'fail',
		advice: found?.match(/CERT|TLS|SSL|SIGNATURE/)
			? `The certificate of the server is not trusted. ${target.advice}, or give n8n the certificate authority (NODE_EXTRA_CA_CERTS).`
			: `${target.advice} and the allowed domains of n8n.`,
		appWide: target.appWide,
	};
}
