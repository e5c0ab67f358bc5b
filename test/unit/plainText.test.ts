import { plainText } from '../../nodes/shared/feishu/plainText';

test('leaves an ordinary message in any script as it is', () => {
	const text = '权限不足 (Access denied): [hire:external_application] — see https://open.feishu.cn';
	expect(plainText(text)).toBe(text);
});

test.each([
	['a tag', '<img src=x onerror=alert(1)>'],
	['a tag that is not closed', '<script'],
	['code marks of the editor', '`rm`'],
])('removes the markup from %s', (_name, text) => {
	expect(plainText(text)).not.toMatch(/[<>`]/);
	expect(plainText(text)).toHaveLength(text.length);
});

test.each([
	['control characters', 'a\u0000\u001b\u0007\r\nb'],
	['text direction', 'a\u202e\u2066b'],
	['zero width', 'a\u200b\ufeffb'],
	['line separators', 'a\u2028\u2029b'],
	['half of a surrogate pair', 'a\ud800b'],
])('replaces %s by a space', (_name, text) => {
	expect(plainText(text)).toBe('a b');
});

test('cuts at 500 characters and shows it', () => {
	expect(plainText('x'.repeat(500))).toBe('x'.repeat(500));
	expect(plainText('x'.repeat(10_000))).toBe(`${'x'.repeat(500)} …`);
});

test('masks tokens', () => {
	for (const token of [
		't-7f1bcd13fc57d46bac21793a18e560',
		'u-abc.DEF_123~+/=-',
		'Bearer whatever',
		'Bearer \t whatever',
	]) {
		expect(plainText(`a ${token} b`)).toBe('a *** b');
		expect(plainText(`"${token}"`)).not.toContain(token.slice(-8));
	}
});

test('masks the given secrets everywhere', () => {
	expect(plainText('it is s3cr3t, s3cr3t!', ['s3cr3t', ''])).toBe('it is ***, ***!');
});

test('a secret of three characters is not masked: it would mask half of every text', () => {
	expect(plainText('the cat sat', ['cat'])).toBe('the cat sat');
	expect(plainText('the cats sat', ['cats'])).toBe('the *** sat');
});

test('trims spaces', () => {
	expect(plainText(' \n a b \t')).toBe('a b');
});

test('masks a secret before it cuts, so that no half of it is left', () => {
	const text = `${'x'.repeat(495)}s3cr3t-of-the-app`;
	expect(plainText(text, ['s3cr3t-of-the-app'])).not.toContain('s3c');
});

test.each([undefined, null, 7, {}, ['a']])('anything but text becomes empty: %j', (value) => {
	expect(plainText(value)).toBe('');
});

test('only the beginning of a huge text is read, and no half of a secret is left at its end', () => {
	const secret = 's3cr3t-of-the-app';
	for (let before = 10_000 - secret.length - 1; before <= 10_000; before++) {
		const text = `${'\u0000'.repeat(before)}${secret}${'\u0000'.repeat(1_000_000)}`;
		expect(plainText(text, [secret])).not.toContain('s3c');
	}
	expect(plainText('x'.repeat(50_000_000))).toHaveLength(502);
});

test('10,000 characters of a text are read, and no more', () => {
	expect(plainText(`${'\u0000'.repeat(9_999)}x`)).toBe('x');
	expect(plainText(`hello ${'x'.repeat(20_000)}`, ['s3cr3t'])).toMatch(/^hello x+ …$/);
});
