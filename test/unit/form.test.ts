import { readCandidates, readWrittenCandidate } from '../../nodes/shared/operations/candidates';
import { dateField, nameField } from '../../nodes/shared/operations/externalBackgroundCheck/fields';
import { creationOptions, readCreationOptions } from '../../nodes/shared/operations/options';
import { changesNothing, readUpdateFields } from '../../nodes/shared/operations/updateFields';
import { formOf } from './formOf';
import { TOOL_TYPE } from './parameterSource';
import { refused } from './queryForms';
import { refusal } from './refusal';

const CONVERT =
	'Enter text, or check the expression. To turn a number into text, use {{ String($json.value) }}. A number of more than 15 digits may have lost some by then: format the column of the sheet as text.';

test.each<[unknown, string]>([
	[null, `'Name' is empty. ${CONVERT}`],
	[undefined, `'Name' is empty. ${CONVERT}`],
	[2 ** 53, `'Name' is a number, not text. ${CONVERT}`],
	[-(2 ** 53), `'Name' is a number, not text. ${CONVERT}`],
	[1e21, `'Name' is a number, not text. ${CONVERT}`],
	[Infinity, `'Name' is a number, not text. ${CONVERT}`],
	[NaN, `'Name' is a number, not text. ${CONVERT}`],
	[true, `'Name' is a boolean, not text. ${CONVERT}`],
	[['a'], `'Name' is a list, not text. ${CONVERT}`],
	['', "'Name' is empty. Enter text."],
	[' \n', "'Name' is empty. Enter text."],
	['null', "'Name' is a placeholder for a missing value, such as undefined. Check the expression."],
	[
		'undefined',
		"'Name' is a placeholder for a missing value, such as undefined. Check the expression.",
	],
	[
		'[object Object]',
		"'Name' is a placeholder for a missing value, such as undefined. Check the expression.",
	],
	[
		' NaN ',
		"'Name' is a placeholder for a missing value, such as undefined. Check the expression.",
	],
])('as a text %j is refused, word for word', (value, told) => {
	expect(refusal(() => formOf({}).text('Name', value))).toBe(told);
});

test.each([
	[7, '7'],
	[0, '0'],
	[-3, '-3'],
	[87.5, '87.5'],
	[Number.MAX_SAFE_INTEGER, '9007199254740991'],
	[Number.MIN_SAFE_INTEGER, '-9007199254740991'],
])('the number %d is taken as text', (value, text) => {
	expect(formOf({}).text('Name', value)).toBe(text);
	expect(formOf({}).part('Name Contains', value)).toBe(text);
});

test('a text is trimmed', () => {
	expect(formOf({}).text('Name', ' 入职前 背调\n')).toBe('入职前 背调');
});

test('a missing value is an empty text', () => {
	expect(formOf({}).get('name')).toBe('');
	expect(formOf({ name: 'a' }).get('name')).toBe('a');
});

test('an invalid collection is named', () => {
	expect(formOf({}).collection('options', 'Options')).toEqual({});
	expect(refusal(() => formOf({ options: 'x' }).collection('options', 'Options'))).toMatch(
		/^'Options' is text, not/,
	);
});

test('a number given as text is accepted from a model, but not in a workflow', () => {
	expect(formOf({ limit: '7' }, { type: TOOL_TYPE }).typed('limit', 50)).toBe(7);
	expect(formOf({ limit: '7' }).typed('limit', 50)).toBe('7');
	expect(formOf({}).typed('limit', 50)).toBe(50);
});

describe('a candidate is read with the options beside it', () => {
	const candidate = { __rl: true, mode: 'value', value: ' 5550 0101' };
	const options = { mobileCode: '852' };

	test('to read something of', () => {
		expect(readCandidates(formOf({ candidate, options }, { itemIndex: 7 }))).toStrictEqual({
			itemIndex: 7,
			candidate: { by: 'phone', mobileCode: '852', value: '55500101' },
			asked: ' 5550 0101',
			ifSeveralCandidates: 'error',
			ifNotFound: 'include',
			subject: { label: 'Candidate' },
		});
		const chosen = { ifSeveralCandidates: 'all', ifNotFound: 'skip' };
		expect(readCandidates(formOf({ candidate, options: chosen }))).toMatchObject(chosen);
	});

	test('to write something for', () => {
		expect(readWrittenCandidate(formOf({ candidate, options }, { itemIndex: 7 }))).toStrictEqual({
			itemIndex: 7,
			candidate: { by: 'phone', mobileCode: '852', value: '55500101' },
		});
	});

	test.each([readCandidates, readWrittenCandidate])('invalid options are named', (read) => {
		expect(refusal(() => read(formOf({ candidate, options: 'x' })))).toMatch(
			/^'Options' is text, not/,
		);
	});

	test('an unknown choice is named', () => {
		const told = (more: object) =>
			refusal(() => readCandidates(formOf({ candidate, options: more })));
		expect(told({ ifSeveralCandidates: 'first' })).toBe(
			"'If Several Candidates' has an invalid value. Use one of: error, all.",
		);
		expect(told({ ifNotFound: 'x' })).toMatch(/^'If Not Found' has an invalid value/);
	});

	test('a name is accepted for a write only if the option says so', () => {
		const named = { __rl: true, mode: 'value', value: '王伟' };
		const read = (acceptNames?: unknown) =>
			readWrittenCandidate(formOf({ candidate: named, options: { acceptNames } })).candidate;
		const told =
			"'Candidate' is a name, and another person may have the same one. Nothing was written. Enter an email address, a phone number or a talent ID, or turn on the option 'Accept Names'.";
		expect(refusal(() => read())).toBe(told);
		expect(refusal(() => read(false))).toBe(told);
		expect(refusal(() => read('true'))).toMatch(/^'Accept Names' is text, not true or false/);
		expect(read(true)).toEqual({ by: 'name', value: '王伟' });
		expect(readCandidates(formOf({ candidate: named })).candidate).toEqual({
			by: 'name',
			value: '王伟',
		});
	});
});

test.each([undefined, null, '', ' \n'])('the External ID %j counts as missing', (externalId) => {
	expect(formOf({ options: { externalId } }).externalId()).toBeUndefined();
	expect(readCreationOptions(formOf({ options: { externalId } }))).toStrictEqual({
		skips: true,
	});
});

test('an External ID is no number, which might have lost digits', () => {
	expect(refusal(() => formOf({ options: { externalId: 7 } }).externalId())).toBe(
		`'External ID' is a number, not text. ${CONVERT}`,
	);
});

test('an External ID belongs to one item, however often that is read', () => {
	const claimed = new Map<string, number>();
	const parameters = { options: { externalId: ' vendor-4711 ' } };
	expect(formOf(parameters, { claimed }).externalId()).toBe('vendor-4711');
	expect(formOf(parameters, { claimed }).externalId()).toBe('vendor-4711');
	expect(refusal(() => formOf(parameters, { itemIndex: 1, claimed }).externalId())).toMatch(
		/^'External ID' is the same as in .*\. Feishu creates only one record per External ID\. Use an expression to give each item its own\.$/,
	);
	const other = { options: { externalId: 'vendor-4712' } };
	expect(formOf(other, { itemIndex: 1, claimed }).externalId()).toBe('vendor-4712');
});

test('invalid options are named', () => {
	const stored = { options: 'x' };
	expect(refusal(() => formOf(stored).externalId())).toMatch(/^'Options' is text, not/);
	expect(refusal(() => readCreationOptions(formOf(stored)))).toMatch(/^'Options' is text, not/);
	const unknown = { options: { ifIdenticalExists: 'ask' } };
	expect(refusal(() => readCreationOptions(formOf(unknown)))).toMatch(/^'If Identical Exists' has/);
});

test.each([
	['create', false],
	['skip', true],
])('if an identical one exists: %s', (ifIdenticalExists, skips) => {
	const form = formOf({ options: { ifIdenticalExists, externalId: 'a' } });
	expect(readCreationOptions(form)).toStrictEqual({ externalId: 'a', skips });
});

test('the form mentions an application and a background check', () => {
	const told = (what: string) => creationOptions(what).map(({ description }) => description)[1];
	expect(told('external application')).toMatch(
		/ an external application with the same content already exists/,
	);
	expect(told('background check')).toMatch(
		/ a background check with the same content already exists/,
	);
});

test('an update without changes says so', () => {
	const { message, advice } = changesNothing();
	expect(message).toBe("'Update Fields' contains no changes");
	expect(advice).toBe('Add at least one field to change.');
});

describe('the fields of an update', () => {
	const valued = [nameField(), dateField()];
	const read = (updateFields: unknown) => readUpdateFields(formOf({ updateFields }), valued);

	test.each(['', ' ', null, undefined])('%j for one that needs a value', (name) => {
		const told = "'Name' is empty. Enter a value. To keep the old one, remove the field.";
		expect(refusal(() => read({ date: '2025-03-10', name }))).toBe(told);
	});

	test('a model, which cannot remove a field, is asked for a value', () => {
		expect(refused(() => read({ date: '' })).adviceForModel).toBe('Enter a value.');
	});

	test.each([{}, { name: 0 }, { name: 'a', attachments: '' }])('%j is taken as it is', (fields) => {
		expect(read(fields)).toBe(fields);
	});

	test('something else than fields is refused', () => {
		expect(refusal(() => read('x'))).toMatch(/^'Update Fields' is text, not an object/);
	});
});
