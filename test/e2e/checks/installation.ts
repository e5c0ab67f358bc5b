import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { credentialType } from '../lib/credential';
import { packageName, rootFolder } from '../lib/package';
import { ownTest, test } from '../lib/test';

interface NodeTypeJson {
	name: string;
	properties: Array<{ name: string }>;
}

/** What the nodes of the checkout's build describe themselves as. */
function builtNodes(): NodeTypeJson[] {
	const manifest = JSON.parse(readFileSync(path.join(rootFolder, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	return manifest.n8n.nodes.map((file) => {
		const exported = require(path.join(rootFolder, file)) as Record<
			string,
			new () => { description: NodeTypeJson }
		>;
		const { description } = new exported[path.basename(file, '.node.js')]!();
		return JSON.parse(JSON.stringify(description)) as NodeTypeJson;
	});
}

/** Properties without what n8n adds to their options for its HTTP Request node. */
const withoutCustomCall = (properties: NodeTypeJson['properties']) =>
	JSON.parse(JSON.stringify(properties), (_key, value: unknown) =>
		Array.isArray(value)
			? value.filter((each: { value?: unknown }) => each?.value !== '__CUSTOM_API_CALL__')
			: value,
	) as NodeTypeJson['properties'];

/** The package, as n8n has loaded it. */
export function installationTests(): void {
	test('n8n has the nodes of this build, and their credential', async ({ world: { rest } }) => {
		const types = await rest.call<NodeTypeJson[]>('GET', '//types/nodes.json');
		for (const { name, properties } of builtNodes()) {
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

/** What n8n 2.41 makes of the default of n8n 3: the package above, put there by hand, is loaded. */
export function unverifiedTests(): void {
	ownTest(
		'N8N_UNVERIFIED_PACKAGES_ENABLED=false: the panel does not install it',
		async ({ world: { rest } }) => {
			await assert.rejects(
				rest.call('POST', '/community-packages', { name: packageName }),
				/unverified community packages is forbidden/,
			);
		},
	);
}
