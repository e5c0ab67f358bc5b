import type { INode } from 'n8n-workflow';
import { asTyped, isAiTool } from '../../nodes/shared/aiTool';

test.each([
	['true', true],
	['false', false],
	['7', 7],
	['10.25', 10.25],
	['007', 7],
])('the text %j means %j', (text, value) => {
	expect(asTyped(text)).toBe(value);
});

test.each(['seven', '7 days', 'a7', '7.', '.5', '1.2.3', '-1', '1e3', ' 7', 'True', '', 'null'])(
	'the text %j stays a text',
	(text) => {
		expect(asTyped(text)).toBe(text);
	},
);

test.each([[7], [true], [null], [undefined], [['7']], [{}]])(
	'a value that is not a text stays: %j',
	(value) => {
		expect(asTyped(value)).toBe(value);
	},
);

test('only the variant that a model calls is a tool', () => {
	const type = 'n8n-nodes-feishu-hire.queryExternalBackgroundChecks';
	expect(isAiTool({ type } as INode)).toBe(false);
	expect(isAiTool({ type: `${type}Tool` } as INode)).toBe(true);
	expect(isAiTool({ type: 'ToolBox.node' } as INode)).toBe(false);
});
