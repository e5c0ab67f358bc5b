import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import type * as HireModule from '../../nodes/FeishuHire/FeishuHire.node';
import type * as NodeModule from '../../nodes/QueryExternalBackgroundChecks/QueryExternalBackgroundChecks.node';
import { loadPackage, packageModule } from '../harness';
import { CREDENTIAL, NODE } from '../harness/tenant';

const { QueryExternalBackgroundChecks: QueryNode } = packageModule<typeof NodeModule>(
	'nodes/QueryExternalBackgroundChecks/QueryExternalBackgroundChecks.node',
);

const { FeishuHire } = packageModule<typeof HireModule>('nodes/FeishuHire/FeishuHire.node');

const OPERATIONS = ['getByCandidate', 'getByApplication', 'getByIds', 'getMany'];
const LISTS = ['getByCandidate', 'getByApplication', 'getMany'];
const SCANS = ['getByApplication', 'getMany'];
/** Those that name a record, which may be missing. */
const NAMING = ['getByCandidate', 'getByApplication', 'getByIds'];

let description: INodeTypeDescription;
let credential: INodeProperties[];
const parameter = (name: string, among = description.properties) => {
	const found = among.filter((property) => property.name === name);
	if (found.length !== 1) throw new Error(`${found.length} parameters ${name}`);
	return found[0]!;
};
const valuesOf = ({ options }: INodeProperties) =>
	options?.map((option) => ('value' in option ? option.value : option.name));

/** Whether a field belongs to an operation, whatever else it depends on. */
const isOf = ({ displayOptions }: INodeProperties, operation: string) =>
	(displayOptions?.show?.operation ?? OPERATIONS).includes(operation);

/** The form of an operation. A field of several operations is in it once. */
const formOf = (operation: string) =>
	description.properties.filter((property) => isOf(property, operation));

/** Every copy of a field, by operation. @throws if an operation has several of them */
const copiesOf = (name: string): Record<string, INodeProperties> =>
	Object.fromEntries(
		OPERATIONS.filter((operation) => formOf(operation).some((field) => field.name === name)).map(
			(operation) => [operation, parameter(name, formOf(operation))],
		),
	);

/** The fields of a collection in the form of an operation. */
const within = (collection: string, operation: string): INodeProperties[] =>
	(formOf(operation).find(({ name }) => name === collection)?.options ?? []) as INodeProperties[];

/** Every copy of a field of a collection, by operation. @throws as {@link copiesOf} */
const copiesWithin = (collection: string, name: string): Record<string, INodeProperties> =>
	Object.fromEntries(
		OPERATIONS.filter((operation) =>
			within(collection, operation).some((field) => field.name === name),
		).map((operation) => [operation, parameter(name, within(collection, operation))]),
	);

/** The same value for each of these operations. */
const each = <T>(operations: string[], value: T): Record<string, T> =>
	Object.fromEntries(operations.map((operation) => [operation, value]));

beforeAll(async () => {
	const pkg = await loadPackage();
	description = (pkg.node(pkg.fullType(NODE)) as { description: INodeTypeDescription }).description;
	credential = pkg.credentialType(CREDENTIAL).properties;
});

test('the node has the name and version that workflows refer to', () => {
	expect(description).toMatchObject({
		name: NODE,
		displayName: 'Query External Background Checks',
		version: 1,
		usableAsTool: true,
		credentials: [{ name: CREDENTIAL, required: true }],
	});
	expect(description.subtitle).toContain('operation');
});

const OF_LISTS = ['returnAll', 'limit', 'simple', 'filters'];
const OF_ALL = ['downloadAttachments', 'attachmentOptions', 'options'];

test.each([
	['getByCandidate', ['candidate', ...OF_LISTS, ...OF_ALL]],
	['getByApplication', ['externalApplicationId', ...OF_LISTS, ...OF_ALL]],
	['getByIds', ['externalBackgroundCheckIds', 'simple', ...OF_ALL]],
	['getMany', [...OF_LISTS, ...OF_ALL]],
])('the form of %s has its fields, each once and in their order', (operation, names) => {
	expect(formOf(operation).map(({ name }) => name)).toEqual(['notice', 'operation', ...names]);
});

// n8n takes the first field of a name that is shown, so two must never be shown together.
test('a field belongs to all operations or to a single one', () => {
	const owners = description.properties.flatMap(({ displayOptions }) =>
		displayOptions?.show ? [displayOptions.show.operation ?? []] : [],
	);
	expect(owners.length).toBeGreaterThan(20);
	expect(owners.filter(({ length }) => length !== 1)).toEqual([]);
	expect(new Set(owners.flat())).toEqual(new Set(OPERATIONS));
});

test.each<[string, string, unknown, string[]]>([
	['notice', 'notice', '', OPERATIONS],
	['operation', 'options', 'getMany', OPERATIONS],
	['candidate', 'resourceLocator', { mode: 'list', value: '' }, ['getByCandidate']],
	['externalApplicationId', 'resourceLocator', { mode: 'list', value: '' }, ['getByApplication']],
	['externalBackgroundCheckIds', 'string', '', ['getByIds']],
	['returnAll', 'boolean', false, LISTS],
	['limit', 'number', 50, LISTS],
	['simple', 'boolean', true, OPERATIONS],
	['filters', 'collection', {}, LISTS],
	['downloadAttachments', 'boolean', false, OPERATIONS],
	['attachmentOptions', 'collection', {}, OPERATIONS],
	['options', 'collection', {}, OPERATIONS],
])('parameter %s: %s, default %j, of %j', (name, type, value, operations) => {
	const copies = copiesOf(name);
	expect(Object.keys(copies)).toEqual(operations);
	expect(copies).toMatchObject(each(operations, { type, default: value }));
});

test.each<[string, string, string, unknown, string[]]>([
	['options', 'ifNotFound', 'options', 'include', NAMING],
	['options', 'ifSeveralCandidates', 'options', 'error', ['getByCandidate']],
	['options', 'mobileCode', 'string', '86', ['getByCandidate']],
	['options', 'pageSize', 'number', 20, OPERATIONS],
	['options', 'pageToken', 'string', '', SCANS],
	['options', 'requestsPerSecond', 'number', 10, OPERATIONS],
	['options', 'responseFormat', 'options', 'checks', SCANS],
	['options', 'timeout', 'number', 60_000, OPERATIONS],
	['filters', 'dateFrom', 'dateTime', '', LISTS],
	['filters', 'dateTo', 'dateTime', '', LISTS],
	['filters', 'nameContains', 'string', '', LISTS],
	['filters', 'results', 'string', '', LISTS],
	['attachmentOptions', 'attachmentType', 'options', 3, OPERATIONS],
	['attachmentOptions', 'attachmentsPrefix', 'string', 'attachment_', OPERATIONS],
	['attachmentOptions', 'maxAttachmentSizeMb', 'number', 50, OPERATIONS],
])('%s has %s: %s, default %j, of %j', (collection, name, type, value, operations) => {
	const copies = copiesWithin(collection, name);
	expect(Object.keys(copies)).toEqual(operations);
	expect(copies).toMatchObject(each(operations, { type, default: value }));
});

test.each([
	['filters', ['dateFrom', 'dateTo', 'nameContains', 'results'], LISTS],
	['attachmentOptions', ['attachmentType', 'attachmentsPrefix', 'maxAttachmentSizeMb'], OPERATIONS],
])('%s has %j and nothing else, in every form', (collection, names, operations) => {
	expect(
		operations.map((operation) => within(collection, operation).map(({ name }) => name)),
	).toEqual(operations.map(() => names));
});

test.each([
	[
		'getByCandidate',
		['ifNotFound', 'ifSeveralCandidates', 'mobileCode', 'pageSize', 'requestsPerSecond', 'timeout'],
	],
	[
		'getByApplication',
		['ifNotFound', 'pageSize', 'pageToken', 'requestsPerSecond', 'responseFormat', 'timeout'],
	],
	['getByIds', ['ifNotFound', 'pageSize', 'requestsPerSecond', 'timeout']],
	['getMany', ['pageSize', 'pageToken', 'requestsPerSecond', 'responseFormat', 'timeout']],
])('the options of %s are %j, in the order of their labels', (operation, names) => {
	expect(within('options', operation).map(({ name }) => name)).toEqual(names);
});

// A workflow keeps the entered values when its operation changes, so a field must mean the same in
// each.
test('the copies of a field are the same, but for the operation that they belong to', () => {
	const names = new Set(description.properties.map(({ name }) => name));
	names.delete('options');
	for (const name of names) {
		const [first, ...others] = Object.values(copiesOf(name)).map((field) => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				show: { ...field.displayOptions?.show, operation: [] },
			},
		}));
		for (const other of others) expect(other).toEqual(first);
	}
	const options = new Set(
		OPERATIONS.flatMap((of) => within('options', of)).map(({ name }) => name),
	);
	expect(options.size).toBe(8);
	for (const name of options) {
		const [first, ...others] = Object.values(copiesWithin('options', name));
		for (const other of others) expect(other).toEqual(first);
	}
});

test('the values of the choices', () => {
	expect(valuesOf(parameter('operation'))).toEqual(OPERATIONS);
	const modesOf = (name: string) =>
		Object.values(copiesOf(name)).map(({ modes }) => modes?.map((mode) => mode.name));
	expect(modesOf('candidate')).toEqual([['list', 'value']]);
	expect(modesOf('externalApplicationId')).toEqual([['list', 'id']]);
	const options = (name: string) => Object.values(copiesWithin('options', name));
	expect(options('responseFormat').map(valuesOf)).toEqual(SCANS.map(() => ['checks', 'pages']));
	expect(options('ifNotFound').map((field) => valuesOf(field)?.sort())).toEqual(
		NAMING.map(() => ['error', 'include', 'skip']),
	);
	expect(options('ifSeveralCandidates').map(valuesOf)).toEqual([['error', 'all']]);
	expect(options('pageSize').map(({ typeOptions }) => typeOptions)).toEqual(
		OPERATIONS.map(() => expect.objectContaining({ minValue: 1, maxValue: 20 }) as unknown),
	);
	expect(options('requestsPerSecond').map(({ typeOptions }) => typeOptions)).toEqual(
		OPERATIONS.map(() => expect.objectContaining({ minValue: 1, maxValue: 100 }) as unknown),
	);
});

test('each field is shown where it applies', () => {
	const shown = (name: string, further: Record<string, unknown> = {}) => {
		for (const [operation, { displayOptions }] of Object.entries(copiesOf(name))) {
			expect(displayOptions).toEqual({ show: { operation: [operation], ...further } });
		}
		return Object.keys(copiesOf(name));
	};
	expect(shown('candidate')).toEqual(['getByCandidate']);
	expect(shown('externalApplicationId')).toEqual(['getByApplication']);
	expect(shown('externalBackgroundCheckIds')).toEqual(['getByIds']);
	expect(shown('returnAll')).toEqual(LISTS);
	expect(shown('limit', { returnAll: [false] })).toEqual(LISTS);
	expect(shown('filters')).toEqual(LISTS);
	expect(shown('simple')).toEqual(OPERATIONS);
	expect(shown('downloadAttachments')).toEqual(OPERATIONS);
	expect(shown('attachmentOptions', { downloadAttachments: [true] })).toEqual(OPERATIONS);
	expect(shown('options')).toEqual(OPERATIONS);
	for (const name of ['notice', 'operation']) {
		expect(parameter(name).displayOptions).toBeUndefined();
	}
	// Within a collection, nothing that the operation has is hidden from users.
	const inside = OPERATIONS.flatMap((operation) =>
		['filters', 'attachmentOptions', 'options'].flatMap((name) => within(name, operation)),
	);
	expect(inside.filter(({ displayOptions }) => displayOptions?.show)).toEqual([]);
});

test('the functions that fill the lists of the form exist', () => {
	const modes = description.properties.flatMap((property) => property.modes ?? []);
	const wanted = modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
	expect(wanted).toHaveLength(2);
	expect(Object.keys(new QueryNode().methods.listSearch).sort()).toEqual(wanted.sort());
});

test('a model does not see what it must not change', () => {
	const hiddenIn = (operation: string) =>
		within('options', operation)
			.filter(({ displayOptions }) => displayOptions?.hide?.['@tool']?.includes(true))
			.map(({ name }) => name);
	const ofAll = ['pageSize', 'requestsPerSecond', 'timeout'];
	const ofScans = ['pageSize', 'pageToken', 'requestsPerSecond', 'responseFormat', 'timeout'];
	expect(OPERATIONS.map((operation) => [operation, hiddenIn(operation)])).toEqual([
		['getByCandidate', ofAll],
		['getByApplication', ofScans],
		['getByIds', ofAll],
		['getMany', ofScans],
	]);
});

test.each(OPERATIONS)(
	'labels are plain English: the arguments of %s that a model sees are made of them',
	(operation) => {
		const labels = [
			...formOf(operation),
			...['filters', 'attachmentOptions', 'options'].flatMap((name) => within(name, operation)),
		].filter(({ type }) => type !== 'notice');
		const keys = labels.map(({ displayName }) => displayName.replace(/[^a-zA-Z0-9-]/g, '_'));
		expect(keys.length).toBeGreaterThan(10);
		expect(keys.filter((key) => /^_*$/.test(key))).toEqual([]);
		expect(new Set(keys).size).toBe(keys.length);
	},
);

test('each operation has a text in the node panel and a name in the subtitle', () => {
	for (const option of parameter('operation').options ?? []) {
		expect(option).toMatchObject({
			action: expect.stringMatching(/^Get .*background checks/) as unknown,
		});
		expect(description.subtitle).toContain(`"${option.name}"`);
	}
	expect(description.description.split('. ')).toHaveLength(2);
});

test('a hint warns before a run that reads every file', () => {
	const hintOf = (files: string) =>
		expect.objectContaining({
			whenToDisplay: 'beforeExecution',
			displayCondition: expect.stringContaining(`"${files}"`) as unknown,
		}) as unknown;
	expect(description.hints).toEqual([hintOf('downloadAttachments')]);
	expect(new FeishuHire().description.hints).toEqual([
		hintOf('downloadAttachments'),
		hintOf('downloadReports'),
	]);
	const { properties } = new FeishuHire().description;
	expect(properties.map(({ name }) => name)).toEqual(
		expect.arrayContaining(['downloadAttachments', 'downloadReports', 'returnAll']),
	);
});

// n8n adds "Poll Times" and others to the array whenever it loads the class.
test('every instance of the node has fields of its own', () => {
	const [first, second] = [new QueryNode(), new QueryNode()].map((node) => node.description);
	expect(first).toEqual(second);
	expect(first?.properties).not.toBe(second?.properties);
	first?.properties.unshift({ displayName: 'x', name: 'x', type: 'string', default: '' });
	expect(new QueryNode().description).toEqual(second);
});

test('the credential has the fields that are stored', () => {
	expect(parameter('region', credential)).toMatchObject({ default: 'https://open.feishu.cn' });
	expect(valuesOf(parameter('region', credential))).toEqual([
		'https://open.feishu.cn',
		'https://open.larksuite.com',
		'custom',
	]);
	expect(parameter('customBaseUrl', credential).displayOptions?.show).toEqual({
		region: ['custom'],
	});
	expect(parameter('appId', credential).type).toBe('string');
	expect(parameter('appSecret', credential).typeOptions?.password).toBe(true);
});

test('what n8n stores of the token never reaches the editor', () => {
	const hidden = credential.filter(({ type }) => type === 'hidden');
	expect(hidden.map(({ typeOptions }) => typeOptions?.password)).toEqual(hidden.map(() => true));
	expect(parameter('accessToken', credential)).toMatchObject({
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
	});
	expect(hidden.filter(({ typeOptions }) => typeOptions?.expirable)).toHaveLength(1);
});
