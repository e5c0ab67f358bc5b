import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { endpoints } from '../hire/endpoints';
import type { ParameterReader } from './form';
import { integer, numberBetween, readOptions } from './values';

const DEFAULT_TIMEOUT_MS = 60_000;

const DEFAULT_REQUESTS_PER_SECOND = endpoints.queryChecks.requestsPerSecond;

/** Hides an option from AI models: it is not part of the tool that they call. A new object each time. */
export const hiddenFromModels = () => ({ hide: { '@tool': [true] } });

/** Sorts options by their labels, as n8n requires. */
export const inOrder = (options: INodeProperties[]): INodeProperties[] =>
	options.sort((a, b) => a.displayName.localeCompare(b.displayName));

/** The collection Options with these options and Timeout, sorted by label. New objects each time. */
export const optionsField = (others: INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: inOrder([...others, timeoutOption()]),
});

/** The option Requests per Second. Workflows store its name and value. A new object each time. */
export const requestsPerSecondOption = (): INodeProperties => ({
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: DEFAULT_REQUESTS_PER_SECOND,
	description:
		'The rate limit of the app (接口频率限制), in requests per second. Change it only if Feishu has changed the limit for your tenant, or to leave room for other systems.',
	displayOptions: hiddenFromModels(),
});

const timeoutOption = (): INodeProperties => ({
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	// One for all items of a run.
	noDataExpression: true,
	typeOptions: { minValue: 1 },
	default: DEFAULT_TIMEOUT_MS,
	description: 'How long to wait for each response, in milliseconds, before trying again',
	displayOptions: hiddenFromModels(),
});

/** The Timeout in ms, the same for all items of a run. @throws ParameterError */
export const readTimeout = (reader: ParameterReader): number =>
	timeoutOf(readOptions(reader.get('options', 0, {})));

/** @throws ParameterError */
export const timeoutOf = ({ timeout }: IDataObject): number =>
	integer('Timeout', timeout ?? DEFAULT_TIMEOUT_MS, 1, 3_600_000);

/** @throws ParameterError */
export const requestsPerSecondOf = ({ requestsPerSecond }: IDataObject): number =>
	numberBetween('Requests per Second', requestsPerSecond ?? DEFAULT_REQUESTS_PER_SECOND, 1, 100);
