import assert from 'node:assert/strict';
import type { Check } from '../lib/checks';
import { removeSomePackage } from '../lib/communityPackage';
import { triggerType } from '../lib/workflows';
import type { World } from '../lib/world';

interface NodeTypeJson {
	name: string;
	properties: Array<{ name: string }>;
}

/** The descriptions that n8n hands to its editor. */
export function nodeTypeChecks(world: World): Check[] {
	const propertiesOf = async (type: string) => {
		const types = await world.rest.call<NodeTypeJson[]>('GET', '//types/nodes.json');
		return types.find(({ name }) => name === type)?.properties.map(({ name }) => name) ?? [];
	};
	return [
		{
			name: 'the trigger has Poll Times once, also when n8n has loaded the nodes again',
			run: async () => {
				const first = await propertiesOf(triggerType);
				assert.deepEqual(first.slice(0, 2), ['pollTimes', 'events']);
				for (const time of ['once', 'twice']) {
					await removeSomePackage(world);
					assert.deepEqual(await propertiesOf(triggerType), first, `loaded again ${time}`);
				}
			},
		},
	];
}
