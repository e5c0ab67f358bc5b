import type { INodeParameters } from 'n8n-workflow';
import type { Work } from '../work';
import { inputItems, type LoadContender } from './contender';
import { runOnEngine, storeCredential } from './engine';

function parametersOf(work: Work): INodeParameters {
	if (work.kind === 'ids') {
		return { operation: 'getByIds', externalBackgroundCheckIds: '={{ $json.id }}' };
	}
	if (work.kind === 'all') return { operation: 'getMany', returnAll: true };
	return {
		operation: 'getByApplication',
		externalApplicationId: '={{ $json.id }}',
		returnAll: true,
	};
}

/** This package's node on n8n's engine, with its defaults. */
export const thisNode: LoadContender = async (requestsPerSecond) => ({
	open: async (target) => {
		const credentials = storeCredential(target);
		return async (work) => {
			const { items, errors } = await runOnEngine({
				credentials,
				type: 'queryExternalBackgroundChecks',
				parameters: { ...parametersOf(work), options: { requestsPerSecond } },
				items: inputItems(work),
			});
			return { ids: () => items.map(({ json }) => json.id as string), errors };
		};
	},
});
