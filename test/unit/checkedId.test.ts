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
	['6960663240925950000', true],
	['6960663240925951000', false],
	['69606632409259500001', false],
	['16960663240925950000', false],
	['696066324092595000', false],
	['a960663240925950000', false],
])('%s looks like an ID that a spreadsheet has rounded: %s', (id, looks) => {
	expect(looksRounded(id)).toBe(looks);
});
