import type { INodeProperties, INodeType } from 'n8n-workflow';
import { loadPackage, runNode } from '../../harness';
import { APPLICATION, by, OLD_CHECK, TALENT, useWriteTenant, WRITE_NODE } from './tenant';

const open = useWriteTenant();

async function theNode(): Promise<INodeType> {
	const pkg = await loadPackage();
	return pkg.node(pkg.fullType(WRITE_NODE)) as INodeType;
}

const valuesOf = ({ options = [] }: INodeProperties) =>
	options.map((option) => ('value' in option ? option.value : option.name));

test('the form offers what the node can do, each resource with an operation to begin with', async () => {
	const { properties } = (await theNode()).description;
	const resource = properties.filter(({ name }) => name === 'resource');
	expect(resource.map((field) => [valuesOf(field), field.default])).toEqual([
		[
			['backgroundCheckOrder', 'candidate', 'externalApplication', 'externalBackgroundCheck'],
			'externalBackgroundCheck',
		],
	]);
	const operations = properties.filter(({ name }) => name === 'operation');
	expect(
		operations.map((field) => [
			field.displayOptions?.show?.resource,
			valuesOf(field),
			field.default,
		]),
	).toEqual([
		[
			['backgroundCheckOrder'],
			['getByApplication', 'getByCandidate', 'getByIds', 'getMany'],
			'getMany',
		],
		[['candidate'], ['get'], 'get'],
		[['externalApplication'], ['create', 'delete', 'getMany', 'update'], 'getMany'],
		[
			['externalBackgroundCheck'],
			[
				'create',
				'upsert',
				'delete',
				'getByCandidate',
				'getByApplication',
				'getByIds',
				'getMany',
				'update',
			],
			'create',
		],
	]);
});

test('the node can fill every list of its form', async () => {
	const { description, methods } = await theNode();
	const searches = description.properties.flatMap(({ modes = [] }) =>
		modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
	);
	expect([...new Set(searches)].sort()).toEqual(['searchCandidates', 'searchExternalApplications']);
	for (const search of searches) expect(typeof methods?.listSearch?.[search]).toBe('function');
});

test('a node with its default values creates a background check', async () => {
	const { credentials, sandbox } = await open({
		externalApplications: [{ id: APPLICATION, talent_id: TALENT.id }],
	});
	const result = await runNode({
		credentials,
		type: WRITE_NODE,
		parameters: {
			candidate: by('value', 'ruolan@example.com'),
			name: '背调',
			result: '已通过',
			date: '2025-03-10',
		},
	});
	expect(result.error).toBeUndefined();
	const made = sandbox.checks.all().filter(({ id }) => id !== OLD_CHECK.id);
	expect(result.output().map(({ json }) => json.id)).toEqual(made.map(({ id }) => id));
});
