import { FILE_HOST, networkFailure } from '../../nodes/shared/feishu/networkFailure';
import { isAnswerLost } from '../../nodes/shared/feishu/retryPolicy';

test.each([
	['an AxiosError', { code: 'ECONNRESET', message: 'read ECONNRESET' }],
	['a NodeApiError of n8n 2.x', { httpCode: 'ECONNRESET', cause: { code: 'ECONNRESET' } }],
	['a NodeApiError of n8n 1.x', { httpCode: 'ECONNRESET', message: 'The connection was reset' }],
])('reads the code of %s', (_form, error) => {
	expect(networkFailure(error)).toMatchObject({
		message: 'Feishu could not be reached: the connection was broken',
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
	expect(networkFailure({ httpCode, message })).toMatchObject({
		message: 'Feishu could not be reached: the answer was cut off',
		reaction: 'retry',
	});
});

test.each(['ECONNREFUSED', 'ETIMEDOUT', 'ECONNABORTED', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ENEW'])(
	'%s is worth a retry, and is said in words',
	(code) => {
		const { message, reaction, advice } = networkFailure({ code, message: `connect ${code}` });
		expect(reaction).toBe('retry');
		// n8n replaces a message in which it finds such a code by its own.
		expect(message + advice).not.toMatch(/\bE[A-Z_]{4,}/);
	},
);

test.each([
	['ECONNREFUSED', 'nothing accepts connections at that address'],
	['ECONNRESET', 'the connection was broken'],
	['EPIPE', 'the connection was broken'],
	['ECONNABORTED', 'no answer came in time'],
	['ETIMEDOUT', 'no answer came in time'],
	['ESOCKETTIMEDOUT', 'no answer came in time'],
	['ENOTFOUND', 'the host name is unknown'],
	['EAI_AGAIN', 'the host name could not be looked up'],
	['EHOSTUNREACH', 'the host cannot be reached'],
	['ENETUNREACH', 'the network cannot be reached'],
	['ERR_BAD_RESPONSE', 'the answer was cut off'],
	['EPROTO', 'the TLS handshake failed'],
	['HPE_INVALID_CONSTANT', 'the answer is no HTTP'],
	['ENEW', 'the connection failed'],
])('%s: %s', (code, words) => {
	expect(networkFailure({ code }).message).toBe(`Feishu could not be reached: ${words}`);
	expect(networkFailure({ code }, [], FILE_HOST).message).toBe(
		`The file could not be reached: ${words}`,
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
])('%s: the request did surely not arrive: %s', (code, unsent) => {
	expect(networkFailure({ code }).unsent).toBe(unsent);
});

// What Node's parser says of an answer that is no HTTP, in its own words.
test.each([
	'HPE_INVALID_CONSTANT',
	'HPE_INVALID_STATUS',
	'HPE_INVALID_CONTENT_LENGTH',
	'HPE_INVALID_CHUNK_SIZE',
	'HPE_HEADER_OVERFLOW',
	'HPE_UNEXPECTED_CONTENT_LENGTH',
	// A secured connection that broke off.
	'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
	'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
	'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
])('%s is a lost answer', (code) => {
	for (const error of [{ code }, { httpCode: code }, { cause: { code } }]) {
		expect(isAnswerLost(networkFailure(error))).toBe(true);
	}
});

test.each([
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s is not repeated: the certificate stays as it is', (code) => {
	const failure = networkFailure({ code, message: 'certificate' });
	expect(failure.reaction).toBe('fail');
	expect(failure.advice).toMatch(/certificate/i);
});

test.each([
	'ERR_FR_REDIRECTION_FAILURE',
	'ERR_INVALID_URL',
	'ERR_CANCELED',
	'ERR_BAD_OPTION',
	'ERR_UNSUPPORTED_PROTOCOL',
	'EPROTO_SSL',
])('%s is not repeated', (code) => {
	expect(networkFailure({ code }).reaction).toBe('fail');
});

test.each([
	['a refusal by n8n', new Error('Domain not allowed')],
	['nothing', undefined],
	['a text', 'oops'],
])('%s is not repeated', (_name, error) => {
	expect(networkFailure(error)).toMatchObject({
		message: 'The request could not be sent',
		reaction: 'fail',
	});
});

test('says what to check, word for word', () => {
	const unreachable = {
		message: 'Feishu could not be reached: the connection failed',
		reaction: 'retry',
		advice:
			'Check the base URL of the credential, and that n8n can reach it (firewall, proxy, DNS).',
	};
	expect(networkFailure({ code: 'ENEW' })).toStrictEqual(unreachable);
	expect(networkFailure(new Error('Domain not allowed'))).toStrictEqual({
		message: 'The request could not be sent',
		feishuMessage: 'Domain not allowed',
		reaction: 'fail',
		advice: 'Check the base URL of the credential and the allowed domains of n8n.',
		appWide: true,
	});
});

test('the host of a file is none of the other requests’ business', () => {
	expect(networkFailure({ code: 'ECONNRESET' }, [], FILE_HOST).advice).toBe(
		'Check the way to the host that Feishu keeps the file on, and that n8n can reach it (firewall, proxy, DNS).',
	);
	expect(networkFailure(new Error('x'), [], FILE_HOST).appWide).toBe(false);
});

test('a certificate that is not trusted, word for word', () => {
	expect(networkFailure({ code: 'CERT_HAS_EXPIRED' }).advice).toBe(
		'The certificate of the server is not trusted. Check the base URL of the credential, or give n8n the certificate authority (NODE_EXTRA_CA_CERTS).',
	);
});

test.each(['broken', '5', '5000', ''])('%j is no status of an answer', (httpCode) => {
	expect(networkFailure({ httpCode }).reaction).toBe('fail');
});

test('keeps secrets out of what the helper said', () => {
	const error = new Error('failed with header Bearer t-0123456789abcdef and my-secret');
	expect(networkFailure(error, ['my-secret']).feishuMessage).toBe('failed with header *** and ***');
});
