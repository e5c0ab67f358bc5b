import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DEFAULT_REQUESTS_PER_SECOND, type RequestSettings } from '../hire/api/backgroundChecks';
import { integer, numberBetween } from './values';

const DEFAULT_TIMEOUT_MS = 60_000;

/** For what a model must not touch: such an option is no part of the tool that it calls. A fresh object each time. */
export const hiddenFromModels = () => ({ hide: { '@tool': [true] } });

/** Options that all nodes have; names and values are stored in workflows. A fresh definition each time. */
export const requestsPerSecondOption = (): INodeProperties => ({
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: DEFAULT_REQUESTS_PER_SECOND,
	description:
		'How many requests of this app Feishu allows per second (接口频率限制). Change it only when Feishu has changed the limit of your tenant, or to leave room for other systems.',
	displayOptions: hiddenFromModels(),
});

export const timeoutOption = (): INodeProperties => ({
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_TIMEOUT_MS,
	description: 'How long to wait for each answer, in milliseconds, before trying again',
	displayOptions: hiddenFromModels(),
});

/** Reads them. @throws ParameterError naming the option */
export function readRequestOptions({
	timeout,
	requestsPerSecond,
}: IDataObject): Omit<RequestSettings, 'pageSize'> {
	return {
		timeoutMs: integer('Timeout', timeout ?? DEFAULT_TIMEOUT_MS, 1, 3_600_000),
		requestsPerSecond: numberBetween(
			'Requests per Second',
			requestsPerSecond ?? DEFAULT_REQUESTS_PER_SECOND,
			1,
			100,
		),
	};
}
