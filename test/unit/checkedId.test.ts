import fc from 'fast-check';
import { isId, looksRounded } from '../../nodes/shared/hire/checkedId';

test.each([
	['6960663240925956660', true],
	['a', true],
	['A-z_09', true],
	['x'.repeat(64), true],
	['x'.repeat(65), false],
	['', false],
	['1 2', false],
	[' 1', false],
	['1\n', false],
	['../1', false],
	['1?', false],
	['张三', false],
	[6960663, false],
	[undefined, false],
	[['1'], false],
])('%j is an ID: %s', (value, is) => {
	expect(isId(value)).toBe(is);
});

test.each([
	['6960663240925956660', false],
	['6960663240925957000', true],
	['6960663240925956600', false],
	['6960663240925950000', true],
	['69606632409259500000', false],
	['696066324092595000', false],
	['a960663240925950000', false],
	['', false],
])('%s looks like an ID that has been rounded: %s', (id, looks) => {
	expect(looksRounded(id)).toBe(looks);
});

/** IDs since 2004, whose upper 32 bits are the second of their creation. */
const ids = fc.bigInt({ min: 1n << 62n, max: (1n << 63n) - 200_000n });

test('any ID that becomes a number on its way looks rounded afterwards, as does one from a spreadsheet', () => {
	fc.assert(
		fc.property(ids, (id) => {
			expect(looksRounded(String(Number(id)))).toBe(true);
			expect(looksRounded(`${String(id).slice(0, 15)}0000`)).toBe(true);
		}),
	);
});

test('about a hundred of a hundred thousand real IDs look rounded', () => {
	fc.assert(
		fc.property(ids, (first) => {
			const rounded = Array.from({ length: 102_400 }, (_, n) => String(first + BigInt(n)));
			const count = rounded.filter(looksRounded).length;
			expect([99, 100, 101]).toContain(count);
		}),
		{ numRuns: 3 },
	);
});
