import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { INodeParameters } from 'n8n-workflow';
import { addCheckWithAttachments } from '../../sandbox';
import { loadPackage } from '../harness';
import { useBench } from '../harness/tenant';

/** The part of JSON Schema that the files use. */
interface Schema {
	type: string | string[];
	nullable?: boolean;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const openBench = useBench();
let schema: Schema;
let filesOfAiBuilder: string;
let filesOfEditor: string;

beforeAll(async () => {
	const { directory } = await loadPackage();
	const folder = path.join(directory, 'dist/nodes/QueryExternalBackgroundChecks/__schema__');
	// The editor's route and n8n's AI builder look in different places (n8n-core,
	// nodes-loader/output-schema-resolver.js).
	filesOfEditor = readFileSync(path.join(folder, 'v1.0.0.json'), 'utf8');
	filesOfAiBuilder = readFileSync(path.join(folder, 'v1.0.0/output.json'), 'utf8');
	schema = JSON.parse(filesOfEditor) as Schema;
});

/** Paths of all fields that have a value, list entries as `[]`. */
function fieldsOf(value: unknown, prefix = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((entry) => fieldsOf(entry, `${prefix}[]`));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const field = prefix ? `${prefix}.${name}` : name;
		return [field, ...fieldsOf(inner, field)];
	});
}

/** The same paths, as the schema declares them. */
function declaredFields({ properties = {}, items }: Schema, prefix = ''): string[] {
	if (items) return declaredFields(items, `${prefix}[]`);
	return Object.entries(properties).flatMap(([name, inner]) => {
		const field = prefix ? `${prefix}.${name}` : name;
		return [field, ...declaredFields(inner, field)];
	});
}

/** The same, as the editor reads it (n8n-editor-ui, useDataSchema, `getSchemaForJsonSchema`). */
function shownFields({ type, properties, items }: Schema, prefix = ''): string[] {
	if (type === 'array') return items ? shownFields(items, `${prefix}[]`) : [];
	if (type !== 'object') return [];
	return Object.entries(properties ?? {}).flatMap(([name, inner]) => {
		const field = prefix ? `${prefix}.${name}` : name;
		return [field, ...shownFields(inner, field)];
	});
}

const sorted = (fields: string[]) => [...new Set(fields)].sort();

/** The fields of the items that do not match the schema's types, with what is wrong. */
function violations(items: unknown[]): unknown[] {
	// `nullable` is OpenAPI's keyword; everything else is plain JSON Schema.
	const validate = new Ajv({ allErrors: true, nullable: true }).compile(schema);
	return items.flatMap((item) => (validate(item) ? [] : (validate.errors ?? [])));
}

test('the editor and the AI builder read the same schema', () => {
	expect(filesOfAiBuilder).toBe(filesOfEditor);
});

// A list that is declared as ["array", "null"] would lose its fields.
test('the editor shows every field of it', () => {
	expect(shownFields(schema)).toEqual(declaredFields(schema));
});

test('every item of the tenant matches it, and together they have its fields and no others', async () => {
	const { query } = await openBench();
	const items = (await query({ operation: 'getMany', returnAll: true }))
		.output()
		.map(({ json }) => json);
	expect(items).toHaveLength(360);
	expect(violations(items)).toEqual([]);
	expect(sorted(items.flatMap((item) => fieldsOf(item)))).toEqual(sorted(declaredFields(schema)));
	const kinds = (field: string) => sorted(items.map((item) => typeof (item[field] ?? item.none)));
	expect(kinds('date')).toEqual(['number', 'string', 'undefined']);
	expect(items.some(({ attachment_list }) => attachment_list === null)).toBe(true);
	expect(items.some(({ name }) => name === null)).toBe(true);
});

test('it notices a value of another type', () => {
	const check = { id: '1', attachment_list: [{ size: 1 }] };
	expect(violations([check])).toEqual([]);
	for (const wrong of [
		{ ...check, id: 1 },
		{ ...check, result: true },
		{ ...check, attachment_list: {} },
		{ ...check, attachment_list: [{ size: '1' }] },
	]) {
		expect(violations([wrong])).toHaveLength(1);
	}
});

// Fields that only an option brings are no part of it: the editor would offer them to everyone.
test.each<[string, INodeParameters, string[]]>([
	['If Not Found', { ifNotFound: 'include' }, ['found']],
	[
		'Download Attachments',
		{ downloadAttachments: true, maxAttachmentSizeMb: 0.001 },
		['attachments_failed', 'attachments_skipped'],
	],
])('%s adds fields beside it, and breaks none of its own', async (_option, options, added) => {
	const { query, sandbox } = await openBench();
	const check = addCheckWithAttachments(sandbox.checks, [
		{ name: '报告.pdf', size: 900 },
		{ name: '录像.mp4', size: 5000 },
	]);
	sandbox.fault({
		api: 'attachment',
		always: true,
		do: { kind: 'answer', status: 400, code: 1002002 },
	});
	const result = await query(
		{
			operation: 'getByIds',
			externalBackgroundCheckIds: `${check.id} 7999999999999999999`,
			options,
		},
		{ nodeSettings: { onError: 'continueRegularOutput' } },
	);
	const items = result.output().map(({ json }) => json);
	expect(violations(items)).toEqual([]);
	const declared = Object.keys(schema.properties ?? {});
	const names = sorted(items.flatMap((item) => Object.keys(item)));
	expect(names.filter((name) => !declared.includes(name))).toEqual(added);
});
