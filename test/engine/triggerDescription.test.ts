import { type INodeProperties, type INodeTypeDescription, NodeHelpers } from 'n8n-workflow';
import type * as Credential from '../../credentials/FeishuHireApi.credentials';
import type * as Hire from '../../nodes/FeishuHire/FeishuHire.node';
import type * as Trigger from '../../nodes/FeishuHireTrigger/FeishuHireTrigger.node';
import type * as Query from '../../nodes/QueryExternalBackgroundChecks/QueryExternalBackgroundChecks.node';
import { loadPackage, packageModule } from '../harness';
import { core, loadableDirectory, repositoryDirectory } from '../harness/engine';

/** The descriptions of nodes and credential that n8n's loader passes on, as JSON. */
async function loadDescriptions(): Promise<{
	nodes: INodeTypeDescription[];
	credentials: Array<{ name: string; properties: INodeProperties[] }>;
}> {
	const loader = new core.PackageDirectoryLoader(loadableDirectory(repositoryDirectory));
	await loader.loadAll();
	return JSON.parse(JSON.stringify(loader.types)) as Awaited<ReturnType<typeof loadDescriptions>>;
}

async function triggerDescription(): Promise<INodeTypeDescription> {
	const node = (await loadPackage()).node('feishuHireTrigger');
	if (!node || 'nodeVersions' in node) throw new Error('not found');
	return node.description;
}

test('however often n8n loads the package, its forms are the same', async () => {
	const first = await loadDescriptions();
	await loadDescriptions();
	const third = await loadDescriptions();
	expect(third).toEqual(first);
	const trigger = third.nodes.find(({ name }) => name === 'feishuHireTrigger');
	const names = trigger?.properties.map(({ name }) => name);
	expect(names).toEqual([
		'pollTimes',
		'events',
		'watch',
		'externalApplicationIds',
		'simple',
		'options',
	]);
});

/** All objects and arrays in a value, including the value itself. */
function objectsIn(value: unknown, found = new Set<unknown>()): Set<unknown> {
	if (typeof value !== 'object' || value === null || found.has(value)) return found;
	found.add(value);
	for (const inner of Object.values(value)) objectsIn(inner, found);
	return found;
}

test('no form shares an object with another, nor with itself when it is loaded again', () => {
	const { FeishuHireTrigger } = packageModule<typeof Trigger>(
		'nodes/FeishuHireTrigger/FeishuHireTrigger.node',
	);
	const { FeishuHire } = packageModule<typeof Hire>('nodes/FeishuHire/FeishuHire.node');
	const { QueryExternalBackgroundChecks } = packageModule<typeof Query>(
		'nodes/QueryExternalBackgroundChecks/QueryExternalBackgroundChecks.node',
	);
	const { FeishuHireApi } = packageModule<typeof Credential>(
		'credentials/FeishuHireApi.credentials',
	);
	const makers = [
		() => new FeishuHireTrigger().description,
		() => new FeishuHire().description,
		() => new QueryExternalBackgroundChecks().description,
		() => new FeishuHireApi(),
	];
	const all = makers.flatMap((make) => [make(), make()]).map((form) => objectsIn(form));
	const count = all.reduce((sum, { size }) => sum + size, 0);
	expect(new Set(all.flatMap((objects) => [...objects])).size).toBe(count);
});

test('n8n recognizes it as a polling trigger, and gives every parameter its default', async () => {
	const description = await triggerDescription();
	expect(description).toMatchObject({ polling: true, group: ['trigger'], inputs: [] });
	expect(description.usableAsTool).toBeUndefined();
	expect(
		NodeHelpers.getNodeParameters(description.properties, {}, true, false, null, description),
	).toMatchObject({ events: ['created', 'changed'], watch: 'all', simple: true, options: {} });
});

/** The names of the fields that are shown, and of the options that can be added. */
function shown(description: INodeTypeDescription, events: string[]): string[] {
	const isShown = (field: INodeProperties) =>
		NodeHelpers.displayParameter({ events }, field, null, description, { events });
	return description.properties
		.filter((field) => isShown(field))
		.flatMap(({ name, options = [] }) =>
			name === 'options'
				? (options as INodeProperties[])
						.filter((field) => isShown(field))
						.map((field) => field.name)
				: [name],
		);
}

test('fields of checks are shown with events of checks, those of orders with events of orders', async () => {
	const description = await triggerDescription();
	const common = ['events', 'simple', 'includeExistingOnFirstRun', 'requestsPerSecond', 'timeout'];
	const ofChecks = ['watch', 'resultIs'];
	const ofOrders = ['conclusionIs', 'orderStatusIs', 'supplierContains'];
	const rest = (events: string[]) =>
		shown(description, events).filter((name) => !common.includes(name) && name !== 'pollTimes');
	for (const event of [
		'orderCreated',
		'orderStatusChanged',
		'orderReportAdded',
		'orderCompleted',
	]) {
		expect(rest([event])).toEqual(ofOrders);
		expect(rest([event, 'deleted']).sort()).toEqual([...ofOrders, ...ofChecks].sort());
	}
	for (const event of ['created', 'deleted']) expect(rest([event])).toEqual(ofChecks);
	expect(rest(['changed']).sort()).toEqual([...ofChecks, 'changedFields'].sort());
});

test("in n8n's node panel each event is an action, with a text of its own", async () => {
	const events = (await triggerDescription()).properties.find(({ name }) => name === 'events');
	expect(events).toMatchObject({ displayName: 'Events' });
	expect(events?.description).toBeUndefined();
	expect(events?.options).toMatchObject([
		{ value: 'changed', action: 'On background check changed' },
		{ value: 'created', action: 'On background check created' },
		{ value: 'deleted', action: 'On background check deleted' },
		{ value: 'orderCompleted', action: 'On background check order completed' },
		{ value: 'orderCreated', action: 'On background check order created' },
		{ value: 'orderReportAdded', action: 'On background check order report added' },
		{ value: 'orderStatusChanged', action: 'On background check order status changed' },
	]);
});

/** n8n's editor merges `feishuHireTrigger` into `feishuHire`, and shows the trigger's description. */
test("in n8n's node panel the entry of trigger and node tells what both do", async () => {
	const { name, description } = await triggerDescription();
	expect((await loadPackage()).node(name.replace('Trigger', ''))).toBeDefined();
	expect(description).toMatch(/^Manage external background checks/);
	expect(description).toMatch(/start a workflow when they change$/);
});

test.each(['候选人', 'candidate', '外部投递', 'talent'])(
	'a search for %s finds the nodes',
	async (word) => {
		const { nodes } = await loadDescriptions();
		expect(nodes).toHaveLength(3);
		for (const { codex } of nodes) {
			expect(codex?.alias?.map((alias) => alias.toLowerCase())).toContain(word);
		}
	},
);
