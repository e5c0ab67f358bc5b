import assert from 'node:assert/strict';
import { credentialType } from '../lib/credential';
import { packageName, rootFolder } from '../lib/package';
import { runCommand } from '../lib/processes';
import { ownTest, test } from '../lib/test';

interface NodeTypeJson {
	name: string;
	properties: Array<{ name: string }>;
}

const describeNodes = `
	const { nodes } = require('./package.json').n8n;
	const classes = nodes.flatMap((file) => Object.values(require('./' + file)));
	JSON.stringify(classes.map((Node) => new Node().description));
`;

/** The descriptions in the checkout's build. Read in a separate Node, before n8n can translate them. */
async function builtNodes(): Promise<NodeTypeJson[]> {
	const printed = await runCommand(process.execPath, ['-p', describeNodes], { cwd: rootFolder });
	return JSON.parse(printed) as NodeTypeJson[];
}

/** Properties without the options that n8n adds for its HTTP Request node. */
const withoutCustomCall = (properties: NodeTypeJson['properties']) =>
	JSON.parse(JSON.stringify(properties), (_key, value: unknown) =>
		Array.isArray(value)
			? value.filter((each: { value?: unknown }) => each?.value !== '__CUSTOM_API_CALL__')
			: value,
	) as NodeTypeJson['properties'];

/** The package, as loaded by n8n. */
export function installationTests(): void {
	test('n8n has the nodes of this build, and their credential', async ({ world: { rest } }) => {
		const types = await rest.call<NodeTypeJson[]>('GET', '//types/nodes.json');
		for (const { name, properties } of await builtNodes()) {
			const type = types.find((candidate) => candidate.name === `${packageName}.${name}`);
			assert.ok(type, `n8n has no ${name}`);
			const own = new Set(properties.map((property) => property.name));
			const loaded = withoutCustomCall(type.properties).filter((each) => own.has(each.name));
			assert.deepEqual(loaded, properties, `${name} is of another build`);
		}
		const credentials = await rest.call<Array<{ name: string }>>('GET', '//types/credentials.json');
		assert.ok(credentials.some(({ name }) => name === credentialType));
	});
}

/** How n8n 2.41 behaves with n8n 3's default: it loads the package above, which was installed by hand. */
export function unverifiedTests(): void {
	ownTest(
		'N8N_UNVERIFIED_PACKAGES_ENABLED=false: the panel does not install it',
		async ({ world: { outside, rest } }) => {
			const before = outside.requests.length;
			await assert.rejects(
				rest.call('POST', '/community-packages', { name: packageName }),
				/unverified community packages is forbidden/,
			);
			// n8n first looks into its own list of verified packages. It calls nobody else.
			const asked = outside.requests.splice(before);
			assert.deepEqual(
				asked.filter((line) => !line.includes(' api.n8n.io:')),
				[],
			);
		},
	);
}
