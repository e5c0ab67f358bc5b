import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import type * as NodeModule from '../../nodes/QueryExternalBackgroundChecks/QueryExternalBackgroundChecks.node';
import { loadPackage, packageModule } from '../harness';
import { CREDENTIAL, NODE } from '../harness/tenant';

const { QueryExternalBackgroundChecks: QueryNode } = packageModule<typeof NodeModule>(
	'nodes/QueryExternalBackgroundChecks/QueryExternalBackgroundChecks.node',
);

let description: INodeTypeDescription;
let credential: INodeProperties[];
const parameter = (name: string, among = description.properties) => {
	const found = among.find((property) => property.name === name);
	if (!found) throw new Error(`no parameter ${name}`);
	return found;
};
const valuesOf = ({ options }: INodeProperties) =>
	options?.map((option) => ('value' in option ? option.value : option.name));

beforeAll(async () => {
	const pkg = await loadPackage();
	description = (pkg.node(pkg.fullType(NODE)) as { description: INodeTypeDescription }).description;
	credential = pkg.credentialType(CREDENTIAL).properties;
});

test('the node is what workflows know it by', () => {
	expect(description).toMatchObject({
		name: NODE,
		displayName: 'Query External Background Checks',
		version: 1,
		usableAsTool: true,
		credentials: [{ name: CREDENTIAL, required: true }],
	});
	expect(description.subtitle).toContain('operation');
	expect(description.properties.map(({ name }) => name)).toEqual([
		'notice',
		'operation',
		'candidate',
		'externalApplicationId',
		'externalBackgroundCheckIds',
		'returnAll',
		'limit',
		'simple',
		'filters',
		'downloadAttachments',
		'attachmentOptions',
		'options',
	]);
});

test.each([
	['notice', 'notice', ''],
	['operation', 'options', 'getMany'],
	['candidate', 'resourceLocator', { mode: 'list', value: '' }],
	['externalApplicationId', 'resourceLocator', { mode: 'list', value: '' }],
	['externalBackgroundCheckIds', 'string', ''],
	['returnAll', 'boolean', false],
	['limit', 'number', 50],
	['simple', 'boolean', true],
	['filters', 'collection', {}],
	['downloadAttachments', 'boolean', false],
	['attachmentOptions', 'collection', {}],
	['options', 'collection', {}],
])('parameter %s: %s, default %j', (name, type, value) => {
	expect(parameter(name)).toMatchObject({ type, default: value });
});

const within = (collection: string) => parameter(collection).options as INodeProperties[];

test.each([
	['options', 'ifNotFound', 'options', 'include'],
	['options', 'mobileCode', 'string', '86'],
	['options', 'pageSize', 'number', 20],
	['options', 'pageToken', 'string', ''],
	['options', 'requestsPerSecond', 'number', 10],
	['options', 'responseFormat', 'options', 'checks'],
	['options', 'timeout', 'number', 60_000],
	['filters', 'dateFrom', 'dateTime', ''],
	['filters', 'dateTo', 'dateTime', ''],
	['filters', 'nameContains', 'string', ''],
	['filters', 'results', 'string', ''],
	['attachmentOptions', 'attachmentType', 'options', 3],
	['attachmentOptions', 'attachmentsPrefix', 'string', 'attachment_'],
	['attachmentOptions', 'maxAttachmentSizeMb', 'number', 50],
])('%s has %s: %s, default %j', (collection, name, type, value) => {
	expect(parameter(name, within(collection))).toMatchObject({ type, default: value });
});

test('the values of the choices', () => {
	const options = within('options');
	expect(valuesOf(parameter('operation'))).toEqual([
		'getByCandidate',
		'getByApplication',
		'getByIds',
		'getMany',
	]);
	const modesOf = (name: string) => parameter(name).modes?.map((mode) => mode.name);
	expect(modesOf('candidate')).toEqual(['list', 'email', 'phone', 'name', 'id']);
	expect(modesOf('externalApplicationId')).toEqual(['list', 'id']);
	expect(valuesOf(parameter('responseFormat', options))).toEqual(['checks', 'pages']);
	expect(valuesOf(parameter('ifNotFound', options))?.sort()).toEqual(['error', 'include', 'skip']);
	expect(parameter('pageSize', options).typeOptions).toMatchObject({ minValue: 1, maxValue: 20 });
	expect(parameter('requestsPerSecond', options).typeOptions).toMatchObject({
		minValue: 1,
		maxValue: 100,
	});
});

test('each field is shown where it applies', () => {
	const lists = ['getMany', 'getByCandidate', 'getByApplication'];
	const show = (name: string) => parameter(name).displayOptions?.show;
	expect(show('candidate')).toEqual({ operation: ['getByCandidate'] });
	expect(show('externalApplicationId')).toEqual({ operation: ['getByApplication'] });
	expect(show('externalBackgroundCheckIds')).toEqual({ operation: ['getByIds'] });
	expect(show('returnAll')).toEqual({ operation: lists });
	expect(show('limit')).toEqual({ operation: lists, returnAll: [false] });
	expect(show('filters')).toEqual({ operation: lists });
	expect(show('simple')).toBeUndefined();
	expect(show('attachmentOptions')).toEqual({ downloadAttachments: [true] });
	const inOptions = (name: string) => parameter(name, within('options')).displayOptions?.show;
	expect(inOptions('mobileCode')).toEqual({ '/operation': ['getByCandidate'] });
	expect(inOptions('pageToken')).toEqual({ '/operation': ['getByApplication', 'getMany'] });
	expect(inOptions('responseFormat')).toEqual({ '/operation': ['getByApplication', 'getMany'] });
});

test('what fills the lists of the form is there', () => {
	const modes = description.properties.flatMap((property) => property.modes ?? []);
	const wanted = modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []);
	expect(wanted).toHaveLength(2);
	expect(Object.keys(new QueryNode().methods.listSearch).sort()).toEqual(wanted.sort());
});

test('a model does not see what it must not touch', () => {
	const hidden = within('options').filter(({ displayOptions }) => displayOptions?.hide?.['@tool']);
	expect(hidden.map(({ name }) => name)).toEqual([
		'pageSize',
		'pageToken',
		'requestsPerSecond',
		'responseFormat',
		'timeout',
	]);
});

test('labels are plain English: the arguments that a model sees are made of them', () => {
	const labels = [
		...description.properties,
		...['filters', 'attachmentOptions', 'options'].flatMap(within),
	].filter(({ type }) => type !== 'notice');
	const keys = labels.map(({ displayName }) => displayName.replace(/[^a-zA-Z0-9-]/g, '_'));
	expect(keys.filter((key) => /^_*$/.test(key))).toEqual([]);
	expect(new Set(keys).size).toBe(keys.length);
});

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
	expect(description.hints).toEqual([
		expect.objectContaining({
			whenToDisplay: 'beforeExecution',
			displayCondition: expect.stringContaining('downloadAttachments') as unknown,
		}),
	]);
});

// n8n adds "Poll Times" and others to the array it is given, each time it loads the class.
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
