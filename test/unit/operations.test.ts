import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Runnable } from '../../nodes/shared/run/operation';
import { operationField, operationFields, runOperation } from '../../nodes/shared/run/operations';
import { contextOf } from './parameterSource';

const field = (name: string, show?: Record<string, boolean[]>): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...(show && { displayOptions: { show } }),
});

/** Operations whose items contain their names. */
const operations = ['one', 'two'].map(
	(value): Runnable => ({
		value,
		name: `Name of ${value}`,
		description: `Description of ${value}`,
		action: `Action of ${value}`,
		fields: () => [field('id'), field('limit', { returnAll: [false] })],
		run: () => Promise.resolve([{ json: { value } }]),
	}),
);

/** Runs a node with these parameters and this many input items. */
const run = async (parameters: Record<string, unknown>, items = 1, offered = operations) => {
	const context = {
		...contextOf(parameters),
		getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
	};
	return await runOperation(context as unknown as IExecuteFunctions, offered, 'two');
};

test('the chosen operation runs, or the default if none is stored', async () => {
	expect(await run({ operation: 'one' })).toEqual([{ json: { value: 'one' } }]);
	expect(await run({})).toEqual([{ json: { value: 'two' } }]);
});

test('without input items nothing runs, whatever is chosen', async () => {
	expect(await run({ operation: 'everything' }, 0)).toEqual([]);
});

test.each([
	['an unknown operation', { operation: 'everything' }, operations, 'Operation'],
	['the custom API call', { operation: '__CUSTOM_API_CALL__' }, operations, 'Operation'],
	['an operation of an unknown resource', { operation: 'one' }, [], 'Resource'],
])('refuses %s, and says what to use instead', async (_what, parameters, offered, label) => {
	await expect(run(parameters, 1, offered)).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: `'${label}' has an invalid value`,
		description:
			'Choose one from the list. For other Feishu Hire APIs, use the HTTP Request node with this credential.',
	});
});

test('the field Operation offers each operation with a label', () => {
	const { options, ...rest } = operationField(operations, 'two', { resource: ['r'] });
	expect(rest).toEqual({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['r'] } },
		default: 'two',
	});
	expect(options?.[0]).toEqual({
		name: 'Name of one',
		value: 'one',
		description: 'Description of one',
		action: 'Action of one',
	});
	expect(options).toHaveLength(2);
	expect(operationField(operations, 'two')).not.toHaveProperty('displayOptions');
});

test('each field is shown for its own operation, and as it says itself', () => {
	const shown = operationFields(operations, { resource: ['r'] }).map(({ name, displayOptions }) => [
		name,
		displayOptions?.show,
	]);
	expect(shown).toEqual([
		['id', { resource: ['r'], operation: ['one'] }],
		['limit', { returnAll: [false], resource: ['r'], operation: ['one'] }],
		['id', { resource: ['r'], operation: ['two'] }],
		['limit', { returnAll: [false], resource: ['r'], operation: ['two'] }],
	]);
});

test("a field's own conditions still hide it", () => {
	const [first] = operations as [Runnable];
	const hidden = { ...field('x'), displayOptions: { hide: { '@tool': [true] } } };
	expect(operationFields([{ ...first, fields: () => [hidden] }])[0]?.displayOptions).toEqual({
		hide: { '@tool': [true] },
		show: { operation: ['one'] },
	});
});
