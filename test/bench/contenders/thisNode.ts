import type { INodeParameters } from 'n8n-workflow';
import type { Work } from '../work';
import { inputItems, type Contender } from './contender';
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

/** This package's node on n8n's engine, with its defaults for what it is not told. */
export const thisNode: Contender = (target, { requestsPerSecond, timeoutMs, stop }) => {
	const { credentials } = storeCredential(target);
	const options = {
		...(requestsPerSecond !== undefined && { requestsPerSecond }),
		...(timeoutMs !== undefined && { timeout: timeoutMs }),
	};
	return async (work) => {
		const { items, errors } = await runOnEngine(
			{
				credentials,
				type: 'queryExternalBackgroundChecks',
				parameters: { ...parametersOf(work), options },
				items: inputItems(work),
			},
			stop,
		);
		return { ids: () => items.map(({ json }) => json.id as string), errors };
	};
};
