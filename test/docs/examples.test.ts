import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { loadPackage, type WorkflowJson } from '../harness';

const folder = path.resolve(__dirname, '../../examples');

/** What n8n exports in addition to what the engine reads. */
interface Example extends WorkflowJson {
	id: string;
	active: boolean;
}

const examples = readdirSync(folder).map((file): [string, Example] => [
	file,
	JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Example,
]);
const noteType = 'n8n-nodes-base.stickyNote';

const textOf = (note?: { parameters: object }) =>
	(note?.parameters as { content?: string } | undefined)?.content ?? '';

// npm run test:examples executes the examples, and npm run e2e does so in a real n8n. This finds
// what breaks them even without n8n's own nodes.
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
		const [english, chinese] = textOf(notes[0]).split('\n---\n');
		expect(english).toMatch(/\*\*Set:\*\*.*credential.*Feishu Hire API/s);
		expect(chinese).toMatch(/\*\*设置：\*\*.*凭证/s);
	});

	test('the notes mention only nodes that exist, and ask for no expression to be typed', () => {
		const names = workflow.nodes.map(({ name }) => name);
		const content = textOf(workflow.nodes.find(({ type }) => type === noteType));
		expect(content).not.toMatch(/expression|\{\{|表达式/i);
		// Names of nodes, or of things in n8n, appear in italics after "in", "Deactivate" …
		const spokenOf = [...content.matchAll(/(?:\bin|\bDeactivate|在|到) \*([^*]+)\*/g)];
		for (const [, name] of spokenOf) expect(names).toContain(name);
		expect(spokenOf.length).toBeGreaterThan(workflow.nodes.length > 3 ? 0 : -1);
	});

	test('no node depends on one that a person replaces', () => {
		const named = [...JSON.stringify(workflow.nodes).matchAll(/\$\('([^']+)'\)/g)];
		for (const [, name] of named) {
			expect(workflow.nodes.map((node) => node.name)).toContain(name);
			expect(name).not.toMatch(/^Sample|^When|^Every/);
		}
	});

	test('reports are not kept in the list of executions', () => {
		const downloads = workflow.nodes.some(
			({ parameters }) => parameters.downloadAttachments || parameters.downloadReports,
		);
		const uploads = workflow.nodes.some(({ parameters }) => parameters.attachments);
		const isKept = workflow.settings?.saveDataSuccessExecution !== 'none';
		expect(isKept && (downloads || uploads)).toBe(false);
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
			// A node with several operations has a collection of the same name for each.
			const collections = node.description.properties.filter(({ type }) => type === 'collection');
			for (const collection of new Set(collections.map(({ name }) => name))) {
				const choices = collections
					.filter(({ name }) => name === collection)
					.flatMap((property) => property.options as INodeProperties[]);
				expect(choices.map(({ name }) => name)).toEqual(
					expect.arrayContaining(Object.keys(parameters[collection] ?? {})),
				);
			}
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
