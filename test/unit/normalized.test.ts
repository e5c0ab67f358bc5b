import { normalized } from '../../nodes/shared/normalized';

const ACUTE = '\u0301';
const HALFWIDTH_VOICED = '\uFF9E';

test('two spellings of a letter are the same', () => {
	expect(normalized(`e${ACUTE}`)).toBe('é');
	expect(normalized('Ａ１')).toBe('Ａ１');
	expect(normalized('Ａ１', 'NFKC')).toBe('A1');
});

test.each([
	['marks', ACUTE],
	['halfwidth marks', HALFWIDTH_VOICED],
])('more than 30 %s on a letter are left as they are', (_what, mark) => {
	const text = (marks: number) => `e${mark.repeat(marks)}`;
	expect(normalized(text(30), 'NFKC')).toBe(text(30).normalize('NFKC'));
	expect(normalized(text(30), 'NFKC')).not.toBe(text(30));
	expect(normalized(text(31), 'NFKC')).toBe(text(31));
});
