import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import type { INodeParameters } from 'n8n-workflow';
import { addCheckWithAttachments, people } from '../../sandbox';
import { loadPackage } from '../harness';
import { useTenant } from '../harness/tenant';

/** The part of JSON Schema that the files use. */
interface Schema {
	type: string | string[];
	nullable?: boolean;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const openTenant = useTenant();

const OPERATIONS = ['getMany', 'getByCandidate', 'getByApplication', 'getByIds'] as const;
const schemas = new Map<string, Schema>();
let files: string[];

const schemaOf = (operation: string): Schema => {
	const schema = schemas.get(operation);
	if (!schema) throw new Error(`no schema for ${operation}`);
	return schema;
};

// The folder in which n8n's editor and its AI builder look for the schema of a node with operations
// (n8n-core, nodes-loader/output-schema-resolver.js).
beforeAll(async () => {
	const { directory } = await loadPackage();
	const folder = path.join(directory, 'dist/nodes/QueryExternalBackgroundChecks/__schema__');
	files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	for (const operation of OPERATIONS) {
		const text = readFileSync(path.join(folder, 'v1.0.0', `${operation}.json`), 'utf8');
		schemas.set(operation, JSON.parse(text) as Schema);
	}
});

/** The paths of all fields with a value; list entries are `[]`. */
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

/** The fields of items that do not match the schema's types, with what is wrong. */
function violations(items: unknown[], operation: string): unknown[] {
	// `nullable` is OpenAPI's keyword; everything else is plain JSON Schema.
	const validate = new Ajv({ allErrors: true, nullable: true }).compile(schemaOf(operation));
	return items.flatMap((item) => (validate(item) ? [] : (validate.errors ?? [])));
}

test('there is one for each operation, and no other', () => {
	const names = files.filter((file) => file.endsWith('.json')).map((file) => path.basename(file));
	expect(names.sort()).toEqual(OPERATIONS.map((operation) => `${operation}.json`).sort());
});

// The editor would drop the fields of a list that is declared as ["array", "null"].
test.each(OPERATIONS)('%s: the editor shows every field of it', (operation) => {
	expect(shownFields(schemaOf(operation))).toEqual(declaredFields(schemaOf(operation)));
});

test.each([true, false])(
	'every item of the tenant matches it, and together they have its fields and no others (Simplify: %j)',
	async (simple) => {
		const { query } = await openTenant();
		const items = (await query({ operation: 'getMany', returnAll: true, simple }))
			.output()
			.map(({ json }) => json);
		expect(items).toHaveLength(360);
		expect(violations(items, 'getMany')).toEqual([]);
		const declared = declaredFields(schemaOf('getMany'));
		expect(sorted(items.flatMap((item) => fieldsOf(item)))).toEqual(sorted(declared));
		const kinds = (field: string) => sorted(items.map((item) => typeof (item[field] ?? item.none)));
		expect(kinds('date')).toEqual(
			simple ? ['string', 'undefined'] : ['number', 'string', 'undefined'],
		);
		const withoutList = items.filter(({ attachment_list }) => attachment_list === null);
		expect(withoutList.length > 0).toBe(!simple);
		expect(items.some(({ name }) => name === null)).toBe(true);
	},
);

test('simplified items begin with the fields in the order of the schema', async () => {
	const { query } = await openTenant();
	const result = await query({ operation: 'getMany', returnAll: true, simple: true });
	const declared = Object.keys(schemaOf('getMany').properties ?? {});
	for (const { json } of result.output()) {
		expect(Object.keys(json).slice(0, declared.length)).toEqual(declared);
	}
});

test('checks of a candidate match theirs', async () => {
	const { query } = await openTenant();
	const candidate = { __rl: true, mode: 'value', value: people.twoNumbers.id };
	const result = await query({ operation: 'getByCandidate', candidate, simple: true });
	const items = result.output().map(({ json }) => json);
	expect(items.length).toBeGreaterThan(1);
	expect(violations(items, 'getByCandidate')).toEqual([]);
	const declared = declaredFields(schemaOf('getByCandidate'));
	const fields = sorted(items.flatMap((item) => fieldsOf(item)));
	expect(fields.filter((field) => !declared.includes(field))).toEqual([]);
	expect(fields).toEqual(expect.arrayContaining(['talent_id', 'external_application.job_title']));
});

test('it notices a value of another type', () => {
	const check = { id: '1', attachment_list: [{ size: 1 }] };
	expect(violations([check], 'getMany')).toEqual([]);
	for (const wrong of [
		{ ...check, id: 1 },
		{ ...check, result: true },
		{ ...check, attachment_list: {} },
		{ ...check, attachment_list: [{ size: '1' }] },
	]) {
		expect(violations([wrong], 'getMany')).toHaveLength(1);
	}
});

// Fields that only an option adds are not part of it: the editor would offer them to everyone.
test.each<[string, INodeParameters, string[]]>([
	['If Not Found', {}, ['found', 'reason']],
	[
		'Download Attachments',
		{
			downloadAttachments: true,
			attachmentOptions: { maxAttachmentSizeMb: 0.001 },
			options: { ifNotFound: 'skip' },
		},
		['attachments_failed', 'attachments_skipped'],
	],
])('%s adds fields beside it, and breaks none of its own', async (_option, parameters, added) => {
	const { query, sandbox } = await openTenant();
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
			...parameters,
		},
		{ nodeSettings: { onError: 'continueRegularOutput' } },
	);
	const items = result.output().map(({ json }) => json);
	expect(violations(items, 'getByIds')).toEqual([]);
	const declared = Object.keys(schemaOf('getByIds').properties ?? {});
	const names = sorted(items.flatMap((item) => Object.keys(item)));
	expect(names.filter((name) => !declared.includes(name))).toEqual(added);
});

test('Feishu Hire, which has the same operations, has the same schemas: n8n looks for them by node', async () => {
	const { directory } = await loadPackage();
	const folder = 'dist/nodes/FeishuHire/__schema__/v1.0.0/externalBackgroundCheck';
	for (const operation of OPERATIONS) {
		const text = readFileSync(path.join(directory, folder, `${operation}.json`), 'utf8');
		expect(JSON.parse(text)).toEqual(schemaOf(operation));
	}
});
