import fc from 'fast-check';

import { safeFileName, uniqueFileName } from '../../nodes/shared/hire/fileName';

test.each([
	['背景调查报告.pdf', '背景调查报告.pdf'],
	['工作履历核实(第2版).docx', '工作履历核实(第2版).docx'],
	['a report.tar.gz', 'a report.tar.gz'],
	['no extension', 'no extension'],
])('%j stays as it is', (name, safe) => {
	expect(safeFileName(name, 'fallback')).toBe(safe);
});

test.each([
	['a path', '../../etc/passwd', 'passwd'],
	['a Windows path', 'C:\\Users\\hr\\a.pdf', 'a.pdf'],
	['a mixed path', '../a\\b/c.pdf', 'c.pdf'],
	['control characters', 'a\u0000b\r\nc\u007f.pdf', 'abc.pdf'],
	['direction marks', 'exe\u202egpj.pdf', 'exegpj.pdf'],
	['half a character', 'a\ud83d.pdf', 'a.pdf'],
	['what Windows does not take', 'a:b*c?d"e<f>g|.pdf', 'a_b_c_d_e_f_g_.pdf'],
	['a hidden file', '.bashrc', 'bashrc'],
	['dots and blanks around', ' .a.pdf. ', 'a.pdf'],
	['a device', 'CON', '_CON'],
	['a device with an extension', 'con.pdf', '_con.pdf'],
	['a device with a blank', 'AUX .pdf', '_AUX.pdf'],
	['a numbered device', 'lpt1.tar.gz', '_lpt1.tar.gz'],
	['a device with a raised number', 'COM¹', '_COM¹'],
])('%s becomes harmless', (_kind, name, safe) => {
	expect(safeFileName(name, 'fallback')).toBe(safe);
});

test.each(['', '..', '/', 'a/', '\u0000', ' . ', undefined, null, 42, {}])(
	'nothing remains of %j: the fallback is used, also made harmless',
	(name) => {
		expect(safeFileName(name, 'attachment-../../x')).toBe('x');
	},
);

test('a long name is cut in whole characters, its extension kept', () => {
	const name = safeFileName(`${'报告😀'.repeat(100)}.docx`, 'fallback');
	expect(name).toMatch(/^(报告😀)+报?告?\.docx$/u);
	expect(Buffer.byteLength(name)).toBeGreaterThan(170);
	expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
});

test('a name of exactly the maximum length stays whole', () => {
	const name = `${'a'.repeat(176)}.pdf`;
	expect(safeFileName(name, 'fallback')).toBe(name);
	expect(safeFileName(`a${name}`, 'fallback')).toBe(name);
});

test('whatever a server sends, the name is valid in a file system', () => {
	const anyName = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.string({ unit: fc.constantFrom(...'./\\ :CONcon1\u0000\u202e报é'), maxLength: 40 }),
	);
	fc.assert(
		fc.property(anyName, (given) => {
			const name = safeFileName(given, 'attachment');
			expect(name).not.toMatch(/[/\\:*?"<>|\p{C}]|^[.\s]|[.\s]$|^$/u);
			expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
			expect(safeFileName(name, '')).toBe(name);
		}),
	);
});

// This took 2 s with a regular expression for the dots at the end.
test.each([
	['dots', `a${'.'.repeat(50_000)}b`, 'b'],
	['dots at its end', `b${'.'.repeat(50_000)}`, 'fallback'],
	['blanks', `a${' '.repeat(50_000)}b`, 'b'],
	['folders', `${'a/'.repeat(50_000)}b.pdf`, 'b.pdf'],
])('only the end of a name of 50,000 %s is examined', (_kind, name, safe) => {
	expect(safeFileName(name, 'fallback')).toBe(safe);
});

test('equal names are kept apart, ignoring case and the spelling of accents', () => {
	const taken = new Set<string>();
	const names = ['a.pdf', 'A.pdf', 'a.pdf', 'a (2).pdf', 'caf\u00e9', 'cafe\u0301', 'a.docx'];
	expect(names.map((name) => uniqueFileName(name, taken))).toEqual([
		'a.pdf',
		'A (2).pdf',
		'a (3).pdf',
		'a (2) (2).pdf',
		'caf\u00e9',
		'cafe\u0301 (2)',
		'a.docx',
	]);
});

test('however many names there are, no two come out equal', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom('a', 'A', 'a (2)', 'a (3)', 'b.pdf')), (names) => {
			const taken = new Set<string>();
			const unique = names.map((name) => uniqueFileName(name, taken).toLowerCase());
			expect(new Set(unique).size).toBe(names.length);
		}),
	);
});
