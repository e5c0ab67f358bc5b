import type { INodeProperties } from 'n8n-workflow';
import { parameters } from '../../nodes/QueryExternalBackgroundChecks/parameters';
import { orders } from '../../nodes/shared/operations/backgroundCheckOrder/orders';
import { reads } from '../../nodes/shared/operations/externalBackgroundCheck/reads';
import { readWith } from './queryForms';

const REQUIRED = {
	applicationId: '6960663240925956660',
	candidate: { __rl: true, mode: 'value', value: '王伟' },
	externalApplicationId: '6960663240925956660',
	externalBackgroundCheckIds: '6960663240925956660',
	orderIds: '6960663240925956660',
	downloadAttachments: true,
	downloadReports: true,
	// Options of this collection are conditions: an unset one has no default.
	filters: {},
};

/** The default of each field, and in a collection that of each option. */
const defaultsOf = (fields: INodeProperties[]): Record<string, unknown> =>
	Object.fromEntries(
		fields.map(({ name, type, default: value, options }) => [
			name,
			type === 'collection' ? defaultsOf(options as INodeProperties[]) : value,
		]),
	);

test.each([...reads, ...orders].map((operation) => [operation.action, operation] as const))(
	'what a workflow does not store is read as what the form shows: %s',
	(_action, operation) => {
		// As text, because the functions that filter are made anew.
		const read = (more: Record<string, unknown>) =>
			JSON.stringify(readWith<unknown>(operation, { ...more, ...REQUIRED }), null, 1);
		const shown = defaultsOf(operation.fields());
		expect(shown).toHaveProperty('simple');
		expect(read(shown)).toBe(read({}));
	},
);

/** The names of an operation's fields, and of their options. */
const namesOf = (operation: string) => {
	const own = parameters().filter(({ displayOptions }) =>
		displayOptions?.show?.operation?.includes(operation),
	);
	const options = own.find(({ name }) => name === 'options')?.options ?? [];
	return { own: own.map(({ name }) => name), options: options.map(({ name }) => name) };
};

const FILES = ['downloadAttachments', 'attachmentOptions', 'options'];
const OUTPUT = ['simple', ...FILES];
const LISTS = ['returnAll', 'limit', 'simple', 'filters', ...FILES];
const COMMON = ['pageSize', 'requestsPerSecond', 'timeout'];
// All checks of the tenant are no particular record that could be missing.
const NAMED = ['ifNotFound', ...COMMON];

test.each([
	['getByCandidate', ['candidate', ...LISTS], ['ifSeveralCandidates', 'mobileCode', ...NAMED]],
	[
		'getByApplication',
		['externalApplicationId', ...LISTS],
		['pageToken', 'responseFormat', ...NAMED],
	],
	['getByIds', ['externalBackgroundCheckIds', ...OUTPUT], NAMED],
	['getMany', [...LISTS], ['pageToken', 'responseFormat', ...COMMON]],
])('the fields and options of %s', (operation, own, options) => {
	expect(namesOf(operation).own).toEqual(own);
	expect(namesOf(operation).options.sort()).toEqual([...options].sort());
});

test('every field but the first two belongs to one operation', () => {
	const [notice, operation, ...others] = parameters();
	expect([notice?.name, operation?.name]).toEqual(['notice', 'operation']);
	for (const { displayOptions } of others) {
		expect(displayOptions?.show?.operation).toHaveLength(1);
	}
	const shown = others.map(({ name, displayOptions }) => [name, displayOptions?.show?.operation]);
	expect(new Set(shown.map((each) => JSON.stringify(each)))).toHaveProperty('size', others.length);
});

test('the form is fresh at each call: n8n adds to what it is given', () => {
	const [first, second] = [parameters(), parameters()];
	expect(first).toEqual(second);
	first.forEach((field, index) => expect(field).not.toBe(second[index]));
});
