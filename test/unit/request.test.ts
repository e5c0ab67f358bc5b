import type { IDataObject } from 'n8n-workflow';
import { getByApplication } from '../../nodes/shared/operations/externalBackgroundCheck/getByApplication';
import { getByCandidate } from '../../nodes/shared/operations/externalBackgroundCheck/getByCandidate';
import { getByIds } from '../../nodes/shared/operations/externalBackgroundCheck/getByIds';
import { getMany } from '../../nodes/shared/operations/externalBackgroundCheck/getMany';
import {
	readPageToken,
	readQuery,
	readWanted,
} from '../../nodes/shared/operations/externalBackgroundCheck/read/request';
import { formOf } from './formOf';
import { TOOL_TYPE } from './parameterSource';
import { readWith, refused } from './queryForms';

/** Reads what all operations share. */
const read = (parameters: Record<string, unknown> = {}, type?: string) =>
	readQuery(formOf(parameters, { type }));

/** Reads how much is wanted. */
const wanted = (parameters: Record<string, unknown> = {}, type?: string) =>
	readWanted(formOf(parameters, { type }));

test('a node with its default values', () => {
	expect(read()).toStrictEqual({
		itemIndex: 0,
		settings: { pageSize: 20, requestsPerSecond: 10 },
		ifNotFound: 'include',
		simple: true,
	});
	expect(wanted()).toStrictEqual({ limit: 50 });
});

test('all settings are read', () => {
	const options = { pageSize: 7, requestsPerSecond: 12.5, ifNotFound: 'skip' };
	expect(read({ simple: false, options })).toStrictEqual({
		itemIndex: 0,
		settings: { pageSize: 7, requestsPerSecond: 12.5 },
		ifNotFound: 'skip',
		simple: false,
	});
	expect(wanted({ limit: 3, returnAll: false })).toStrictEqual({ limit: 3 });
	expect(readQuery(formOf({}, { itemIndex: 4 })).itemIndex).toBe(4);
});

test('with Return All there is no limit, also when one is stored or wrong', () => {
	expect(wanted({ returnAll: true, limit: 0 })).toStrictEqual({ limit: Infinity });
});

test('filters that are set are part of the query', () => {
	const { matches, limit } = wanted({ filters: { results: 'a' } });
	expect([{ result: 'a' }, { result: 'b' }].map((check) => matches?.(check))).toEqual([
		true,
		false,
	]);
	expect(limit).toBe(50);
	expect(wanted({ filters: {} })).not.toHaveProperty('matches');
});

test.each(['include', 'skip', 'error'])(
	'what is not found can be treated like this: %s',
	(ifNotFound) => {
		expect(read({ options: { ifNotFound } }).ifNotFound).toBe(ifNotFound);
	},
);

test.each<[string, Record<string, unknown>, string]>([
	['simple as text', { simple: 'x' }, "'Simplify' is text, not true or false"],
	['pageSize 0', { options: { pageSize: 0 } }, "'Page Size' is 0, not a whole number from 1 to 20"],
	['pageSize 21', { options: { pageSize: 21 } }, "'Page Size' is 21, not"],
	['pageSize 2.5', { options: { pageSize: 2.5 } }, "'Page Size' is 2.5, not"],
	['pageSize as text', { options: { pageSize: '5' } }, "'Page Size' is text, not"],
	['0 requests/s', { options: { requestsPerSecond: 0 } }, "'Requests per Second' is 0, not"],
	['101 requests/s', { options: { requestsPerSecond: 101 } }, "'Requests per Second' is 101, not"],
	['options as text', { options: 'pageSize' }, "'Options' is text, not an object"],
	[
		'an unknown way to treat what is not found',
		{ options: { ifNotFound: 'ignore' } },
		"'If Not Found' has an invalid value",
	],
	[
		'a switch for attachments that is none',
		{ downloadAttachments: 'x' },
		"'Download Attachments' is text, not true",
	],
])('every operation refuses %s and names the parameter', (_name, parameters, message) => {
	const id = '6960663240925956660';
	const given = {
		externalApplicationId: id,
		candidate: { __rl: true, mode: 'value', value: id },
		externalBackgroundCheckIds: id,
	};
	const readings = [
		() => read(parameters),
		() => readWith(getMany, { ...given, ...parameters }),
		() => readWith(getByApplication, { ...given, ...parameters }),
		() => readWith(getByCandidate, { ...given, ...parameters }),
		() => readWith(getByIds, { ...given, ...parameters }),
	];
	for (const reading of readings) {
		const error = refused(reading);
		expect(error.message).toContain(message);
		expect(error.advice).toMatch(/^[A-Z].*\.$/);
	}
});

test.each<[string, Record<string, unknown>, string]>([
	['limit 0', { limit: 0 }, "'Limit' is 0, not a whole number of at least 1"],
	['limit -1', { limit: -1 }, "'Limit' is -1, not"],
	['limit 1.5', { limit: 1.5 }, "'Limit' is 1.5, not"],
	['limit NaN', { limit: NaN }, "'Limit' is NaN, not"],
	['limit Infinity', { limit: Infinity }, "'Limit' is Infinity, not"],
	['a limit as text', { limit: '50' }, "'Limit' is text, not"],
	['a limit that is a list', { limit: [5] }, "'Limit' is a list, not"],
	['an object as limit', { limit: {} }, "'Limit' is a value of type object, not"],
	['returnAll as text', { returnAll: 'false' }, "'Return All' is text, not true or false"],
	['filters as text', { filters: 'x' }, "'Filters' is text, not an object"],
	[
		'results that are no text',
		{ filters: { results: [2 ** 53] } },
		"'Results' contains an entry that is a number, not text",
	],
	[
		'a name that is no text',
		{ filters: { nameContains: 2 ** 53 } },
		"'Name Contains' is a number, not text",
	],
	[
		'a date that is none',
		{ filters: { dateFrom: 'x' } },
		"'Date From' is text that cannot be read",
	],
	[
		'seconds',
		{ filters: { dateTo: 1741536000 } },
		"'Date To' looks like seconds since 1970, not milliseconds",
	],
	[
		'dates the wrong way round',
		{ filters: { dateFrom: '2025-03-11', dateTo: '2025-03-10' } },
		"'Date From' is after 'Date To'",
	],
])('operations that read lists refuse %s and name the parameter', (_name, parameters, message) => {
	const id = '6960663240925956660';
	const given = {
		externalApplicationId: id,
		candidate: { __rl: true, mode: 'value', value: id },
	};
	const readings = [
		() => wanted(parameters),
		() => readWith(getMany, { ...given, ...parameters }),
		() => readWith(getByApplication, { ...given, ...parameters }),
		() => readWith(getByCandidate, { ...given, ...parameters }),
	];
	for (const reading of readings) {
		const error = refused(reading);
		expect(error.message).toContain(message);
		expect(error.advice).toMatch(/^[A-Z].*\.$/);
	}
});

test('a wrong text is not quoted, because it may be a name', () => {
	expect(refused(() => wanted({ limit: '张三' })).message).not.toContain('张三');
});

test('a value that a model gives as text is converted', () => {
	expect(wanted({ limit: '7', returnAll: 'false' }, TOOL_TYPE)).toStrictEqual({ limit: 7 });
	expect(wanted({ returnAll: 'true' }, TOOL_TYPE)).toStrictEqual({ limit: Infinity });
	expect(read({ simple: 'false' }, TOOL_TYPE).simple).toBe(false);
	expect(read({ downloadAttachments: 'true' }, TOOL_TYPE)).toHaveProperty('attachments');
	expect(() => wanted({ limit: 'seven' }, TOOL_TYPE)).toThrow("'Limit' is text, not");
});

test.each([undefined, null, ''])('%j is not a page token', (pageToken) => {
	expect(readPageToken(pageToken)).toStrictEqual({});
});

test('a page token is a text', () => {
	expect(readPageToken('A==')).toStrictEqual({ pageToken: 'A==' });
	const error = refused(() => readPageToken(7));
	expect(error.message).toBe("'Page Token' is a number, not text");
	expect(error.advice).toBe('Use the page_token of a previous page.');
});

describe('attachments', () => {
	/** The request for the files of checks. */
	const attachmentsWith = (attachmentOptions?: IDataObject | string) =>
		read({ downloadAttachments: true, attachmentOptions }).attachments;

	test('have their own settings', () => {
		expect(attachmentsWith()).toEqual({
			type: 3,
			prefix: 'attachment_',
			maxBytes: 50 * 1024 * 1024,
		});
		expect(
			attachmentsWith({ attachmentType: 1, attachmentsPrefix: 'a', maxAttachmentSizeMb: 1 }),
		).toEqual({ type: 1, prefix: 'a', maxBytes: 1024 * 1024 });
	});

	test('that are not requested have none, not even wrong ones', () => {
		expect(read({ attachmentOptions: 'x' })).not.toHaveProperty('attachments');
		expect(read({ downloadAttachments: false, attachmentOptions: 'x' })).not.toHaveProperty(
			'attachments',
		);
	});

	test.each<[string, IDataObject | string, string]>([
		['options that are none', 'x', "'Attachment Options' is text, not a"],
		['an unknown type', { attachmentType: 4 }, "'Attachment Type' has an invalid value"],
		[
			'a size of nothing',
			{ maxAttachmentSizeMb: 0 },
			"'Max Attachment Size (MB)' is 0, not a number from 0.001 to 10000",
		],
		['too large a size', { maxAttachmentSizeMb: 10_001 }, "'Max Attachment Size (MB)' is 10001,"],
	])('refuse %s and name the parameter', (_what, options, message) => {
		expect(() => attachmentsWith(options)).toThrow(message);
	});

	test.each([1, 2, 3])('may be of the type %i', (attachmentType) => {
		expect(attachmentsWith({ attachmentType })?.type).toBe(attachmentType);
	});

	test.each(['a', 'attachment_', '_', '0-9', 'x'.repeat(64)])(
		'may have the prefix %j',
		(prefix) => {
			expect(attachmentsWith({ attachmentsPrefix: prefix })?.prefix).toBe(prefix);
		},
	);

	test.each([7, '', 'a b', '-a', ' a', 'a.b', '附件', 'x'.repeat(65)])(
		'refuse the prefix %j',
		(attachmentsPrefix) => {
			expect(() => attachmentsWith({ attachmentsPrefix })).toThrow(
				"'Attachments Prefix' is not a valid prefix for field names",
			);
		},
	);
});
