import {
	appOf,
	isUsable,
	tokenOwnerOf,
	type FeishuHireCredential,
} from '../../nodes/shared/feishu/credential';

const ownerOf = (credential: FeishuHireCredential) => tokenOwnerOf(appOf(credential));

const credential = {
	region: 'custom',
	customBaseUrl: 'https://a.example',
	appId: 'cli_1',
	appSecret: 'secret',
};
const owner = ownerOf(credential);
const token = { accessToken: 't-1', accessTokenOwner: owner, accessTokenRenewAt: '1000' };

test.each([
	['app ID', { appId: 'cli_2' }],
	['app secret', { appSecret: 'other' }],
	['host', { customBaseUrl: 'https://b.example' }],
	['port', { customBaseUrl: 'https://a.example:8443' }],
	['region', { region: 'https://open.feishu.cn' }],
])('another %s means another owner of the token', (_field, change) => {
	expect(ownerOf({ ...credential, ...change })).not.toBe(owner);
});

test('another spelling of the same base URL is the same owner', () => {
	expect(ownerOf({ ...credential, customBaseUrl: ' https://A.example/path ' })).toBe(owner);
});

test.each([
	['app ID', { appId: ' cli_1\n' }],
	['app secret', { appSecret: '\tsecret ' }],
])('spaces around the %s change nothing', (_field, pasted) => {
	expect(appOf({ ...credential, ...pasted })).toEqual(appOf(credential));
	expect(ownerOf({ ...credential, ...pasted })).toBe(owner);
});

test('characters moved from ID to secret mean another owner', () => {
	const shifted = { ...credential, appId: 'cli_1s', appSecret: 'ecret' };
	expect(ownerOf(shifted)).not.toBe(owner);
});

test('the fingerprint does not reveal the secret', () => {
	expect(owner).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
	['is theirs and not due', token, owner, 999, true],
	['is due for renewal', token, owner, 1000, false],
	['is of another owner', token, 'other', 0, false],
	['is empty', { ...token, accessToken: '' }, owner, 0, false],
	['has no time', { ...token, accessTokenRenewAt: '' }, owner, 0, false],
	['has a time that is no number', { ...token, accessTokenRenewAt: 'soon' }, owner, 0, false],
	['is missing', {}, owner, 0, false],
])('whether a token counts that %s', (_name, stored, forOwner, now, usable) => {
	expect(isUsable(stored, forOwner, now)).toBe(usable);
});

describe("a field that is not a text, from an expression or from n8n's API", () => {
	const noTexts = [42, null, undefined, ['cli_1'], true, '__n8n_BLANK_VALUE_e5362baf'];
	const fields = [
		['App ID', 'appId'],
		['App Secret', 'appSecret'],
		['Region', 'region'],
	] as const;
	test.each(fields.flatMap(([label, field]) => noTexts.map((value) => [label, value, field])))(
		'%s: %p',
		(label, value, field) => {
			const wrong = { ...credential, [String(field)]: value } as FeishuHireCredential;
			expect(() => appOf(wrong)).toThrow(
				`The ${String(label)} of the credential is not text. Open the credential and enter the ${String(label)} again.`,
			);
		},
	);

	test.each([42, ['https://a.example'], '__n8n_BLANK_VALUE_e5362baf'])(
		'Custom Base URL: %p, but only if it is the one in use',
		(customBaseUrl) => {
			const wrong = { ...credential, customBaseUrl } as FeishuHireCredential;
			expect(() => appOf(wrong)).toThrow(/^The Custom Base URL of the credential is not text/);
			const region = 'https://open.feishu.cn';
			expect(appOf({ ...wrong, region }).baseUrl).toBe(region);
		},
	);
});
