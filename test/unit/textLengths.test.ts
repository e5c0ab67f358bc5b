import { MAX_LENGTH } from '../../nodes/shared/form/form';
import { applicationProperties } from '../../nodes/shared/operations/externalApplication/fields';
import {
	nameField,
	readResult,
	resultField,
} from '../../nodes/shared/operations/externalBackgroundCheck/fields';
import { creationOptions } from '../../nodes/shared/operations/options';
import { formOf } from './formOf';
import { refusal } from './refusal';

const externalId = (value: string) => formOf({ options: { externalId: value } }).externalId();

test('the bounds are those of docs/feishu-api.md', () => {
	expect(MAX_LENGTH).toEqual({ text: 500, result: 5000, externalId: 128 });
});

test.each<[string, number, (value: string) => unknown]>([
	['Name', 500, (value) => formOf({}).text('Name', value)],
	['Result', 5000, (value) => readResult(formOf({}), value)],
	['External ID', 128, externalId],
])('%s takes %i characters and no more, and its error does not show them', (label, max, read) => {
	const longest = '秘'.repeat(max);
	// Surrounding spaces do not count.
	expect(read(` ${longest} `)).toBe(longest);
	expect(refusal(() => read(`${longest}密`))).toBe(
		`'${label}' has ${max + 1} characters, but at most ${max} are allowed. Shorten it, or check the expression.`,
	);
});

test('the form says how long a text may be', () => {
	const [id] = creationOptions('background check');
	const texts = applicationProperties().filter(({ type }) => type === 'string');
	expect(texts.length).toBe(5);
	for (const [field, max] of [
		[nameField(), 500],
		[resultField(), 5000],
		[id!, 128],
		...texts.map((field) => [field, 500] as const),
	] as const) {
		expect(field.description).toContain(`at most ${max} characters`);
	}
});
