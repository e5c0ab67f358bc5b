import { judge } from '../../nodes/shared/feishu/answer';
import type { Failure } from '../../nodes/shared/feishu/failure';
import { isAnswerLost } from '../../nodes/shared/feishu/retryPolicy';

const FEISHU = 'https://open.feishu.cn';

function failure(
	statusCode: number,
	body: unknown,
	headers: Record<string, string> = {},
	secrets: string[] = [],
): Failure {
	const verdict = judge({ statusCode, headers, body }, FEISHU, secrets);
	if (!('failure' in verdict)) throw new Error('judged a success');
	return verdict.failure;
}

const refused = (code: number, error: object = {}, msg = 'why') => ({ code, msg, error });

test.each([200, 201, 400, 500])('code 0 is a success, also with HTTP %i', (statusCode) => {
	const body = { code: 0, msg: 'ok', data: { items: [] }, more: true };
	expect(judge({ statusCode, headers: {}, body }, FEISHU)).toEqual({ envelope: body });
});

test.each([
	['HTML', '<html></html>'],
	['nothing', ''],
	['null', null],
	['a list', [{ code: 0 }]],
	['half of a JSON text', '{"code":0,"data":{"ite'],
	['an object without code', { msg: 'ok', data: { items: [] } }],
	['a code as text', { code: '0', data: {} }],
	['a code that is null', { code: null, data: {} }],
])('%s with HTTP 200 is not a success, and a retry may help', (_name, body) => {
	expect(failure(200, body).reaction).toBe('retry');
	expect(failure(200, body).message).toMatch(/cut off or not JSON/);
});

// The codes in docs/feishu-api.md, Codes.
test.each<[Failure['reaction'], number[]]>([
	['renewToken', [99991663, 99991661, 99991664, 99991665, 99991671, 4001]],
	['wait', [99991400]],
	['retry', [1002001, 1020001, 2200, 5000, 1500, 1663, 1668, 10101]],
	['fail', [1002002, 99991403, 99991672, 99991676, 99991679, 99991677, 99991668, 99991401]],
	['fail', [99991662, 99991673, 99991543, 99992402, 9499, 10001, 1002102, 1000001]],
	['fail', [10003, 10005, 10012, 10013, 10014, 10015, 20002]],
])('the code decides, whatever the HTTP status: %s on %j', (reaction, codes) => {
	for (const code of codes) {
		for (const status of [200, 400, 401, 429, 500]) {
			expect({ code, ...failure(status, refused(code)) }).toMatchObject({ code, reaction });
		}
	}
});

describe('an unknown code', () => {
	test.each([200, 400, 403, 404, 409, 429])('is a refusal with HTTP %i', (status) => {
		expect(failure(status, refused(123456))).toMatchObject({
			message: 'Feishu refused the request (code 123456)',
			reaction: 'fail',
			code: 123456,
		});
	});

	test.each([408, 500, 502, 503, 504, 599])(
		'is a lost answer with HTTP %i: the server may have done its work',
		(status) => {
			const lost = failure(status, refused(123456, { log_id: 'A' }));
			expect(isAnswerLost(lost)).toBe(true);
			expect(lost).toMatchObject({
				message: `Feishu or a gateway in front of it failed (HTTP ${status}, code 123456)`,
				advice: 'Run the workflow again later.',
				code: 123456,
				feishuMessage: 'why',
				logId: 'A',
				httpStatus: status,
			});
		},
	);
});

// Gateways send a JSON object of their own, with the status as its code.
test.each([200, 302, 400, 401, 403, 404, 407, 408, 413, 429, 431, 500, 502, 504])(
	'a code that only repeats the status counts as no code: HTTP %i',
	(status) => {
		const page = failure(status, '<html>');
		expect(failure(status, { code: status, message: 'said the gateway' })).toEqual(page);
		expect(page).not.toHaveProperty('code');
	},
);

test.each<[number, Failure['reaction']]>([
	[408, 'retry'],
	[500, 'retry'],
	[502, 'retry'],
	[504, 'retry'],
	[429, 'wait'],
	[401, 'renewToken'],
	[302, 'fail'],
	[307, 'fail'],
	[400, 'fail'],
	[403, 'fail'],
	[404, 'fail'],
	[407, 'fail'],
	[413, 'fail'],
	[414, 'fail'],
	[431, 'fail'],
])('without a code the HTTP status decides: %i means %s', (status, reaction) => {
	expect(failure(status, '404 page not found')).toMatchObject({ reaction, httpStatus: status });
});

test('every failure says what happened and what to do, in sentences', () => {
	const answers = [0, 200, 302, 400, 401, 403, 404, 407, 408, 413, 414, 429, 431, 500].map(
		(status) => failure(status, ''),
	);
	const codes = [4001, 10014, 99991400, 99991401, 99991663, 99991672, 1002001, 1002002, 42];
	for (const { message, advice } of [
		...answers,
		...codes.map((code) => failure(400, refused(code))),
	]) {
		expect(message).toMatch(/^[A-Z].{10,}[^.]$/);
		expect(advice).toMatch(/^[A-Z].{10,}\.$/);
	}
});

test.each([
	['error.log_id', refused(1, { log_id: 'A' }), { 'x-tt-logid': 'Z' }],
	['error.logid', refused(1, { logid: 'A' }), { 'x-tt-logid': 'Z' }],
	['log_id', { code: 1, msg: '', log_id: 'A' }, { 'x-tt-logid': 'Z' }],
	[
		'the header X-Tt-Logid',
		{ code: 1, msg: '', data: {} },
		{ 'x-tt-logid': 'A', 'x-request-id': 'Z' },
	],
	['the header X-Request-Id', { code: 1, msg: '' }, { 'x-request-id': 'A' }],
	['the header, of an answer without a code', 'page', { 'x-tt-logid': 'A' }],
])('finds the log ID in %s', (_place, body, headers) => {
	expect(failure(400, body, headers as Record<string, string>).logId).toBe('A');
});

test.each([
	['practice', { type: 'action_scope_required', subject: 'hire:external_application' }],
	['the documentation', { scope: 'hire:external_application', url: 'https://x' }],
])('names the missing scope, in the form of %s', (_form, violation) => {
	const { scopes } = failure(400, refused(99991672, { permission_violations: [violation] }));
	expect(scopes).toEqual(['hire:external_application']);
});

test('names refused fields and their reason, but not their value', () => {
	const violation = { field: 'page_size', value: '张三', description: 'must be 1 to 20' };
	const found = failure(400, refused(99992402, { field_violations: [violation] }));
	expect(found.fields).toEqual(['page_size: must be 1 to 20']);
	expect(JSON.stringify(found)).not.toContain('张三');
});

test.each([
	['nothing', {}],
	['empty lists', { permission_violations: [], field_violations: [] }],
	['no lists', { permission_violations: 'x', field_violations: { 0: { field: 'a' } } }],
	['no objects', { permission_violations: [null, 'x'], field_violations: [7, null] }],
	['objects that say nothing', { permission_violations: [{}], field_violations: [{}] }],
])('names neither scopes nor fields where the answer has %s', (_what, error) => {
	const found = failure(400, refused(99992402, error));
	expect(Object.keys(found)).not.toEqual(expect.arrayContaining(['scopes']));
	expect(Object.keys(found)).not.toEqual(expect.arrayContaining(['fields']));
});

test.each([
	[300, /^The server sent a redirect \(HTTP 300\), which the node does not follow$/],
	[399, /^The server sent a redirect \(HTTP 399\)/],
	[400, /^The request was refused without a code from Feishu \(HTTP 400\)$/],
	[403, /^A firewall or proxy refused the request \(HTTP 403\)$/],
	[404, /^The server could not find this address \(HTTP 404\)$/],
	[407, /^The proxy between n8n and Feishu requires a login \(HTTP 407\)$/],
	[413, /^The request is too large for a proxy in front of Feishu \(HTTP 413\)$/],
	[414, /^A text in the request is too long \(HTTP 414\)$/],
	[431, /^A text in the request is too long \(HTTP 431\)$/],
	[299, /^The response from Feishu was empty, cut off or not JSON/],
])('without a code HTTP %i is told as what it is', (status, message) => {
	expect(failure(status, '').message).toMatch(message);
});

test.each([
	[401, true],
	[302, true],
	[404, true],
	[407, true],
	[400, undefined],
	[403, undefined],
	[413, undefined],
	[414, undefined],
	[431, undefined],
	[200, undefined],
	[429, undefined],
	[500, undefined],
])('whether HTTP %i without a code affects every request: %s', (status, appWide) => {
	expect(failure(status, '').appWide).toBe(appWide);
});

test('a proxy that requires credentials is not a problem of the Feishu credential', () => {
	expect(failure(407, '').cause).toBe('configuration-invalid');
});

test('the time to wait is read only if waiting helps', () => {
	expect(failure(200, refused(1002001), { 'retry-after': '3' })).not.toHaveProperty('retryAfterMs');
	expect(failure(500, '', { 'retry-after': '3' })).not.toHaveProperty('retryAfterMs');
});

test('shows the message of both keys, and of an upload answer', () => {
	expect(failure(400, { code: 1, msg: 'a' }).feishuMessage).toBe('a');
	expect(failure(400, { code: 1, message: 'b' }).feishuMessage).toBe('b');
	expect(failure(400, { code: 1 }).feishuMessage).toBeUndefined();
});

test.each([
	[{ 'x-ogw-ratelimit-reset': '2', 'retry-after': '9' }, 2000],
	[{ 'x-ogw-ratelimit-reset': '0' }, 0],
	[{ 'retry-after': '3' }, 3000],
	[{}, undefined],
	[{ 'x-ogw-ratelimit-reset': 'soon' }, undefined],
	[{ 'x-ogw-ratelimit-reset': '-1' }, undefined],
])('reads from %j how many ms to wait: %s', (headers, ms) => {
	const asked = headers as Record<string, string>;
	expect(failure(429, refused(99991400), asked).retryAfterMs).toBe(ms);
	expect(failure(200, refused(99991400), asked).retryAfterMs).toBe(ms);
	expect(failure(429, 'slow down', asked).retryAfterMs).toBe(ms);
});

test('a hostile answer leaves neither a secret nor a long text in any field', () => {
	const secret = 'the-app-secret';
	const evil = `${secret} t-0123456789abcdef <b>\u0000${'x'.repeat(10_000)}`;
	const error = {
		log_id: evil,
		permission_violations: Array(1000).fill({ subject: evil }),
		field_violations: Array(1000).fill({ field: evil, description: evil }),
	};
	const text = JSON.stringify(failure(400, refused(99991672, error, evil), {}, [secret]));
	expect(text).not.toMatch(/the-app-secret|t-0123456789abcdef|<|\\u0000/);
	expect(text.length).toBeLessThan(20_000);
});
