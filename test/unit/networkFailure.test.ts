import { FILE_HOST, networkFailure } from '../../nodes/shared/feishu/networkFailure';
import { isAnswerLost } from '../../nodes/shared/feishu/retryPolicy';

const FEISHU = 'https://open.feishu.cn';
const GATEWAY = 'https://feishu.example:8443';

test.each([
	['an AxiosError', { code: 'ECONNRESET', message: 'read ECONNRESET' }],
	['a NodeApiError of n8n 2.x', { httpCode: 'ECONNRESET', cause: { code: 'ECONNRESET' } }],
	['a NodeApiError of n8n 1.x', { httpCode: 'ECONNRESET', message: 'The connection was reset' }],
])('reads the code of %s', (_form, error) => {
	expect(networkFailure(error, FEISHU)).toMatchObject({
		message: 'Feishu could not be reached: the connection was lost',
		reaction: 'retry',
	});
});

test.each([
	['200', 'stream has been aborted'],
	['400', 'Bad request - please check your parameters'],
	['429', 'The service is receiving too many requests from you'],
	['500', 'The service was not able to process your request'],
	['503', 'Service unavailable - try again later'],
])('an answer with HTTP %s that broke off on n8n 1.x is worth a retry', (httpCode, message) => {
	expect(networkFailure({ httpCode, message }, FEISHU)).toMatchObject({
		message: 'Feishu could not be reached: the response was cut off',
		reaction: 'retry',
	});
});

test.each(['ECONNREFUSED', 'ETIMEDOUT', 'ECONNABORTED', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ENEW'])(
	'%s is worth a retry, and has a clear message',
	(code) => {
		const { message, reaction, advice } = networkFailure(
			{ code, message: `connect ${code}` },
			FEISHU,
		);
		expect(reaction).toBe('retry');
		// n8n replaces a message that contains such a code with its own.
		expect(message + advice).not.toMatch(/\bE[A-Z_]{4,}/);
	},
);

test.each([
	['ECONNREFUSED', 'the connection was refused'],
	['ECONNRESET', 'the connection was lost'],
	['EPIPE', 'the connection was lost'],
	['ECONNABORTED', 'the request timed out'],
	['ETIMEDOUT', 'the request timed out'],
	['ESOCKETTIMEDOUT', 'the request timed out'],
	['ENOTFOUND', 'the host name was not found'],
	['EAI_AGAIN', 'the host name could not be looked up'],
	['EHOSTUNREACH', 'the host cannot be reached'],
	['ENETUNREACH', 'the network cannot be reached'],
	['ERR_BAD_RESPONSE', 'the response was cut off'],
	['EPROTO', 'the TLS handshake failed'],
	['HPE_INVALID_CONSTANT', 'the response is not HTTP'],
	['ENEW', 'the connection failed'],
])('%s: %s', (code, words) => {
	expect(networkFailure({ code }, FEISHU).message).toBe(`Feishu could not be reached: ${words}`);
	expect(networkFailure({ code }, FEISHU, [], FILE_HOST).message).toBe(
		`The file server could not be reached: ${words}`,
	);
});

test.each([
	['ECONNREFUSED', true],
	['ENOTFOUND', true],
	['EAI_AGAIN', true],
	['EPROTO', true],
	['CERT_HAS_EXPIRED', true],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
	['ERR_TLS_CERT_ALTNAME_INVALID', true],
	['ERR_SSL_WRONG_VERSION_NUMBER', true],
	['ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR', true],
	['ECONNRESET', undefined],
	['ETIMEDOUT', undefined],
	['EPIPE', undefined],
	['ERR_BAD_RESPONSE', undefined],
	['HPE_INVALID_CONSTANT', undefined],
])('%s: the request certainly did not arrive: %s', (code, unsent) => {
	expect(networkFailure({ code }, FEISHU).unsent).toBe(unsent);
});

// What Node's parser says about an answer that is not HTTP.
test.each([
	'HPE_INVALID_CONSTANT',
	'HPE_INVALID_STATUS',
	'HPE_INVALID_CONTENT_LENGTH',
	'HPE_INVALID_CHUNK_SIZE',
	'HPE_HEADER_OVERFLOW',
	'HPE_UNEXPECTED_CONTENT_LENGTH',
	// A TLS connection that broke off.
	'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
	'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
	'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
])('%s is a lost answer', (code) => {
	for (const error of [{ code }, { httpCode: code }, { cause: { code } }]) {
		expect(isAnswerLost(networkFailure(error, FEISHU))).toBe(true);
	}
});

const RENEW =
	'Ask whoever runs that server, or a proxy in front of it, to renew the certificate. Also check the clock of the machine that runs n8n.';
const OWN_AUTHORITY =
	'If your company has its own certificate authority, ask your n8n administrator to add its certificate to n8n (environment variable NODE_EXTRA_CA_CERTS).';

test.each([
	['CERT_HAS_EXPIRED', 'the certificate of open.feishu.cn has expired', RENEW],
	[
		'CERT_NOT_YET_VALID',
		'the certificate of open.feishu.cn is not valid yet',
		'Check the clock of the machine that runs n8n.',
	],
	[
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'the certificate received for open.feishu.cn belongs to another host',
		'A proxy or firewall may have answered instead. Ask your network administrator.',
	],
	...[
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	].map((code) => [
		code,
		'n8n does not trust the issuer of the certificate of open.feishu.cn',
		OWN_AUTHORITY,
	]),
	[
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'no secure connection to open.feishu.cn could be made',
		'A proxy or firewall may be blocking it. Ask your network administrator.',
	],
])('%s is not repeated, and has its own advice', (code, problem, advice) => {
	// n8n's message recommends an option that this node does not have.
	const message = "SSL Issue: consider using the 'Ignore SSL issues' option";
	const failure = {
		message: `Feishu could not be reached: ${problem}`,
		reaction: 'fail',
		unsent: true,
		advice,
		appWide: true,
	};
	for (const error of [
		{ code, message },
		{ httpCode: code, message },
		{ message, cause: { code } },
		{ message, cause: { message, cause: { code } } },
	]) {
		expect(networkFailure(error, FEISHU)).toStrictEqual(failure);
	}
	expect(networkFailure({ code }, GATEWAY)).toMatchObject({
		message: failure.message.replace('open.feishu.cn', 'feishu.example:8443'),
		advice: `Check the Custom Base URL of the credential. ${advice}`,
	});
});

test.each([
	'ERR_FR_REDIRECTION_FAILURE',
	'ERR_INVALID_URL',
	'ERR_CANCELED',
	'ERR_BAD_OPTION',
	'ERR_UNSUPPORTED_PROTOCOL',
	'EPROTO_SSL',
])('%s is not repeated', (code) => {
	expect(networkFailure({ code }, FEISHU).reaction).toBe('fail');
});

test.each([
	['a refusal by n8n', new Error('Domain not allowed')],
	['nothing', undefined],
	['a text', 'oops'],
])('%s is not repeated', (_name, error) => {
	expect(networkFailure(error, FEISHU)).toMatchObject({
		message: 'The request could not be sent',
		reaction: 'fail',
	});
});

// n8n with N8N_SSRF_PROTECTION_ENABLED: by address, by its list of forbidden hosts, and on
// connecting.
test.each([
	['n8n’s own error', { name: 'SsrfBlockedIpError' }],
	['a NodeApiError', { name: 'NodeApiError', cause: { name: 'SsrfBlockedHostnameError' } }],
	['an AxiosError in it', { cause: { code: 'ENEW', cause: { name: 'SsrfBlockedIpError' } } }],
])('an address that n8n forbids, as %s, names the host and where it can be allowed', (_, error) => {
	const forbidden = {
		message: 'Feishu could not be reached: n8n does not allow requests to feishu.example',
		reaction: 'fail',
		unsent: true,
		advice:
			'Check the Custom Base URL of the credential. If the host is right, ask your n8n administrator to add feishu.example to N8N_SSRF_ALLOWED_HOSTNAMES.',
		appWide: true,
	};
	expect(networkFailure(error, GATEWAY)).toStrictEqual(forbidden);
	for (const [host, range] of [
		['10.1.2.3', '10.1.2.3/32'],
		['[fd00::1]:8443', 'fd00::1/128'],
	] as const) {
		const address = `https://${host}/a?key=secret`;
		expect(networkFailure(error, address, [], FILE_HOST)).toStrictEqual({
			...forbidden,
			message: `The file server could not be reached: n8n does not allow requests to ${new URL(address).hostname}`,
			advice: `If the host is right, ask your n8n administrator to add ${range} to N8N_SSRF_ALLOWED_IP_RANGES.`,
			appWide: false,
		});
	}
	expect(networkFailure(error, 'https://10.example').advice).toMatch(/ALLOWED_HOSTNAMES/);
});

test('says exactly what to check', () => {
	const unreachable = {
		message: 'Feishu could not be reached: the connection failed',
		reaction: 'retry',
		advice: 'Check that n8n can reach open.feishu.cn (firewall, proxy, DNS).',
	};
	expect(networkFailure({ code: 'ENEW' }, FEISHU)).toStrictEqual(unreachable);
	expect(networkFailure(new Error('Domain not allowed'), FEISHU)).toStrictEqual({
		message: 'The request could not be sent',
		reason: 'Domain not allowed',
		reaction: 'fail',
		advice: 'Ask your n8n administrator whether n8n may send requests to open.feishu.cn.',
		appWide: false,
	});
});

test('the advice to check the base URL appears only if a user has entered it', () => {
	const adviceFor = (error: unknown, baseUrl: string) => networkFailure(error, baseUrl).advice;
	for (const error of [{ code: 'ENOTFOUND' }, { code: 'CERT_HAS_EXPIRED' }, new Error('x')]) {
		for (const region of [FEISHU, 'https://open.larksuite.com']) {
			expect(adviceFor(error, region)).not.toMatch(/base URL/i);
		}
		expect(adviceFor(error, GATEWAY)).toMatch(/^Check the Custom Base URL of the credential\. /);
		expect(adviceFor(error, GATEWAY)).toMatch(/certificate|feishu\.example:8443/);
	}
});

test('the host of a file does not affect the other requests', () => {
	const address = 'https://files.example/a?key=secret';
	const failure = networkFailure({ code: 'ECONNRESET' }, address, [], FILE_HOST);
	expect(failure.advice).toBe('Check that n8n can reach files.example (firewall, proxy, DNS).');
	expect(networkFailure(new Error('x'), address, [], FILE_HOST).appWide).toBe(false);
	expect(
		JSON.stringify(networkFailure({ code: 'CERT_HAS_EXPIRED' }, address, [], FILE_HOST)),
	).not.toMatch(/secret|base URL/i);
});

test.each(['broken', '5', '5000', ''])('%j is not a status of an answer', (httpCode) => {
	expect(networkFailure({ httpCode }, FEISHU).reaction).toBe('fail');
});

test("keeps secrets out of the helper's message", () => {
	const error = new Error('failed with header Bearer t-0123456789abcdef and my-secret');
	expect(networkFailure(error, FEISHU, ['my-secret']).reason).toBe(
		'failed with header *** and ***',
	);
});
