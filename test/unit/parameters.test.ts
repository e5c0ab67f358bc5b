import { parameters } from '../../nodes/QueryExternalBackgroundChecks/parameters';
import { DEFAULTS } from '../../nodes/shared/operations/externalBackgroundCheck/read/defaults';

/** The fields of the form and of its collections. */
const fields = parameters().flatMap((field) => [field, ...(field.options ?? [])]);

test.each(Object.entries(DEFAULTS))(
	'the form and its reader have the same default: %s',
	(name, value) => {
		const found = fields.filter((field) => field.name === name);
		expect(found).not.toHaveLength(0);
		for (const field of found) expect(field).toHaveProperty('default', value);
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
