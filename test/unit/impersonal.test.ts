import type { ApiRequest } from '../../nodes/shared/feishu/http';
import { impersonal, withoutPersonalData } from '../../nodes/shared/feishu/impersonal';
import { FilePart, Multipart } from '../../nodes/shared/feishu/multipart';

test.each<[string, string[], string]>([
	['mobile 13812341234 is invalid', ['13812341234'], 'mobile *** is invalid'],
	['mobile +86 138-1234-1234 is invalid', ['13812341234'], 'mobile *** is invalid'],
	['No talent ZHANG@Example.com', ['zhang@example.com'], 'No talent ***'],
	['bad address z%40b.cn, sorry', [], 'bad address ***, sorry'],
	['用户张三不存在', ['张三'], '用户***不存在'],
	['no (C++) dev', ['(c++)'], 'no *** dev'],
	['call 138 1234 1234 now', [], 'call *** now'],
	['call +86 (138) 1234-1234 now', [], 'call *** now'],
	['code 12345 of 2026', [], 'code 12345 of 2026'],
	['first.last@example.com is unknown', [], '*** is unknown'],
	['to:<a@b.cn>, then', [], 'to:<***>, then'],
	['param is wrong, code 1002', [''], 'param is wrong, code 1002'],
	['no 张三 or 张三丰', ['张三', '张三丰'], 'no *** or ***'],
])('%j, with %j sent, becomes %j', (text, values, left) => {
	expect(withoutPersonalData(text, values)).toBe(left);
});

test.each([
	'no check 6949805467799537964',
	'no 123456789012345',
	'7318840216653959001 7410000000000009001 are unknown',
	'entry 3 6949805467799537964-7410000000000009001',
	'host 203.0.113.10 of open.feishu.cn is not on the list',
	'hire:external_application',
])('IDs and hosts stay: %s', (text) => {
	expect(withoutPersonalData(text, [])).toBe(text);
});

test.each([
	['a number before it', 'no 5 13812341234', 'no ***'],
	['the longest', 'no 12345678901234', 'no ***'],
	['an ID before it', '6949805467799537964 of 13812341234', '6949805467799537964 of ***'],
	['five groups', 'no 06.12.34.56.78', 'no ***'],
])('phone numbers do not stay: %s', (_what, text, left) => {
	expect(withoutPersonalData(text, [])).toBe(left);
});

test.each<[string, string, string, string]>([
	['a part of a word', 'al', 'invalid al', 'invalid ***'],
	['a part of an ID', '86', '86 in 8694980546779953 and 4986', '*** in 8694980546779953 and 4986'],
	['in an address', '林 晓+彤', 'keyword=%E6%9E%97+%E6%99%93%2B%E5%BD%A4', 'keyword=***'],
	['in JSON', '背调"终稿".pdf', '{"name":"背调\\"终稿\\".pdf"}', '{"name":"***"}'],
	['in one line', 'first\n second', 'it is first second.', 'it is ***.'],
	['with spaces around', ' 张三 ', 'no 张三!', 'no ***!'],
	['with half a character', 'a\ud83d', 'no a\ud83d!', 'no ***!'],
])('a text that was sent: %s', (_what, sent, text, left) => {
	expect(withoutPersonalData(text, [sent])).toBe(left);
});

test.each([
	[
		'its beginning',
		'候选人曾因个人原因离职，与前雇主有纠纷',
		'result 候选人曾因个人原因离职，… is too long',
	],
	[
		'one that is longer than the answer',
		'林晓彤的背调报告与学历证明'.repeat(200),
		'result 林晓彤的背调报告与学历证明林晓彤 is too long',
	],
	['its beginning in an address', '林晓彤', 'keyword=%E6%9E%97%E6%99%93'],
])('a text that Feishu repeats only %s also masks what follows', (_what, sent, text) => {
	expect(withoutPersonalData(text, [sent])).toMatch(/^(result |keyword=)\*{3}$/);
});

test('text that only begins like a text that was sent stays', () => {
	const text = 'external_application_id is wrong';
	expect(withoutPersonalData(text, ['external applicant'])).toBe(text);
});

test('a text too long for a regular expression is not masked, and never appears in an error', () => {
	expect(withoutPersonalData('no such name', ['林'.repeat(100_000)])).toBe('no such name');
});

test.each([
	['a text that was sent', '林晓彤'.repeat(20), /^[- ]{1000,1900}$/],
	['one that is longer than all that is read', '林'.repeat(3000), /^$/],
	['an e-mail address', 'z'.repeat(50) + '@example.com', /^[- ]{1000,1900}$/],
	['a phone number', '13812341234', /^[- ]{1000,1900}$/],
])('a long text leaves no half at the point where it is cut: %s', (_what, personal, left) => {
	for (const shown of [1, 5, personal.length]) {
		const text = '- '.repeat(1000).slice(Math.min(shown, 1990)) + personal + ' -'.repeat(1000);
		const told = withoutPersonalData(text, [personal]);
		expect(told.replace('***', '')).toMatch(left);
	}
});

test('the work is bounded, whatever is sent', () => {
	const startedAt = performance.now();
	withoutPersonalData('a'.repeat(1e6), ['b'.repeat(1e6)]);
	for (const text of ['a', '1', '1 ', '@', '1.']) withoutPersonalData(text.repeat(1e6), []);
	expect(performance.now() - startedAt).toBeLessThan(500);
});

const refusing = (request: ApiRequest, told: (text: string) => object) => {
	const body = told('no Ann, 张三.pdf, 999, abc, 1234567890123456');
	const answer = { statusCode: 400, headers: {}, body: { code: 1, ...body } };
	return impersonal(answer, request).body;
};

test.each<[string, ApiRequest, string]>([
	[
		'of the address',
		{ qs: { keyword: 'Ann', page_size: 999 } },
		'no ***, 张三.pdf, 999, abc, 1234567890123456',
	],
	[
		'of the body, deep inside',
		{ body: { a: [{ b: 'Ann' }, null, 'abc'] } },
		'no ***, 张三.pdf, 999, ***, 1234567890123456',
	],
	[
		'and the name of a file',
		{
			form: new Multipart([
				[
					'no',
					new FilePart('张三.pdf', 'abc', 999, async () => await Promise.resolve(Buffer.of())),
				],
			]),
		},
		'no Ann, ***, 999, abc, 1234567890123456',
	],
	[
		'but IDs',
		{ id: 'abc', qs: { talent_id: '1234567890123456' }, body: { attachment_id_list: ['999'] } },
		'no Ann, 张三.pdf, 999, abc, 1234567890123456',
	],
	[
		'a name instead of an ID, too',
		{ qs: { talent_id: 'Ann' } },
		'no ***, 张三.pdf, 999, abc, 1234567890123456',
	],
	[
		'an ID that people made',
		{ body: { external_id: '1234567890123456' } },
		'no Ann, 张三.pdf, 999, abc, ***',
	],
])('every text is masked: %s', (_what, request, left) => {
	expect(refusing(request, (msg) => ({ msg }))).toEqual({ code: 1, msg: left });
});

test('in every text of a refusal, and nowhere else', () => {
	const request = { qs: { keyword: 'Ann' } };
	const left = 'no ***, 张三.pdf, 999, abc, 1234567890123456';
	const told = (text: string) => ({
		message: text,
		error: { log_id: text, field_violations: [{ field: text, description: text }] },
	});
	expect(refusing(request, told)).toEqual({
		code: 1,
		message: left,
		error: {
			log_id: 'no Ann, 张三.pdf, 999, abc, 1234567890123456',
			field_violations: [{ field: left, description: left }],
		},
	});
});

test.each([[{ code: 0, msg: 'Ann' }], ['Ann'], [null]])(
	'an answer that is not a refusal stays: %j',
	(body) => {
		const answer = { statusCode: 200, headers: {}, body };
		expect(impersonal(answer, { qs: { keyword: 'Ann' } })).toBe(answer);
	},
);
