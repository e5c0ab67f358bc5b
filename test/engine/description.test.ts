import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { loadPackage } from '../harness';
import { CREDENTIAL, NODE } from '../harness/tenant';

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
		'operation',
		'externalApplicationId',
		'externalBackgroundCheckIds',
		'returnAll',
		'limit',
		'options',
	]);
});

// The table of issue 2, and issue 3 for the last two options.
test.each([
	['operation', 'options', 'getMany'],
	['externalApplicationId', 'string', ''],
	['externalBackgroundCheckIds', 'string', ''],
	['returnAll', 'boolean', false],
	['limit', 'number', 50],
	['options', 'collection', {}],
])('parameter %s: %s, default %j', (name, type, value) => {
	expect(parameter(name)).toMatchObject({ type, default: value });
});

test.each([
	['pageSize', 'number', 20],
	['pageToken', 'string', ''],
	['responseFormat', 'options', 'checks'],
	['ifNotFound', 'options', 'skip'],
	['requestsPerSecond', 'number', 10],
	['timeout', 'number', 60_000],
])('option %s: %s, default %j', (name, type, value) => {
	const options = parameter('options').options as INodeProperties[];
	expect(parameter(name, options)).toMatchObject({ type, default: value });
});

test('the values of the choices', () => {
	const options = parameter('options').options as INodeProperties[];
	expect(valuesOf(parameter('operation'))).toEqual(['getByApplication', 'getByIds', 'getMany']);
	expect(valuesOf(parameter('responseFormat', options))).toEqual(['checks', 'pages']);
	expect(valuesOf(parameter('ifNotFound', options))?.sort()).toEqual(['error', 'include', 'skip']);
	expect(parameter('pageSize', options).typeOptions).toMatchObject({ minValue: 1, maxValue: 20 });
	expect(parameter('requestsPerSecond', options).typeOptions).toMatchObject({
		minValue: 1,
		maxValue: 100,
	});
});

test('each field is shown where it applies', () => {
	const show = (name: string) => parameter(name).displayOptions?.show;
	expect(show('externalApplicationId')).toEqual({ operation: ['getByApplication'] });
	expect(show('externalBackgroundCheckIds')).toEqual({ operation: ['getByIds'] });
	expect(show('returnAll')).toEqual({ operation: ['getByApplication', 'getMany'] });
	expect(show('limit')).toEqual({ operation: ['getByApplication', 'getMany'], returnAll: [false] });
});

test('the credential has the fields of issue 2', () => {
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
