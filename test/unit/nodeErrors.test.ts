import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { judge } from '../../nodes/shared/feishu/answer';
import { FeishuError } from '../../nodes/shared/feishu/failure';
import { ParameterError } from '../../nodes/shared/form/parameterError';
import { toErrorJson, toNodeError } from '../../nodes/shared/nodeErrors';

const node: INode = {
	id: '1',
	name: 'Node',
	type: 't',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const refused = new FeishuError(
	{
		message: 'The app lacks a permission scope (code 99991672)',
		reaction: 'fail',
		advice: 'Add the scope.',
		code: 99991672,
		feishuMessage: 'ECONNREFUSED: Access denied',
		logId: '2025LOG',
		httpStatus: 400,
		scopes: ['hire:a', 'hire:b'],
		fields: ['page_size: too big'],
		id: '123',
		appWide: true,
	},
	'Before giving up, the node tried 5 times, in 1.0 s.',
);

test('an error from Feishu becomes a NodeApiError with all that a user needs', () => {
	const error = toNodeError(node, refused, 3) as NodeApiError;
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error.message).toBe('The app lacks a permission scope (code 99991672)');
	expect(error.description?.split('\n')).toEqual([
		'Feishu says: ECONNREFUSED: Access denied.',
		'Any one of these scopes is enough: hire:a, hire:b.',
		'Affected ID: 123.',
		'Refused fields: page_size: too big.',
		'Log ID: 2025LOG.',
		'Before giving up, the node tried 5 times, in 1.0 s.',
		'Add the scope.',
	]);
	expect(error.httpCode).toBe('400');
	expect(error.context.itemIndex).toBe(3);
});

test('an ID rounded by a spreadsheet, and several refused fields, are named', () => {
	const { failure } = refused;
	const error = toNodeError(
		node,
		new FeishuError({ ...failure, id: '6960663240925950000', fields: ['a: b', 'c: d'] }),
	) as NodeApiError;
	expect(error.description?.split('\n')).toEqual(
		expect.arrayContaining([
			'Affected ID: 6960663240925950000.',
			'An ID that ends in zeros was probably rounded by a spreadsheet. Enter it again as text.',
			'Refused fields: a: b; c: d.',
		]),
	);
});

test.each([
	['wait', undefined, 'rate-limited'],
	['retry', undefined, 'temporarily-unavailable'],
	['renewToken', true, 'credential-invalid'],
	['renewToken', undefined, 'credential-invalid'],
	['fail', true, 'credential-invalid'],
	['fail', undefined, 'configuration-invalid'],
] as const)('tells n8n what kind of failure it is: %s', (reaction, appWide, cause) => {
	const failure = { message: 'm', advice: 'c', reaction, appWide };
	const error = toNodeError(node, new FeishuError(failure)) as NodeApiError;
	expect(error).toMatchObject({ failure: { cause } });
});

test.each([
	['99991672', 'a missing scope', 'configuration-invalid'],
	['99991401', 'an IP that is not allowed', 'configuration-invalid'],
	['99991662', 'a disabled app', 'configuration-invalid'],
	['99991673', 'an app that is not installed', 'configuration-invalid'],
	['10014', 'a wrong secret', 'credential-invalid'],
	['99991663', 'a refused token', 'credential-invalid'],
	['1002102', 'an unknown candidate', 'configuration-invalid'],
	['99991400', 'too many requests', 'rate-limited'],
	['1002001', 'a system error', 'temporarily-unavailable'],
])('code %s, %s, is for n8n: %s', (code, _name, cause) => {
	const verdict = judge(
		{ statusCode: 400, headers: {}, body: { code: Number(code) } },
		'https://open.feishu.cn',
	);
	const failure = 'failure' in verdict ? verdict.failure : undefined;
	expect(failure && toNodeError(node, new FeishuError(failure))).toMatchObject({
		failure: { cause },
	});
});

test.each([
	['2026-11-24T12:00:00+08:00', '2026-12-01T00:00:00+08:00'],
	['2026-12-31T23:59:59+08:00', '2027-01-01T00:00:00+08:00'],
	['2027-01-01T00:00:00+08:00', '2027-02-01T00:00:00+08:00'],
	// Still November in London.
	['2026-11-30T16:30:00Z', '2027-01-01T00:00:00+08:00'],
])('a quota used up at %s is reset at %s', (now, resets) => {
	jest.useFakeTimers({ now: new Date(now) });
	const failure = {
		message: 'm',
		advice: 'a',
		reaction: 'fail',
		cause: 'quota-exhausted',
	} as const;
	const error = toNodeError(node, new FeishuError(failure));
	jest.useRealTimers();
	expect(error).toMatchObject({
		failure: { cause: 'quota-exhausted', resetsAtEpochMs: Date.parse(resets) },
	});
});

test('a parameter becomes a NodeOperationError with its item and its advice', () => {
	const error = toNodeError(node, new ParameterError('Limit', 'is 0', 'Use 1.'), 2);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error).toMatchObject({ message: "'Limit' is 0", description: 'Use 1.' });
	expect(error.context.itemIndex).toBe(2);
});

test("n8n's own errors stay as they are, and get their item", () => {
	const error = new NodeOperationError(node, 'Node does not have any credentials set');
	expect(toNodeError(node, error, 1)).toBe(error);
	expect(error.context.itemIndex).toBe(1);
	expect(toNodeError(node, error, 5).context.itemIndex).toBe(1);
});

test.each([
	[new Error('plain words'), 'plain words'],
	['thrown text', 'thrown text'],
])('anything else becomes a NodeOperationError: %s', (thrown, message) => {
	const error = toNodeError(node, thrown, 0);
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error.message).toBe(message);
	expect(error.context.itemIndex).toBe(0);
	expect(toErrorJson(node, thrown)).toEqual({ message });
});

test('the error item holds message, code, log ID and what to do', () => {
	expect(toErrorJson(node, refused)).toEqual({
		message: 'The app lacks a permission scope (code 99991672)',
		description: (toNodeError(node, refused) as NodeApiError).description,
		code: 99991672,
		log_id: '2025LOG',
		http_status: 400,
	});
});

test('the error item leaves out what the answer did not have', () => {
	const error = new FeishuError({ message: 'm', advice: 'c', reaction: 'retry' });
	expect(toErrorJson(node, error)).toEqual({ message: 'm', description: 'c' });
	expect(toErrorJson(node, new ParameterError('Limit', 'is 0', 'Use 1.'))).toEqual({
		message: "'Limit' is 0",
		description: 'Use 1.',
		parameter: 'Limit',
	});
});

describe('of several input items', () => {
	const limit = new ParameterError('Limit', 'is 0', 'Use 1.');
	const THIRD =
		'The error occurred in item 3 (row 4 of a sheet with a header). To continue without it, set On Error to Continue in the settings of this node.';

	test('the error names the item, counted from 1, and says how to process the others', () => {
		expect(toNodeError(node, limit, 2, 5).description).toBe(`Use 1.\n${THIRD}`);
		expect(toNodeError(node, limit, 0, 1).description).toBe('Use 1.');
		expect(toNodeError(node, limit, undefined, 5).description).toBe('Use 1.');
		expect(toNodeError(node, new Error('plain'), 2, 5).description).toBe(THIRD);
	});

	// n8n's editor appends `[item 2]` to the title of an error with an index.
	test('the item is named once', () => {
		for (const error of [
			limit,
			new Error('plain'),
			new FeishuError({ message: 'm', advice: 'a', reaction: 'fail' }),
		]) {
			const several = toNodeError(node, error, 2, 5);
			expect(`${several.message} ${several.description}`.match(/item/g)).toHaveLength(1);
			expect(several.context.itemIndex).toBeUndefined();
			expect(toNodeError(node, error, 0, 1).context.itemIndex).toBe(0);
		}
	});

	test('an error that affects all of them names none', () => {
		const { description } = toNodeError(node, refused, 2, 5);
		expect(description).not.toMatch(/item|On Error/);
	});
});

describe('a model', () => {
	const tool = { ...node, type: 'tTool' };

	test('gets everything in the title, in sentences, and nothing that needs a form', () => {
		const error = new ParameterError('Limit', 'is 0', 'Use the switch.', 'Use 1.');
		expect(toNodeError(tool, error, 0).message).toBe("'Limit' is 0.\nUse 1.");
		expect(toErrorJson(tool, error)).toMatchObject({ description: 'Use 1.' });
		expect(toNodeError(node, error, 0).description).toBe('Use the switch.');
		expect(toErrorJson(node, error)).toMatchObject({ description: 'Use the switch.' });
		expect(toNodeError(tool, new Error('No way'), 0).message).toBe('No way.');
	});

	test.each([
		['fail', undefined, 'a.'],
		['fail', true, 'Ask a person to fix this: a.'],
		['retry', undefined, 'Ask a person to fix this: a.'],
		['wait', undefined, 'Ask a person to fix this: a.'],
	] as const)('knows what only a person can do: %s, app-wide: %s', (reaction, appWide, told) => {
		const error = new FeishuError({ message: 'm', advice: 'a.', reaction, appWide });
		expect(toNodeError(tool, error, 0).message).toBe(`m.\n${told}`);
		expect(toNodeError(node, error, 0).message).toBe('m');
		expect(toNodeError(node, error, 0).description).toBe('a.');
	});
});

test('what n8n says about a request that was not sent is not attributed to Feishu', () => {
	const error = new FeishuError({ message: 'm', advice: 'a', reaction: 'fail', reason: 'no' });
	expect(toNodeError(node, error).description).toBe('Reason: no.\na');
});

test.each([
	['Access denied. See the page', 'Access denied. See the page.'],
	['Access denied!', 'Access denied!'],
	['没有权限。', '没有权限。'],
])('the message of Feishu ends like a sentence: %s', (feishuMessage, said) => {
	const error = new FeishuError({ message: 'm', advice: 'a', reaction: 'fail', feishuMessage });
	expect(toNodeError(node, error).description).toBe(`Feishu says: ${said}\na`);
});
