import type { INodeExecutionData, INodeParameters, IPairedItemData } from 'n8n-workflow';
import { rowOf } from '../candidates';
import { isWriting, type Query } from '../work';
import { inputItems, type Contender } from './contender';
import { runOnEngine, storeCredential } from './engine';
import { writeWithNode } from './writes';

function parametersOf(work: Query): INodeParameters {
	if (work.kind === 'ids') {
		return { operation: 'getByIds', externalBackgroundCheckIds: '={{ $json.value }}' };
	}
	if (work.kind === 'all') return { operation: 'getMany', returnAll: true };
	if (work.kind === 'candidates') {
		return {
			operation: 'getByCandidate',
			candidate: { __rl: true, mode: work.by, value: '={{ $json.value }}' },
			returnAll: true,
		};
	}
	return {
		operation: 'getByApplication',
		externalApplicationId: '={{ $json.value }}',
		returnAll: true,
	};
}

function rowOfItem(work: Query, { json, pairedItem }: INodeExecutionData): string {
	const what = (json.id ?? json.reason) as string;
	if (work.kind !== 'candidates') return what;
	return rowOf((pairedItem as IPairedItemData).item, what);
}

/** This package's nodes on n8n's engine, with its defaults for what it is not told. */
export const thisNode: Contender = async (target, work, settings) => {
	if (isWriting(work)) return await writeWithNode(target, work, settings);
	const { requestsPerSecond, timeoutMs, stop } = settings;
	const { credentials } = storeCredential(target);
	const options = {
		...(requestsPerSecond !== undefined && { requestsPerSecond }),
		...(timeoutMs !== undefined && { timeout: timeoutMs }),
	};
	return async () => {
		const { items, errors } = await runOnEngine(
			{
				credentials,
				type: 'queryExternalBackgroundChecks',
				parameters: { ...parametersOf(work), options },
				items: inputItems(work),
			},
			stop,
		);
		return { ids: () => items.map((item) => rowOfItem(work, item)), errors };
	};
};
