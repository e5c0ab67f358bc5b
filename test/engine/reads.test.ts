import type { INodeProperties, INodeType } from 'n8n-workflow';
import { loadPackage } from '../harness';
import { NODE } from '../harness/tenant';

const described = async (name: string) => {
	const pkg = await loadPackage();
	return (pkg.node(pkg.fullType(name)) as INodeType).description;
};

/** What a form shows for an operation that reads checks, below the choice of the operation. */
const shownFor = (properties: INodeProperties[], operation: string) =>
	properties
		.filter(({ name }) => name !== 'resource' && name !== 'operation')
		.filter(({ displayOptions: { show = {} } = {} }) => {
			const isOfChecks = (show.resource ?? ['externalBackgroundCheck']).includes(
				'externalBackgroundCheck',
			);
			return isOfChecks && (show.operation ?? [operation]).includes(operation);
		})
		.map((field) => ({
			...field,
			displayOptions: Object.entries(field.displayOptions?.show ?? {}).filter(
				([name]) => name !== 'resource' && name !== 'operation',
			),
		}));

test.each(['getByCandidate', 'getByApplication', 'getByIds', 'getMany'])(
	'%s of Feishu Hire shows what it shows in the query node, notice and hint included',
	async (operation) => {
		const [query, hire] = [await described(NODE), await described('feishuHire')];
		const shown = shownFor(query.properties, operation);
		expect(shownFor(hire.properties, operation)).toEqual(shown);
		expect(shown.map(({ type }) => type)).toContain('notice');
		expect(query.hints).toHaveLength(1);
		expect(hire.hints).toEqual(expect.arrayContaining(query.hints ?? []));
	},
);

test('a write operation of Feishu Hire does not show the notice about reading', async () => {
	const { properties } = await described('feishuHire');
	expect(shownFor(properties, 'create').map(({ type }) => type)).not.toContain('notice');
});
