import type { IExecuteFunctions } from 'n8n-workflow';
import { ParameterReader } from '../../nodes/shared/form/form';

/** A reader of a node that stores this parameter, and how often it called n8n. */
function readerOf(stored: unknown, type = 'n8n-nodes-feishu-hire.feishuHire') {
	const getNodeParameter = jest.fn((_name: string, itemIndex: number) => `value ${itemIndex}`);
	const context = {
		getTimezone: () => 'Asia/Shanghai',
		getNode: () => ({ type, parameters: { field: stored } }),
		getNodeParameter,
	} as unknown as IExecuteFunctions;
	return { reader: new ParameterReader(context), getNodeParameter };
}

test.each([
	['a text', 'a'],
	['a number', 7],
	['nothing', undefined],
	['null', null],
	['a locator', { mode: 'id', value: '1' }],
])('%s is the same for all items, and read once', (_what, stored) => {
	const { reader, getNodeParameter } = readerOf(stored);
	expect([0, 1, 2].map((item) => reader.get('field', item, ''))).toEqual(Array(3).fill('value 0'));
	expect(getNodeParameter).toHaveBeenCalledTimes(1);
	expect(getNodeParameter).toHaveBeenCalledWith('field', 0, '');
});

test.each([
	['an expression', '={{ $json.a }}'],
	['a locator with one', { mode: 'id', value: '={{ $json.a }}' }],
	['a collection with one', { fields: [{ value: 'a' }, { value: '={{ $json.a }}' }] }],
])('%s is read for each item', (_what, stored) => {
	const { reader } = readerOf(stored);
	expect([0, 1].map((item) => reader.get('field', item, ''))).toEqual(['value 0', 'value 1']);
});

test('a number given as text is accepted from a model, but not in a workflow', () => {
	expect(readerOf('', 'n8n-nodes-feishu-hire.feishuHireTool').reader.typed('7')).toBe(7);
	expect(readerOf('').reader.typed('7')).toBe('7');
	expect(readerOf('').reader.timezone).toBe('Asia/Shanghai');
});
