import { credentialTestRules } from '../../nodes/shared/hire/credentialTestRules';

/** What n8n's credentials-tester.service.js makes of an answer: the first rule that is equal. */
function verdict(answer: unknown): string {
	for (const { properties } of credentialTestRules() ?? []) {
		if (!('key' in properties)) throw new Error('n8n looks at other rules on failed requests only');
		if ((answer as Record<string, unknown>)[properties.key] === properties.value)
			return properties.message;
	}
	return 'OK';
}

test.each([
	['a page', { code: 0, msg: 'ok', data: { items: [{ id: '1' }], has_more: true } }],
	['an empty page', { code: 0, msg: 'ok', data: { items: null, has_more: false } }],
	['no items', { code: 0, msg: 'ok', data: {} }],
])('%s is a success', (_name, answer) => {
	expect(verdict(answer)).toBe('OK');
});

test.each([
	[10003, /App ID/],
	[10014, /App ID or App Secret/],
	[10015, /App Secret/],
	[99991672, /lacks the scope hire:external_application:readonly or hire:external_application/],
	[99991401, /IP .*allow-list/],
	[99991662, /disabled/],
	[99991663, /token/],
	[99991400, /too many requests/],
	[1002001, /could not process the request/],
	[1002002, /without a filter/],
])('%i has a message of its own, with the code', (code, words) => {
	expect(verdict({ code, msg: 'm', error: {} })).toMatch(words);
	expect(verdict({ code, msg: 'm', data: {} })).toContain(`(code ${code})`);
});

test.each([
	[
		'an unknown code',
		{ code: 42, msg: 'm', error: {} },
		/Feishu refused the test with an unknown code/,
	],
	['a page of another server', '<html></html>', /did not come from Feishu/],
	['nothing', '', /did not come from Feishu/],
	['JSON of another server', { ok: true }, /did not come from Feishu/],
])('%s is not a success', (_name, answer, words) => {
	expect(verdict(answer)).toMatch(words);
});
