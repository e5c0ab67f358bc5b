import type * as ReadParameters from '../../nodes/QueryExternalBackgroundChecks/readParameters';

import { readItemQuery } from '../../nodes/QueryExternalBackgroundChecks/readParameters';

import { asTyped } from '../../nodes/shared/aiTool';
import type { ParameterError } from '../../nodes/shared/form/parameterError';

type Typed = ReadParameters.ParameterSource['typed'];

/** Reads an item's query from parameters as n8n resolves them. */
function read(parameters: Record<string, unknown>, typed: Typed = (value) => value) {
	const get = (name: string, _itemIndex: number, fallback: unknown) => parameters[name] ?? fallback;
	return readItemQuery({ get, typed }, 0);
}

function refusal(parameters: Record<string, unknown>): ParameterError {
	try {
		read(parameters);
	} catch (error) {
		return error as ParameterError;
	}
	throw new Error('accepted');
}

const application = { operation: 'getByApplication', externalApplicationId: '6960663240925956660' };

test('a node as it comes out of the box reads the first 50 of an application, 20 at a time', () => {
	expect(read(application)).toEqual({
		kind: 'scan',
		itemIndex: 0,
		externalApplicationId: '6960663240925956660',
		limit: 50,
		responseFormat: 'checks',
		pageSize: 20,
		timeoutMs: 60_000,
		requestsPerSecond: 10,
	});
});

test('everything set is read', () => {
	const options = {
		pageSize: 7,
		pageToken: 'A==',
		responseFormat: 'pages',
		timeout: 1500,
		requestsPerSecond: 12.5,
	};
	expect(read({ operation: 'getMany', limit: 3, options })).toEqual({
		kind: 'scan',
		itemIndex: 0,
		limit: 3,
		pageToken: 'A==',
		responseFormat: 'pages',
		pageSize: 7,
		timeoutMs: 1500,
		requestsPerSecond: 12.5,
	});
});

test('with Return All there is no limit, also when one is stored or wrong', () => {
	expect(read({ operation: 'getMany', returnAll: true, limit: 0 })).not.toHaveProperty('limit');
});

test('a query by IDs knows neither limit nor page token', () => {
	const query = read({
		operation: 'getByIds',
		externalBackgroundCheckIds: 'a,b',
		limit: 0,
		options: { pageToken: 'A', ifNotFound: 'include' },
	});
	expect(query).toMatchObject({ kind: 'ids', ids: ['a', 'b'], ifNotFound: 'include' });
	expect(query).not.toHaveProperty('limit');
	expect(query).not.toHaveProperty('pageToken');
});

test('all is only all: an application ID left in the workflow does not narrow it', () => {
	expect(read({ ...application, operation: 'getMany' })).not.toHaveProperty(
		'externalApplicationId',
	);
});

test.each<[string, Record<string, unknown>, string]>([
	['limit 0', { limit: 0 }, 'Limit is 0, not a whole number of at least 1'],
	['limit -1', { limit: -1 }, 'Limit is -1, not'],
	['limit 1.5', { limit: 1.5 }, 'Limit is 1.5, not'],
	['limit NaN', { limit: NaN }, 'Limit is NaN, not'],
	['limit Infinity', { limit: Infinity }, 'Limit is Infinity, not'],
	['a limit as text', { limit: '50' }, 'Limit is text, not'],
	['a limit that is a list', { limit: [5] }, 'Limit is a list, not'],
	['an object as limit', { limit: {} }, 'Limit is of type object, not'],
	['returnAll as text', { returnAll: 'false' }, 'Return All is text, not true or false'],
	['pageSize 0', { options: { pageSize: 0 } }, 'Page Size is 0, not a whole number from 1 to 20'],
	['pageSize 21', { options: { pageSize: 21 } }, 'Page Size is 21, not'],
	['pageSize 2.5', { options: { pageSize: 2.5 } }, 'Page Size is 2.5, not'],
	['pageSize as text', { options: { pageSize: '5' } }, 'Page Size is text, not'],
	['pageToken as number', { options: { pageToken: 7 } }, 'Page Token is 7, not text'],
	['timeout 0', { options: { timeout: 0 } }, 'Timeout is 0, not'],
	['a timeout as text', { options: { timeout: '1s' } }, 'Timeout is text, not'],
	['0 requests/s', { options: { requestsPerSecond: 0 } }, 'Requests per Second is 0, not'],
	['101 requests/s', { options: { requestsPerSecond: 101 } }, 'Requests per Second is 101, not'],
	['an unknown format', { options: { responseFormat: 'x' } }, 'Response Format has a value that'],
	['options as text', { options: 'pageSize' }, 'Options are text'],
	['an unknown mode', { operation: 'everything' }, 'Operation has a value that does not exist'],
	[
		'no application',
		{ operation: 'getByApplication', externalApplicationId: '' },
		'External Application ID is empty',
	],
])('refuses %s and names the parameter', (_name, parameters, message) => {
	expect(refusal({ ...application, ...parameters }).message).toContain(message);
	expect(refusal({ ...application, ...parameters }).advice).toMatch(/^[A-Z].*\.$/);
});

test('an unknown way to treat missing IDs is refused', () => {
	const options = { ifNotFound: 'ignore' };
	const { message } = refusal({ operation: 'getByIds', externalBackgroundCheckIds: 'a', options });
	expect(message).toContain('If Not Found has a value that does not exist');
});

test('a wrong text is not quoted: it may be a name', () => {
	const { message, advice } = refusal({
		operation: 'getByApplication',
		externalApplicationId: '欧阳建国',
	});
	expect(message + advice).not.toContain('欧阳');
	expect(refusal({ ...application, limit: '张三' }).message).not.toContain('张三');
});

test('what a model gives as text counts as what it means', () => {
	expect(read({ ...application, limit: '7', returnAll: 'false' }, asTyped)).toMatchObject({
		limit: 7,
	});
	expect(read({ ...application, returnAll: 'true' }, asTyped)).not.toHaveProperty('limit');
	expect(() => read({ ...application, limit: 'seven' }, asTyped)).toThrow('Limit is text, not');
});
