import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { loadPackage, type WorkflowJson } from '../harness';

const folder = path.resolve(__dirname, '../../examples');

/** What n8n exports beside the part that the engine reads. */
interface Example extends WorkflowJson {
	id: string;
	active: boolean;
}

const examples = readdirSync(folder).map((file): [string, Example] => [
	file,
	JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Example,
]);
const noteType = 'n8n-nodes-base.stickyNote';

// The real n8n executes them (npm run e2e); this finds what breaks them without one.
describe.each(examples)('examples/%s', (_file, workflow) => {
	test('is complete and switched off', () => {
		expect(workflow).toMatchObject({ active: false, settings: { executionOrder: 'v1' } });
		expect(workflow.name).toMatch(/^Feishu Hire: /);
		expect(workflow.id).toMatch(/^\w{8,36}$/);
		const ids = workflow.nodes.map(({ id }) => id);
		expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(id ?? ''))).toBe(true);
		expect(new Set(ids).size).toBe(ids.length);
		const places = workflow.nodes.map(({ position }) => position.join());
		expect(new Set(places).size).toBe(places.length);
	});

	test('a note says what to set', () => {
		const notes = workflow.nodes.filter(({ type }) => type === noteType);
		expect(notes).toHaveLength(1);
		expect(notes[0]?.parameters.content).toMatch(/\*\*Set:\*\*.*credential.*Feishu Hire API/s);
	});

	test('connects nodes that exist, and leaves none out', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const connected = Object.entries(workflow.connections).flatMap(([from, outputs]) => [
			from,
			...Object.values(outputs)
				.flatMap((ends) => ends.flatMap((end) => end ?? []))
				.map(({ node }) => node),
		]);
		const withoutNotes = workflow.nodes.filter(({ type }) => type !== noteType);
		expect(names).toEqual(expect.arrayContaining(connected));
		expect([...new Set(connected)].sort()).toEqual(withoutNotes.map(({ name }) => name).sort());
	});

	test('uses our nodes as they are, with the credential that all examples name', async () => {
		const pkg = await loadPackage();
		const ours = workflow.nodes.filter(({ type }) => type.startsWith(`${pkg.name}.`));
		expect(ours.length).toBeGreaterThan(0);
		for (const { type, parameters, credentials } of ours) {
			const isTool = type.endsWith('Tool');
			const node = pkg.node(type.replace(/Tool$/, '')) as { description: INodeTypeDescription };
			const known = node.description.properties.map(({ name }) => name);
			expect([...known, isTool && 'toolDescription']).toEqual(
				expect.arrayContaining(Object.keys(parameters)),
			);
			// A node with several operations has options for each.
			const options = node.description.properties.filter(({ name }) => name === 'options');
			const choices = options.flatMap((property) => property.options as INodeProperties[]);
			expect(choices.map(({ name }) => name)).toEqual(
				expect.arrayContaining(Object.keys(parameters.options ?? {})),
			);
			expect(credentials).toEqual({
				feishuHireApi: { id: 'feishuHireCredential', name: 'Feishu Hire account' },
			});
		}
	});
});

test('each can be imported beside the others', () => {
	const ids = examples.map(([, { id }]) => id);
	expect(new Set(ids).size).toBe(ids.length);
});
