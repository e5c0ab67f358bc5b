import { DateTime } from 'luxon';
import { DEFAULTS } from '../../nodes/QueryExternalBackgroundChecks/defaults';
import { parameters as form } from '../../nodes/QueryExternalBackgroundChecks/parameters';
import type { ItemQuery, ScanQuery } from '../../nodes/QueryExternalBackgroundChecks/plan';
import { readItemQuery } from '../../nodes/QueryExternalBackgroundChecks/readParameters';
import { asTyped } from '../../nodes/shared/aiTool';
import type { ParameterError } from '../../nodes/shared/form/parameterError';
import type { BackgroundCheck } from '../../nodes/shared/hire/types';
import { sourceOf } from './parameterSource';

/** Reads an item's query from parameters as n8n resolves them. */
const read = (...parameters: Parameters<typeof sourceOf>): ItemQuery =>
	readItemQuery(sourceOf(...parameters), 0);

function refusal(parameters: Record<string, unknown>): ParameterError {
	try {
		read(parameters);
	} catch (error) {
		return error as ParameterError;
	}
	throw new Error('accepted');
}

const application = { operation: 'getByApplication', externalApplicationId: '6960663240925956660' };

const settings = { pageSize: 20, timeoutMs: 60_000, requestsPerSecond: 10 };

test('a node as it comes out of the box reads the first 50 of an application, 20 at a time', () => {
	expect(read(application)).toEqual({
		kind: 'scan',
		itemIndex: 0,
		scope: { externalApplicationId: '6960663240925956660' },
		wanted: { limit: 50 },
		ifNotFound: 'include',
		simple: true,
		responseFormat: 'checks',
		settings,
	});
});

test('everything set is read', () => {
	const options = {
		pageSize: 7,
		pageToken: 'A==',
		responseFormat: 'pages',
		timeout: 1500,
		requestsPerSecond: 12.5,
		ifNotFound: 'skip',
	};
	expect(read({ operation: 'getMany', limit: 3, simple: false, options })).toEqual({
		kind: 'scan',
		itemIndex: 0,
		scope: { externalApplicationId: null, pageToken: 'A==' },
		wanted: { limit: 3 },
		ifNotFound: 'skip',
		simple: false,
		responseFormat: 'pages',
		settings: { pageSize: 7, timeoutMs: 1500, requestsPerSecond: 12.5 },
	});
});

test('the form and its reader have the same defaults', () => {
	const fields = form().flatMap((field) => [field, ...(field.options ?? [])]);
	for (const [name, value] of Object.entries(DEFAULTS)) {
		expect(fields).toContainEqual(expect.objectContaining({ name, default: value }));
	}
});

test.each([
	['a plain text', '6960663240925956660'],
	['an ID', { __rl: true, mode: 'id', value: ' 6960663240925956660 ' }],
	['a picked row', { __rl: true, mode: 'list', value: '6960663240925956660' }],
])('the external application as %s', (_kind, externalApplicationId) => {
	expect(read({ ...application, externalApplicationId })).toMatchObject({
		scope: { externalApplicationId: '6960663240925956660' },
	});
});

test('a candidate, with the country code of the options', () => {
	const candidate = { __rl: true, mode: 'phone', value: '138 1234 5678' };
	const query = read({ operation: 'getByCandidate', candidate, limit: 7 });
	expect(query).toMatchObject({
		kind: 'candidate',
		candidate: { by: 'phone', mobileCode: '86', value: '13812345678' },
		wanted: { limit: 7 },
	});
	const options = { mobileCode: '852' };
	expect(read({ operation: 'getByCandidate', candidate, options })).toMatchObject({
		candidate: { mobileCode: '852' },
	});
});

/** Whether the checks pass these filters. */
function passing(filters: Record<string, unknown>, checks: BackgroundCheck[]): boolean[] {
	const query = read({ operation: 'getMany', filters });
	const matches = query.kind === 'scan' ? query.wanted.matches : undefined;
	return checks.map((check) => matches?.(check) ?? true);
}

test.each<[string, Record<string, unknown>, BackgroundCheck[], boolean[]]>([
	['no filter', {}, [{}], [true]],
	['empty filters', { results: ' ', nameContains: ' ', dateFrom: '' }, [{}], [true]],
	[
		'results, without spaces around',
		{ results: '未通过，存疑' },
		[{ result: ' 未通过\n' }, { result: '存疑' }, { result: '通过' }, { result: null }, {}],
		[true, true, false, false, false],
	],
	[
		'results from an array',
		{ results: ['a,b'] },
		[{ result: 'a,b' }, { result: 'a' }],
		[true, false],
	],
	[
		'a part of the name, in any case',
		{ nameContains: 'Check' },
		[{ name: 'A check' }, { name: 'ＣＨＥＣＫ' }, { name: 'other' }, { name: null }, {}],
		[true, true, false, false, false],
	],
	[
		'whole days of the time zone',
		{ dateFrom: '2025-03-10', dateTo: '2025-03-11' },
		[
			{ date: Date.parse('2025-03-09T23:59:59.999+08:00') },
			{ date: Date.parse('2025-03-10T00:00:00+08:00') },
			{ date: String(Date.parse('2025-03-11T23:59:59.999+08:00')) },
			{ date: Date.parse('2025-03-12T00:00:00+08:00') },
			{ date: null },
			{ date: 0 },
		],
		[false, true, true, false, false, false],
	],
	[
		'one moment',
		{ dateTo: DateTime.fromISO('2025-03-10T12:00:00+08:00') },
		[
			{ date: Date.parse('2025-03-10T12:00+08:00') },
			{ date: Date.parse('2025-03-10T12:01+08:00') },
		],
		[true, false],
	],
	[
		'all filters together',
		{ results: 'a', nameContains: 'b' },
		[
			{ result: 'a', name: 'b' },
			{ result: 'a', name: 'c' },
		],
		[true, false],
	],
])('filters: %s', (_name, filters, checks, passes) => {
	expect(passing(filters, checks)).toEqual(passes);
});

test.each<[string, unknown]>([
	['a moment as n8n stores it', '2025-03-10T12:00:00'],
	['with a space', '2025-03-10 12:00:00'],
	['with an offset', '2025-03-10T04:00:00Z'],
	["JavaScript's date", new Date('2025-03-10T04:00:00Z')],
	['milliseconds', Date.parse('2025-03-10T04:00:00Z')],
])('a date as %s', (_form, dateFrom) => {
	const noon = Date.parse('2025-03-10T12:00:00+08:00');
	expect(passing({ dateFrom }, [{ date: noon - 1 }, { date: noon }])).toEqual([false, true]);
});

test('with Return All there is no limit, also when one is stored or wrong', () => {
	expect(read({ operation: 'getMany', returnAll: true, limit: 0 })).toMatchObject({ wanted: {} });
	expect(read({ operation: 'getMany', returnAll: true, limit: 0 })).not.toHaveProperty(
		'wanted.limit',
	);
});

test('a query by IDs knows neither limit nor page token nor pages', () => {
	const query = read({
		operation: 'getByIds',
		externalBackgroundCheckIds: 'a,b',
		limit: 0,
		options: { pageToken: 'A', responseFormat: 'pages' },
	});
	expect(query).toEqual({
		kind: 'ids',
		itemIndex: 0,
		ids: ['a', 'b'],
		ifNotFound: 'include',
		simple: true,
		settings,
	});
});

test('all is only all: an application ID left in the workflow does not narrow it', () => {
	expect(read({ ...application, operation: 'getMany' })).toMatchObject({
		scope: { externalApplicationId: null },
	});
});

test.each<[string, Record<string, unknown>, string]>([
	['limit 0', { limit: 0 }, "'Limit' is 0, not a whole number of at least 1"],
	['limit -1', { limit: -1 }, "'Limit' is -1, not"],
	['limit 1.5', { limit: 1.5 }, "'Limit' is 1.5, not"],
	['limit NaN', { limit: NaN }, "'Limit' is NaN, not"],
	['limit Infinity', { limit: Infinity }, "'Limit' is Infinity, not"],
	['a limit as text', { limit: '50' }, "'Limit' is text, not"],
	['a limit that is a list', { limit: [5] }, "'Limit' is a list, not"],
	['an object as limit', { limit: {} }, "'Limit' is of type object, not"],
	['simple as text', { simple: 'x' }, "'Simplify' is text, not true or false"],
	['returnAll as text', { returnAll: 'false' }, "'Return All' is text, not true or false"],
	['pageSize 0', { options: { pageSize: 0 } }, "'Page Size' is 0, not a whole number from 1 to 20"],
	['pageSize 21', { options: { pageSize: 21 } }, "'Page Size' is 21, not"],
	['pageSize 2.5', { options: { pageSize: 2.5 } }, "'Page Size' is 2.5, not"],
	['pageSize as text', { options: { pageSize: '5' } }, "'Page Size' is text, not"],
	['pageToken as number', { options: { pageToken: 7 } }, "'Page Token' is 7, not text"],
	['timeout 0', { options: { timeout: 0 } }, "'Timeout' is 0, not"],
	['a timeout as text', { options: { timeout: '1s' } }, "'Timeout' is text, not"],
	['0 requests/s', { options: { requestsPerSecond: 0 } }, "'Requests per Second' is 0, not"],
	['101 requests/s', { options: { requestsPerSecond: 101 } }, "'Requests per Second' is 101, not"],
	['an unknown format', { options: { responseFormat: 'x' } }, "'Response Format' has a value that"],
	['options as text', { options: 'pageSize' }, "'Options' is text, not a collection"],
	['filters as text', { filters: 'x' }, "'Filters' is text, not a collection of options"],
	[
		'results that are no text',
		{ filters: { results: [1] } },
		"'Results' holds something that is 1, not text",
	],
	['a name that is no text', { filters: { nameContains: 1 } }, "'Name Contains' is 1, not text"],
	[
		'a date that is none',
		{ filters: { dateFrom: 'x' } },
		"'Date From' is text that cannot be read",
	],
	['seconds', { filters: { dateTo: 1741536000 } }, "'Date To' is 1741536000 that cannot"],
	[
		'dates the wrong way round',
		{ filters: { dateFrom: '2025-03-11', dateTo: '2025-03-10' } },
		"'Date From' is after 'Date To'",
	],
	[
		'filters for pages',
		{ filters: { results: 'a' }, options: { responseFormat: 'pages' } },
		"'Filters' does not work with the Response Format",
	],
	['an array with a hole', { externalApplicationId: Array(1) }, "'External Application' is empty"],
	['the custom API call', { operation: '__CUSTOM_API_CALL__' }, "'Operation' has a value that"],
	['an unknown mode', { operation: 'everything' }, "'Operation' has a value that does not exist"],
	[
		'no application',
		{ operation: 'getByApplication', externalApplicationId: '' },
		"'External Application' is empty",
	],
	['no IDs at all', { operation: 'getByIds' }, "'External Background Check IDs' is empty"],
	['no candidate at all', { operation: 'getByCandidate' }, "'Candidate' is empty"],
	[
		'no application at all',
		{ externalApplicationId: undefined },
		"'External Application' is empty",
	],
])('refuses %s and names the parameter', (_name, parameters, message) => {
	expect(refusal({ ...application, ...parameters }).message).toContain(message);
	expect(refusal({ ...application, ...parameters }).advice).toMatch(/^[A-Z].*\.$/);
});

test.each(['include', 'skip', 'error'])('what is not found may be treated so: %s', (ifNotFound) => {
	expect(read({ ...application, options: { ifNotFound } }).ifNotFound).toBe(ifNotFound);
});

test.each([undefined, null, ''])('%j is no page token', (pageToken) => {
	const { scope } = read({ ...application, options: { pageToken } }) as ScanQuery;
	expect(scope).toStrictEqual({ externalApplicationId: '6960663240925956660' });
});

test('an unknown way to treat missing IDs is refused', () => {
	const options = { ifNotFound: 'ignore' };
	const { message } = refusal({ operation: 'getByIds', externalBackgroundCheckIds: 'a', options });
	expect(message).toContain("'If Not Found' has a value that does not exist");
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
		wanted: { limit: 7 },
	});
	expect(read({ ...application, returnAll: 'true' }, asTyped)).toMatchObject({ wanted: {} });
	expect(read({ ...application, simple: 'false' }, asTyped).simple).toBe(false);
	expect(() => read({ ...application, limit: 'seven' }, asTyped)).toThrow("'Limit' is text, not");
});
