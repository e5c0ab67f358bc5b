import { baseUrlOf } from '../../nodes/shared/feishu/baseUrl';

const custom = (customBaseUrl?: string) => baseUrlOf({ region: 'custom', customBaseUrl });

test.each(['https://open.feishu.cn', 'https://open.larksuite.com'])('a region is %s', (region) => {
	expect(baseUrlOf({ region })).toBe(region);
});

test('a region ignores what is left in Custom Base URL', () => {
	const credential = { region: 'https://open.feishu.cn', customBaseUrl: 'https://evil.example' };
	expect(baseUrlOf({ ...credential })).toBe('https://open.feishu.cn');
});

test.each([
	['as it is', 'https://open.feishu.cn'],
	['a trailing slash', 'https://open.feishu.cn/'],
	['blanks around', '  https://open.feishu.cn \n'],
	['a path', 'https://open.feishu.cn/open-apis'],
	['a path with a slash', 'https://open.feishu.cn/open-apis/'],
	['a query', 'https://open.feishu.cn?x=/@evil.example'],
	['a fragment', 'https://open.feishu.cn#@evil.example'],
	['the usual port', 'https://open.feishu.cn:443'],
	['capitals', 'HTTPS://Open.Feishu.CN'],
])('takes the origin of a custom URL: %s', (_form, url) => {
	expect(custom(url)).toBe('https://open.feishu.cn');
});

test.each([
	['http://localhost:3000/', 'http://localhost:3000'],
	['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
	['http://[::1]:3000', 'http://[::1]:3000'],
	['https://gateway.example:8443/feishu', 'https://gateway.example:8443'],
])('accepts %s', (url, origin) => {
	expect(custom(url)).toBe(origin);
});

test.each([
	'http://open.feishu.cn',
	'http://localhost.evil.example',
	'http://127.0.0.1.evil.example',
	'http://10.0.0.1',
	'http://0.0.0.0:3000',
	'ftp://open.feishu.cn',
	'ftp://localhost',
	'file:///etc/passwd',
	'javascript:alert(1)',
])('refuses %s: not https', (url) => {
	expect(() => custom(url)).toThrow('must start with https://');
});

test.each([
	'https://me@open.feishu.cn',
	'https://me:pw@open.feishu.cn',
	'https://:pw@open.feishu.cn',
])('refuses the user info of %s', (url) => {
	expect(() => custom(url)).toThrow('must not contain a user name or a password');
});

test('user info that hides the real host is refused too', () => {
	expect(() => custom('https://open.feishu.cn@evil.example')).toThrow('user name');
	expect(() => custom('http://127.0.0.1@evil.example')).toThrow('user name');
});

test.each([undefined, '', '  '])('says that it is missing for %j', (url) => {
	expect(() => custom(url)).toThrow('has no base URL');
});

test.each(['open.feishu.cn', 'https://', 'https://a b', '飞书'])('refuses %j: no URL', (url) => {
	expect(() => custom(url)).toThrow(
		'The Custom Base URL is not a valid URL. Enter one such as https://open.feishu.cn.',
	);
});
