import assert from 'node:assert/strict';
import { removeSomePackage } from '../lib/communityPackage';
import { ownTest as test } from '../lib/test';
import { triggerType } from '../lib/workflows';
import type { World } from '../lib/world';

interface NodeTypeJson {
	name: string;
	properties: Array<{ name: string }>;
}

/** The names of a node's properties, as n8n has them now. */
async function propertiesOf({ rest }: World, type: string): Promise<string[]> {
	const types = await rest.call<NodeTypeJson[]>('GET', '//types/nodes.json');
	return types.find(({ name }) => name === type)?.properties.map(({ name }) => name) ?? [];
}

/** The descriptions that n8n sends to its editor. */
export function nodeTypeTests(): void {
	test('the trigger has Poll Times once, also when n8n has loaded the nodes again', async ({
		world,
	}) => {
		const first = await propertiesOf(world, triggerType);
		assert.deepEqual(first.slice(0, 2), ['pollTimes', 'events']);
		for (const time of ['once', 'twice']) {
			await removeSomePackage(world);
			assert.deepEqual(await propertiesOf(world, triggerType), first, `loaded again ${time}`);
		}
	});
}
